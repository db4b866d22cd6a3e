import './engine/expected-notice.ts';
import cluster from 'node:cluster';
import { stopInOrder } from '../process/stop.ts';
import { type Config, readConfig } from './config.ts';
import { explainStartFailure } from './start-failure.ts';
import type { Told } from './workers/messages.ts';
import type { WorkerLink } from './workers/worker.ts';

/** What stops with this process: the platform, or the processes that serve it. */
interface Running {
  readonly log: { info(message: string): void; warn(message: string): void };
  readonly told: Told;
  close(): Promise<void>;
}

let running: Running | undefined;
// Before it listens, it has promised nothing to anybody, so that it can end at once.
const stop = stopInOrder(async (reason) => {
  running?.log.info(`${reason}: finishing open requests`);
  await running?.close();
});
// Whoever started it tells people about it. A developer who started it by hand reads it here, where no log collector does.
const isShown = process.send !== undefined || process.stdout.isTTY;

try {
  const config = readConfig(process.env);
  if (cluster.isWorker) await serveAsWorker(config);
  else {
    // For people, and before anything can fail: a start that fails may do so because of them. Log collectors get them below.
    for (const warning of config.warnings) console.error(warning);
    running = config.workers > 1 ? await startWorkers(config) : await serve(config);
    for (const warning of config.warnings) running.log.warn(warning);
    if (config.workers === 1) sayThatItListens(running);
    tell(running.told);
  }
} catch (error) {
  console.error(explainStartFailure(error) ?? error);
  process.exit(1);
}

// What the process that only starts others does not need is not loaded there, and the other way round.

async function serve(config: Config, worker?: WorkerLink): Promise<Running> {
  const { startPlatform } = await import('./platform.ts');
  const showsDeveloperAccount = worker ? worker.showsDeveloperAccount : isShown;
  const platform = await startPlatform(config, {
    showsDeveloperAccount,
    ...(worker && { worker }),
  });
  const { app, url, docs, mailPage, developer } = platform;
  return { log: app.log, told: { url, docs, mailPage, developer }, close: () => platform.close() };
}

async function serveAsWorker(config: Config): Promise<void> {
  const { linkToPrimary } = await import('./workers/worker.ts');
  const worker = linkToPrimary(() => stop('the wish of the main process'));
  running = await serve(config, worker);
  sayThatItListens(running);
  worker?.tellReady(running.told);
}

async function startWorkers(config: Config): Promise<Running> {
  const workers = await import('./workers/primary.ts');
  try {
    return await workers.startWorkers(config, isShown);
  } catch (error) {
    if (error instanceof workers.WorkerStartError) process.exit(1);
    throw error;
  }
}

function sayThatItListens({ log, told }: Running): void {
  log.info(`Platform listens at ${told.url}`);
}

function tell(told: Told): void {
  if (process.send) process.send(told);
  else if (process.stdout.isTTY) {
    if (told.mailPage) console.log(`Emails that would be sent are at ${told.mailPage}`);
    if (told.developer?.password)
      console.log(`Sign in at ${told.url}/account as ${told.developer.email}, password ${told.developer.password}`);
  }
}
