import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { temporaryDirectory } from '../server/testing/temporary-directory.ts';
import { startTestPlatform } from '../server/testing/test-platform.ts';

// Schemathesis reads /openapi.json, makes up requests that follow it and requests that break it, and checks each answer against it. It is
// a Python program, so it is no part of `npm test`: `npm run test:schemathesis` runs it where somebody has installed it.

/** Any answer of 500, and any status, header, type or body that the document does not have. */
const CHECKS = [
  'not_a_server_error',
  'status_code_conformance',
  'content_type_conformance',
  'response_headers_conformance',
  'response_schema_conformance',
  'negative_data_rejection',
  'unsupported_method',
];
const EXAMPLES_PER_CALL = 50;
/** The same requests each time. */
const SEED = 11;

const HOW_TO_INSTALL = `Schemathesis is not here. It needs Python 3.10 or newer:

  python3 -m venv .venv && .venv/bin/pip install schemathesis
  SCHEMATHESIS_PATH=.venv/bin/schemathesis npm run test:schemathesis
`;

const given = process.env['SCHEMATHESIS_PATH'];
// A path is relative to where the command was given; a bare name is looked up in PATH.
const program = given?.includes('/') ? resolve(given) : (given ?? 'schemathesis');
if (!(await isThere(program))) {
  console.error(HOW_TO_INSTALL);
  process.exit(2);
}

const platform = await startTestPlatform({ API_QUOTA_PER_HOUR: '100000000' });
try {
  const { apiKey } = await platform.createApp();
  const run = spawn(
    program,
    [
      'run',
      `${platform.url}/openapi.json`,
      ...['--header', `X-Api-Key: ${apiKey}`],
      ...['--checks', CHECKS.join(',')],
      ...['--max-examples', String(EXAMPLES_PER_CALL)],
      ...['--seed', String(SEED)],
      '--continue-on-failure',
      ...process.argv.slice(2),
    ],
    // It keeps what it found where it runs, which is not to be this repository.
    { stdio: 'inherit', cwd: temporaryDirectory() },
  );
  const [code] = (await once(run, 'exit')) as [number | null];
  process.exitCode = code ?? 1;
} finally {
  await platform.close();
}

async function isThere(command: string): Promise<boolean> {
  const child = spawn(command, ['--version'], { stdio: 'ignore' });
  return new Promise((found) => {
    child.once('error', () => found(false));
    child.once('exit', (code) => found(code === 0));
  });
}
