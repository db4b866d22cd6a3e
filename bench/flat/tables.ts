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

/** A Markdown table with a column for each size, in milliseconds of processor time: the server's, and PostgreSQL's beside it. */
export function printCosts(engine: Engine, sized: readonly Sized[]): void {
  const [small] = sized;
  if (!small) return;
  const large = sized.at(-1) ?? small;
  console.log(`\n### ${engine}\n`);
  printRow([
    'CPU per call, ms',
    ...sized.map(({ users }) => `${users.toLocaleString('en')} users`),
    'server, large to small',
  ]);
  printRow(['---', ...sized.map(() => '---'), '---']);
  for (const name of Object.keys(small.costs)) {
    const cost = (one: Sized) => one.costs[name] ?? { serverMs: Number.NaN, databaseMs: Number.NaN };
    const shown = sized.map((one) => {
      const { serverMs, databaseMs } = cost(one);
      return engine === 'postgres' ? `${serverMs.toFixed(3)} + ${databaseMs.toFixed(3)}` : serverMs.toFixed(3);
    });
    printRow([name, ...shown, `${(cost(large).serverMs / cost(small).serverMs).toFixed(2)} ×`]);
  }
  printRow([
    'start',
    ...sized.map(({ startMs }) => startMs.toFixed(0)),
    `${(large.startMs / small.startMs).toFixed(2)} ×`,
  ]);
  printRow(['bytes per user', ...sized.map(({ bytes, users }) => (bytes / users).toFixed(0)), '']);
}

export function printUpkeep({ engine, users }: Installation, upkeep: readonly Upkeep[]): void {
  console.log('');
  printRow([
    `${engine}, ${users.toLocaleString('en')} users`,
    'seconds',
    'CPU, ms',
    'longest hold of the loop, ms of CPU',
  ]);
  printRow(['---', '---', '---', '---']);
  for (const { what, seconds, cpuMs, longestTurnMs } of upkeep)
    printRow([what, seconds.toFixed(2), cpuMs?.toFixed(0) ?? '', longestTurnMs?.toFixed(1) ?? '']);
}

function printRow(cells: readonly string[]): void {
  console.log(`| ${cells.join(' | ')} |`);
}
