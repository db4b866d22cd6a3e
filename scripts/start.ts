import { ConfigError, readConfig } from '../server/config.ts';
import { buildFirst } from './build-first.ts';
import { assertPortsFree } from './free-ports.ts';
import { noticeOfOlderNode } from './newer-node.ts';
import { Programs } from './programs.ts';
import { binOf, programFile } from './run.ts';
import { listening, whatToTry } from './what-to-try.ts';

const SIGNALS = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const;
/** One Ctrl+C arrives from the terminal, and from npm once more. */
const SAME_WISH_MS = 500;
const PARENT_CHECK_INTERVAL_MS = 500;

const programs = new Programs();
const stopped = new AbortController();

/** `npm start`: builds, starts the platform and the demo store in their own processes, and says what to try. */
async function start({ watch, builds }: { watch: boolean; builds: boolean }): Promise<void> {
  const config = readConfig(process.env);
  if (config.port !== 0 && config.port === config.demoPort)
    throw new ConfigError(`PORT and DEMO_PORT are both ${config.port}. Set one of them to another port.`);
  await assertPortsFree(config);
  const notice = await noticeOfOlderNode();
  if (notice) console.log(notice);
  if (builds) await buildFirst(stopped.signal);

  const watching = watch ? ['--watch'] : [];
  // People read this output, so requests are not logged unless LOG_LEVEL is set. A restart by --watch keeps the link to the mails.
  const env = { LOG_LEVEL: watch ? 'info' : 'warn', ...process.env, DEV_MAIL_TOKEN: config.devMailToken };
  const launch = (name: string, file: string, more: Record<string, string> = {}) =>
    new Promise<unknown>((resolve) => {
      const words = [...watching, file];
      programs.launch({ name, words, env: { ...env, ...more }, stopBySignal: watch }, resolve);
    });
  if (watch) {
    const words = [binOf('vite/bin/vite.js'), 'build', '--watch', '--logLevel', 'warn'];
    programs.launch({ name: 'The build for browsers', words, env: process.env, stopBySignal: true });
  }
  const platform = listening(await launch('The platform', programFile('server/main')));
  const store = config.development
    ? listening(await launch('The demo store', programFile('demo/main'), { PLATFORM_URL: platform.url }))
    : undefined;
  console.log(whatToTry(platform, store));
}

/** Stops at a signal, and at once at a second one. */
function stopAtSignals(): void {
  let stoppedAtMs: number | undefined;
  const stop = () => {
    stoppedAtMs ??= performance.now();
    stopped.abort();
    programs.stop(0);
  };
  for (const signal of SIGNALS) {
    process.on(signal, () => {
      if (stoppedAtMs !== undefined && performance.now() - stoppedAtMs > SAME_WISH_MS) programs.kill();
      stop();
    });
  }
  // npm passes on signals, but nobody passes on its end when it is killed.
  const { ppid } = process;
  const isRunByNpm = process.env['npm_lifecycle_event'] !== undefined;
  const check = () => process.ppid === ppid || stop();
  if (isRunByNpm) setInterval(check, PARENT_CHECK_INTERVAL_MS).unref();
}

stopAtSignals();
const words = process.argv.slice(2);
try {
  await Promise.race([
    start({ watch: words.includes('--watch'), builds: !words.includes('--no-build') }),
    programs.ended,
  ]);
  await programs.ended;
} catch (error) {
  if (!stopped.signal.aborted) {
    console.error(error instanceof ConfigError ? error.message : error);
    programs.stop(1);
  }
  await programs.ended;
}
process.exit(programs.exitCode);
