import type { Cost } from './hot-calls.ts';
import type { Engine, Installation } from './installation.ts';
import type { Upkeep } from './upkeep.ts';

/** What one size of an engine costs. */
export interface Sized {
  readonly users: number;
  readonly bytes: number;
  readonly startMs: number;
  readonly costs: Readonly<Record<string, Cost>>;
}

/**
 * A Markdown table with a column for each size, in milliseconds of processor time: the server's, and PostgreSQL's beside it. In brackets is
 * what the server used in comparison with the smallest size.
 */
export function printCosts(engine: Engine, sized: readonly Sized[]): void {
  const [small] = sized;
  if (!small) return;
  const others = sized.slice(1);
  console.log(`\n### ${engine}\n`);
  printRow(['CPU per call, ms', ...sized.map(({ users }) => `${users.toLocaleString('en')} users`)]);
  printRow(['---', ...sized.map(() => '---')]);
  const compared = (what: string, show: (one: Sized) => string, figure: (one: Sized) => number) => {
    const times = (one: Sized) => `${show(one)} (${(figure(one) / figure(small)).toFixed(2)} ×)`;
    printRow([what, show(small), ...others.map(times)]);
  };
  for (const name of Object.keys(small.costs)) {
    const cost = (one: Sized) => one.costs[name] ?? { serverMs: Number.NaN, databaseMs: Number.NaN };
    const show = (one: Sized) => {
      const { serverMs, databaseMs } = cost(one);
      return engine === 'postgres' ? `${serverMs.toFixed(3)} + ${databaseMs.toFixed(3)}` : serverMs.toFixed(3);
    };
    compared(name, show, (one) => cost(one).serverMs);
  }
  const startOf = ({ startMs }: Sized) => startMs;
  compared('start', (one) => startOf(one).toFixed(0), startOf);
  printRow(['bytes per user', ...sized.map(({ bytes, users }) => (bytes / users).toFixed(0))]);
}

export function printUpkeep({ engine, users }: Installation, upkeep: readonly Upkeep[]): void {
  console.log('');
  printRow([
    `${engine}, ${users.toLocaleString('en')} users`,
    'seconds',
    'CPU, ms',
    'longest turn of the loop, ms of CPU',
    'the same on the clock',
    'longest transaction, ms on the clock',
  ]);
  printRow(['---', '---', '---', '---', '---', '---']);
  for (const { what, seconds, cpuMs, holds } of upkeep) {
    const ms = [
      cpuMs?.toFixed(0),
      ...[holds?.turnCpuMs, holds?.turnMs, holds?.transactionMs].map((one) => one?.toFixed(1)),
    ];
    printRow([what, seconds.toFixed(2), ...ms.map((one) => one ?? '')]);
  }
}

function printRow(cells: readonly string[]): void {
  console.log(`| ${cells.join(' | ')} |`);
}
