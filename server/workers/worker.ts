import cluster from 'node:cluster';
import { parseArgs } from 'node:util';
import { type Figures, FiguresTimeoutError } from '../metrics/answer.ts';
import type { Registry } from '../metrics/registry.ts';
import { type FromWorker, isToWorker, type Told, toChannel } from './messages.ts';

/** Somewhat longer than the process that gathers waits for a worker that does not answer. */
const GATHER_TIMEOUT_MS = 5_000;

/** One of several processes that serve a port together. */
export interface WorkerLink {
  /** From 1. One that is started in place of another has its number. */
  readonly number: number;
  /** Whether there is no other one yet, so that it does what is done once: it makes the tables, and tells who the developer is. */
  readonly isFirst: boolean;
  readonly showsDeveloperAccount: boolean;
  tellReady(told: Told): void;
  /** The figures of all workers, of which this one has its own in `registry`. */
  figuresOfAll(registry: Registry): Figures;
}

const OPTIONS = {
  worker: { type: 'string' },
  first: { type: 'boolean', default: false },
  'shows-developer-account': { type: 'boolean', default: false },
} as const;

/** The arguments of a worker's process, as `ps` shows them. */
export function argumentsOf({
  number,
  isFirst,
  showsDeveloperAccount,
}: Pick<WorkerLink, 'number' | 'isFirst' | 'showsDeveloperAccount'>): string[] {
  return [
    `--worker=${number}`,
    ...(isFirst ? ['--first'] : []),
    ...(showsDeveloperAccount ? ['--shows-developer-account'] : []),
  ];
}

/**
 * Connects this process with the one that started it, if that is a process with workers.
 * @param stop is called when that one wants this one to stop
 */
export function linkToPrimary(stop: () => void): WorkerLink | undefined {
  if (!cluster.isWorker) return undefined;
  const { values } = parseArgs({ options: OPTIONS });
  const waiting = new Map<number, (text: string) => void>();
  let registry: Registry | undefined;
  const say = (message: FromWorker) => {
    if (process.connected) process.send?.(toChannel(message));
  };
  process.on('message', (message: unknown) => {
    if (!isToWorker(message)) return;
    if (message.type === 'stop') stop();
    if (message.type === 'gathered') waiting.get(message.id)?.(message.text);
    if (message.type === 'figures') {
      const { id } = message;
      registry?.getMetricsAsJSON().then(
        (figures) => say({ type: 'figures', id, figures }),
        // Without an answer, the figures of before are shown.
        () => {},
      );
    }
  });
  let questions = 0;
  const gather = async (): Promise<string> => {
    questions += 1;
    const id = questions;
    const { promise, resolve, reject } = Promise.withResolvers<string>();
    const timeout = setTimeout(
      () => reject(new FiguresTimeoutError('the figures of all workers did not come')),
      GATHER_TIMEOUT_MS,
    );
    waiting.set(id, resolve);
    say({ type: 'gather', id });
    return promise.finally(() => {
      clearTimeout(timeout);
      waiting.delete(id);
    });
  };
  return {
    number: Number(values.worker),
    isFirst: values.first,
    showsDeveloperAccount: values['shows-developer-account'],
    tellReady: (told) => say({ type: 'ready', told }),
    figuresOfAll: (own) => {
      registry = own;
      return { contentType: own.contentType, metrics: gather };
    },
  };
}
