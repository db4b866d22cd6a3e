import cluster, { type Worker } from 'node:cluster';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { type Logger, pino } from 'pino';
import type { Config } from '../config.ts';
import { ListenError } from '../start-failure.ts';
import { countForWorkers } from '../storage/limiter.ts';
import { Gathering } from './gathering.ts';
import { isFromWorker, type Told, type ToWorker, toChannel } from './messages.ts';
import { argumentsOf } from './worker.ts';

const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 30_000;
/** A worker that has served for so long was well, so that what ended it is a new trouble. */
const STEADY_MS = 60_000;

/** A worker could not start. It has said why. */
export class WorkerStartError extends Error {
  override name = 'WorkerStartError';
}

/** Several processes that serve the port of this one. This one serves nothing: it starts them, and keeps what they share. */
export interface Workers {
  readonly log: Pick<Logger, 'info' | 'warn'>;
  readonly told: Told;
  /** Stops all of them in order. @throws Error when one did not end so */
  close(): Promise<void>;
}

/**
 * Starts `config.workers` processes: one first, which makes the tables and finds out whether a start is possible at all, then the others.
 * One that dies is started again, after a pause that grows while it dies again and again.
 * @throws WorkerStartError
 */
export async function startWorkers(config: Config, showsDeveloperAccount: boolean): Promise<Workers> {
  countForWorkers();
  const group = new Group({ ...config, port: config.port || (await freePort(config.host)) });
  const told = await group.startFirst(showsDeveloperAccount);
  for (let number = 2; number <= config.workers; number += 1) group.start(number);
  return { log: group.log, told, close: () => group.stop() };
}

class Group {
  readonly log: Logger;
  readonly #settings: Record<string, string>;
  readonly #gathering = new Gathering();
  readonly #workers = new Map<number, Worker>();
  readonly #pausesMs = new Map<number, number>();
  readonly #restarts = new Set<NodeJS.Timeout>();
  #isStopping = false;

  constructor({ logLevel, devMailToken, port }: Pick<Config, 'logLevel' | 'devMailToken' | 'port'>) {
    this.log = pino({ level: logLevel });
    // What each process would choose for itself.
    this.#settings = { DEV_MAIL_TOKEN: devMailToken, PORT: String(port) };
  }

  async startFirst(showsDeveloperAccount: boolean): Promise<Told> {
    return new Promise((resolve, reject) => {
      const worker = this.#fork({ number: 1, isFirst: true, showsDeveloperAccount }, resolve);
      worker.once('exit', () => reject(new WorkerStartError('the first worker could not start')));
    });
  }

  start(number: number): void {
    this.#fork({ number, isFirst: false, showsDeveloperAccount: false }, () => {});
  }

  async stop(): Promise<void> {
    this.#isStopping = true;
    for (const restart of this.#restarts) clearTimeout(restart);
    const ends = [...this.#workers.values()].map(async (worker) => {
      const ended = once(worker, 'exit');
      say(worker, { type: 'stop' });
      const [code] = await ended;
      if (code !== 0) throw new Error('a worker did not end in order');
    });
    const failed = (await Promise.allSettled(ends)).find(({ status }) => status === 'rejected');
    if (failed) throw new Error('not all workers ended in order');
  }

  #fork(assignment: Parameters<typeof argumentsOf>[0], onReady: (told: Told) => void): Worker {
    const { number } = assignment;
    cluster.setupPrimary({ args: argumentsOf(assignment) });
    const worker = cluster.fork(this.#settings);
    this.#workers.set(number, worker);
    let readyAtMs: number | undefined;
    worker.on('message', (message: unknown) => {
      if (!isFromWorker(message)) return;
      if (message.type === 'ready') {
        readyAtMs = performance.now();
        this.#gathering.add(number, (question) => say(worker, question));
        onReady(message.told);
      }
      if (message.type === 'figures') this.#gathering.note(number, message);
      if (message.type === 'gather') {
        const { id } = message;
        void this.#gathering.text().then((text) => say(worker, { type: 'gathered', id, text }));
      }
    });
    worker.once('exit', (code, signal) => {
      this.#workers.delete(number);
      this.#gathering.remove(number);
      const hasStarted = readyAtMs !== undefined || !assignment.isFirst;
      if (hasStarted && !this.#isStopping) this.#startAgain(number, readyAtMs, { code, signal });
    });
    // A message to a process that is ending fails, and its end is told above.
    worker.on('error', () => {});
    return worker;
  }

  #startAgain(number: number, readyAtMs: number | undefined, end: { code: number; signal: string }): void {
    const wasSteady = readyAtMs !== undefined && performance.now() - readyAtMs >= STEADY_MS;
    const pauseMs = (!wasSteady && this.#pausesMs.get(number)) || FIRST_PAUSE_MS;
    this.#pausesMs.set(number, Math.min(pauseMs * 2, LONGEST_PAUSE_MS));
    this.log.error({ worker: number, ...end, pauseMs }, 'a worker has ended, and is started again');
    const restart = setTimeout(() => {
      this.#restarts.delete(restart);
      this.start(number);
    }, pauseMs);
    this.#restarts.add(restart);
  }
}

function say(worker: Worker, message: ToWorker): void {
  if (worker.isConnected()) worker.send(toChannel(message));
}

/** Chosen here, because a worker has to know it before it listens. */
async function freePort(host: string): Promise<number> {
  const server = createServer().listen(0, host);
  try {
    await once(server, 'listening');
  } catch (error) {
    throw new ListenError(error as NodeJS.ErrnoException);
  }
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
