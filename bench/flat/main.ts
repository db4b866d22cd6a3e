import { parseArgs } from 'node:util';
import { build } from '../../scripts/build.ts';
import { startPostgres } from '../../server/storage/testing/postgres.ts';
import { median } from '../statistics.ts';
import { type Cost, HotCalls } from './hot-calls.ts';
import { type Engine, type Installation, makeInstallation } from './installation.ts';
import { makeModel } from './model.ts';
import { unexpectedPlans } from './plans.ts';
import { storageCalls } from './storage-calls.ts';
import { printCosts, printUpkeep, type Sized } from './tables.ts';
import { measureUpkeep } from './upkeep.ts';

/**
 * `npm run bench:flat -- --users 1k,1m,10m --engine sqlite,postgres [--rounds 3] [--only calls,upkeep,copies,plans] [--keep DIR]`: what each hot call
 * costs with few users and with many, in processor time, in rounds that take turns between the sizes; what is done with the whole
 * database; and PostgreSQL's plans. Files are removed at the end, except those of SQLite in `--keep`, where the next run finds them.
 */
const { values } = parseArgs({
  options: {
    users: { type: 'string', default: '1k,1m' },
    engine: { type: 'string', default: 'sqlite,postgres' },
    rounds: { type: 'string', default: '3' },
    keep: { type: 'string' },
    only: { type: 'string', default: 'calls,upkeep,copies,plans' },
  },
});
const sizes = values.users.split(',').map(numberOf);
await build();
const model = await makeModel();
for (const engine of values.engine.split(',') as Engine[]) await measureEngine(engine);
process.exit();

async function measureEngine(engine: Engine): Promise<void> {
  const cluster = engine === 'postgres' ? await startPostgres() : undefined;
  const installations: Installation[] = [];
  try {
    for (const users of sizes)
      installations.push(await makeInstallation(engine, users, model, { cluster, keptIn: values.keep }));
    if (isWanted('calls')) printCosts(engine, await costsOf(installations));
    if (isWanted('upkeep'))
      for (const installation of installations)
        printUpkeep(installation, await measureUpkeep(installation, isWanted('copies')));
    const crowded = installations.at(-1);
    if (isWanted('plans') && engine === 'postgres' && crowded)
      console.log(`\nPlans among ${crowded.users} users: ${(await unexpectedPlans(crowded)) ?? 'as they should be'}`);
  } finally {
    for (const installation of installations) await installation.remove();
    await cluster?.stop();
  }
}

interface Started {
  readonly installation: Installation;
  readonly calls: HotCalls;
  readonly startMs: number;
}

async function costsOf(installations: readonly Installation[]): Promise<Sized[]> {
  const started: Started[] = [];
  try {
    for (const installation of installations) started.push({ installation, ...(await HotCalls.start(installation)) });
    return await costsUnder(started);
  } finally {
    for (const { calls } of started) await calls.stop();
  }
}

async function costsUnder(started: readonly Started[]): Promise<Sized[]> {
  const found = started.map(({ installation, startMs }) => ({
    installation,
    startMs,
    costs: {} as Record<string, Cost[]>,
  }));
  for (let round = 0; round < Number(values.rounds); round += 1) {
    for (const [index, { installation, calls }] of started.entries()) {
      for (const [name, call] of Object.entries({ ...calls.all, ...storageCalls(installation) })) {
        const costs = found[index]?.costs ?? {};
        console.error(`round ${round + 1}, ${installation.users} users: ${name}`);
        costs[name] = [...(costs[name] ?? []), await call()];
      }
    }
  }
  return found.map(({ installation, startMs, costs }) => ({
    users: installation.users,
    bytes: installation.made.bytes,
    startMs,
    costs: Object.fromEntries(Object.entries(costs).map(([name, all]) => [name, medianOf(all)])),
  }));
}

function isWanted(part: 'calls' | 'upkeep' | 'copies' | 'plans'): boolean {
  return values.only.split(',').includes(part);
}

function medianOf(costs: readonly Cost[]): Cost {
  return {
    serverMs: median(costs.map(({ serverMs }) => serverMs)),
    databaseMs: median(costs.map(({ databaseMs }) => databaseMs)),
  };
}

function numberOf(text: string): number {
  const [, digits = '', unit = ''] = /^(\d+)([km]?)$/i.exec(text) ?? [];
  if (!digits) throw new Error(`--users takes numbers such as 1k or 1m, not ${text}`);
  return Number(digits) * ({ k: 1_000, m: 1_000_000 }[unit.toLowerCase()] ?? 1);
}
