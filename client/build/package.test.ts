import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import {
  accessSync,
  constants,
  cpSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import * as client from '../index.ts';
import { JANE, startFakePlatform } from '../testing-support/fake-platform.ts';
import { buildPackage } from './build.ts';

// Tests the package as a vendor gets it: built, installed into a program of its own, and run by every Node on this machine.

const run = promisify(execFile);
const packageFile = (path: string) => fileURLToPath(import.meta.resolve(path));
const nodes = [
  ...new Set([
    realpathSync(process.execPath),
    ...(process.env['PATH'] ?? '')
      .split(delimiter)
      .map((folder) => join(folder, 'node'))
      .filter(isProgram)
      .map((file) => realpathSync(file)),
  ]),
];

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

let program: string;
let installed: string;
before(async () => {
  program = mkdtempSync(join(tmpdir(), 'vendor-'));
  installed = join(program, 'node_modules/@signup-with-platform/client');
  const dist = join(program, 'dist');
  await buildPackage(dist);
  mkdirSync(installed, { recursive: true });
  cpSync(dist, installed, { recursive: true });
  rmSync(dist, { recursive: true });
  for (const [name, folder] of [
    ['jose', packageFile('jose/package.json')],
    ['@types/node', packageFile('@types/node/package.json')],
  ] as const) {
    mkdirSync(join(program, 'node_modules', name, '..'), { recursive: true });
    symlinkSync(join(folder, '..'), join(program, 'node_modules', name));
  }
});
after(() => rmSync(program, { recursive: true }));

const USE = `
(async () => {
  const issuer = await createTestIssuer();
  const { email } = await verifyCredential(await issuer.credential({ email: 'jane@example.com' }), issuer.options);
  const user = await platform.users.get('id');
  const refused = await platform.users.get('none').catch((error) => error);
  const answer = await embeddedSignup(async () => ({ id: 7 }), { apiKey: 'k' })(new Request('http://localhost/', { method: 'POST' }));
  const secret = 'whsec_' + Buffer.alloc(32).toString('base64');
  const delivery = signTestWebhook({ type: 'app.suspended', timestamp: '2026-01-02T03:04:05Z', data: {} }, secret);
  const { type } = await verifyWebhook(new Request('http://localhost/', delivery), secret);
  console.log(JSON.stringify([email, user.username, refused instanceof NotFoundError, refused.code, answer.status, type]));
})();
`;
const NAMES = 'verifyCredential, verifyWebhook, embeddedSignup, NotFoundError';
const PROGRAMS = {
  'program.cjs': `
var platform = require('@signup-with-platform/client')(process.env.SECRET_KEY);
const { ${NAMES} } = require('@signup-with-platform/client');
const { createTestIssuer, signTestWebhook } = require('@signup-with-platform/client/testing');
${USE}`,
  'program.mjs': `
import createClient, { ${NAMES} } from '@signup-with-platform/client';
import { createTestIssuer, signTestWebhook } from '@signup-with-platform/client/testing';
const platform = createClient(process.env.SECRET_KEY);
${USE}`,
};

for (const node of nodes) {
  for (const [file, source] of Object.entries(PROGRAMS)) {
    test(`${file} runs on ${node}`, async () => {
      await using platform = await startFakePlatform(
        { body: JANE },
        { status: 404, body: { error: 'not_found', status: 404, message: 'There is none.' } },
      );
      writeFileSync(join(program, file), source);
      const { stdout } = await run(node, ['--no-warnings', file], {
        cwd: program,
        env: { SECRET_KEY: 'sk_test_x', PLATFORM_URL: platform.url },
      });
      assert.deepEqual(JSON.parse(stdout), ['jane@example.com', 'jane', true, 'not_found', 401, 'app.suspended']);
    });
  }
}

test('import and require get the same names', async () => {
  const names = Object.keys(client).filter((name) => name !== 'default');
  const list = "console.log(Object.keys(require('@signup-with-platform/client')).join())";
  const { stdout } = await run(process.execPath, ['--input-type=commonjs', '-e', list], { cwd: program });
  assert.deepEqual(
    stdout
      .trim()
      .split(',')
      .filter((name) => name !== 'default')
      .sort(),
    names.sort(),
  );
});

test('TypeScript finds its types from both kinds of module', async () => {
  const use = `
const user: client.User | undefined = undefined;
void user;
export async function emails(platform: client.PlatformClient): Promise<(string | null)[]> {
  const found: (string | null)[] = [];
  for await (const { email } of platform.users.list({ limit: 2 })) found.push(email);
  try {
    await platform.users.create({ email: 'a@example.com', password: 'p' }, { signal: AbortSignal.timeout(1) });
  } catch (error) {
    if (error instanceof client.ValidationError) found.push(error.validationErrors[0]?.rule ?? null);
  }
  // @ts-expect-error: a password is needed
  await platform.users.create({ email: 'a@example.com' });
  const page: client.UserPage = await platform.users.list();
  return [...found, ...page.data.map(({ email }) => email)];
}
`;
  const files = {
    'use.cts': `import client = require('@signup-with-platform/client');
import testing = require('@signup-with-platform/client/testing');
void testing.createTestIssuer;
void emails(client('sk_test_x', { baseUrl: 'http://localhost' }));
${use}`,
    'use.mts': `import createClient, * as client from '@signup-with-platform/client';
import { createTestIssuer } from '@signup-with-platform/client/testing';
void createTestIssuer;
void emails(createClient({ clientId: 'c', clientSecret: 's', environment: 'localhost' }));
${use}`,
  };
  for (const [file, source] of Object.entries(files)) writeFileSync(join(program, file), source);
  const options = ['--noEmit', '--strict', '--types', 'node', '--target', 'es2022', '--lib', 'es2023,dom,dom.iterable'];
  for (const module of ['node16', 'nodenext']) {
    const words = [...options, '--module', module, ...Object.keys(files)];
    const compiler = join(packageFile('typescript/package.json'), '../bin/tsc');
    const { stdout } = await run(process.execPath, [compiler, ...words], { cwd: program }).catch(
      (error: { stdout: string }) => error,
    );
    assert.equal(stdout, '', module);
  }
});

test('publint and arethetypeswrong find no problem', async () => {
  const publint = await run(process.execPath, [
    packageFile('../../node_modules/publint/src/cli.js'),
    installed,
    '--strict',
    '--pack',
    'npm',
  ]).catch((error: { stdout: string }) => error);
  assert.match(publint.stdout, /All good!/);
  const attw = await run(process.execPath, [
    packageFile('../../node_modules/@arethetypeswrong/cli/dist/index.js'),
    '--pack',
    installed,
    '--profile',
    'node16',
    '--format',
    'json',
  ]).catch((error: { stdout: string }) => error);
  const { problems } = JSON.parse(attw.stdout) as { problems?: Record<string, unknown> };
  // Of the module resolution that knows no "exports", and no Node that we run on.
  delete problems?.['NoResolution'];
  assert.deepEqual(problems, {});
});
