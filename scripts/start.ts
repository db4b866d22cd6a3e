import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { ConfigError, readConfig } from '../server/config.ts';
import { build } from './build.ts';
import { binOf, ROOT } from './run.ts';

const START_TIMEOUT_MS = 60_000;
const POLL_INTERVAL_MS = 100;

/** `npm start`: builds, starts the platform and the demo store in their own processes, and says what to try. */
async function start(watch: boolean): Promise<void> {
  const config = readConfig(process.env);
  await build();

  const children = new Map<string, ChildProcess>();
  const launch = (name: string, words: string[]) => {
    const child = spawn(process.execPath, words, {
      cwd: ROOT,
      stdio: 'inherit',
      // People read this output, so requests are not logged unless LOG_LEVEL is set.
      env: { LOG_LEVEL: watch ? 'info' : 'warn', ...process.env, PLATFORM_URL: config.publicUrl },
    });
    child.once('exit', (code) => {
      if (stopping) return;
      console.error(`${name} stopped unexpectedly.`);
      stop(code ?? 1);
    });
    children.set(name, child);
  };
  let stopping = false;
  const stop = (exitCode: number) => {
    if (stopping) return;
    stopping = true;
    process.exitCode = exitCode;
    for (const child of children.values()) child.kill('SIGTERM');
  };
  process.once('SIGINT', () => stop(0));
  process.once('SIGTERM', () => stop(0));

  const watching = watch ? ['--watch'] : [];
  launch('The platform', [...watching, 'server/main.ts']);
  if (watch) launch('The build for browsers', [binOf('vite/bin/vite.js'), 'build', '--watch', '--logLevel', 'warn']);
  const platform = config.publicUrl;
  await untilHealthy(`http://localhost:${config.port}/healthz`, () => stopping);
  if (stopping) return;
  launch('The demo store', [...watching, 'demo/main.ts']);
  const store = `http://localhost:${config.demoPort}`;
  await untilHealthy(`${store}/healthz`, () => stopping);
  if (stopping) return;

  console.log(`
  Platform     ${platform}
  Demo store   ${store}

  Try it
    1. Open ${store}/register and press the button that signs up with the platform.
    2. Pick a test person, for example Jane Doe, and share.
    3. The form is filled. Press "Create my account": you are a customer.
${config.smtpUrl ? '' : `\n  Emails that would be sent are at ${platform}/dev/mail\n`}
  Stop with Ctrl+C.
`);
}

async function untilHealthy(url: string, given: () => boolean): Promise<void> {
  const deadline = Date.now() + START_TIMEOUT_MS;
  while (Date.now() < deadline && !given()) {
    if (
      await fetch(url).then(
        (response) => response.ok,
        () => false,
      )
    )
      return;
    await delay(POLL_INTERVAL_MS);
  }
  if (!given()) throw new Error(`${url} did not answer in time.`);
}

try {
  await start(process.argv.includes('--watch'));
} catch (error) {
  console.error(error instanceof ConfigError ? error.message : error);
  process.exit(1);
}
