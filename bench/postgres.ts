import { startPostgres } from '../server/storage/testing/postgres.ts';
import type { BarName } from './bars.ts';
import { CONNECTIONS, compare, MEASURE_SECONDS } from './compare.ts';
import { offServerCore } from './cores.ts';
import { processorTimeOfAllMs } from './processor-time.ts';
import { type Figures, type Findings, judge, type Verdict } from './report.ts';
import { type Stage, withStage } from './stage.ts';
import { costRatio } from './statistics.ts';
import { runWrk } from './wrk.ts';
import type { BenchRequest, Load } from './wrk-script.ts';

interface HotCall {
  readonly bar: BarName;
  readonly name: string;
  readonly requests: (stage: Stage) => readonly BenchRequest[];
  readonly status?: number;
  /** Default: what {@link compare} takes. */
  readonly connections?: number;
}

const HOT_CALLS: readonly HotCall[] = [
  { bar: 'postgres-login', name: 'Machine login', requests: ({ login }) => [login] },
  { bar: 'postgres-read', name: 'Read of a vendor’s own user', requests: ({ reads }) => reads },
  { bar: 'postgres-popup', name: 'Returning popup', requests: ({ popups }) => popups },
  // One at a time, so that hashes do not wait for each other's memory.
  {
    bar: 'postgres-password',
    name: 'Password sign-in',
    requests: ({ signIns }) => signIns,
    status: 303,
    connections: 1,
  },
];

/** What the server itself pays for PostgreSQL in the place of SQLite, and beside it what PostgreSQL's own processes pay. */
export async function postgres(): Promise<Findings> {
  const cluster = await offServerCore(startPostgres);
  try {
    const databaseUrl = await cluster.createDatabase();
    return await withStage((sqlite) => withStage((stage) => measure(sqlite, stage, cluster.pid), { databaseUrl }));
  } finally {
    await cluster.stop();
  }
}

async function measure(sqlite: Stage, postgresql: Stage, databasePid: number): Promise<Findings> {
  const verdicts: Verdict[] = [];
  const figures: Figures[] = [];
  for (const { bar, name, requests, status, connections } of HOT_CALLS) {
    const loadOf = (stage: Stage) => ({
      url: stage.server.url,
      requests: requests(stage),
      ...(status !== undefined && { status }),
    });
    const subject = (engine: string, stage: Stage) => ({
      name: `${name}: platform on ${engine}`,
      pid: stage.server.pid,
      load: loadOf(stage),
    });
    const subjects = { sqlite: subject('SQLite', sqlite), postgresql: subject('PostgreSQL', postgresql) };
    const found = await compare(subjects, connections === undefined ? {} : { connections });
    const databaseMs = await databaseCost(databasePid, loadOf(postgresql), connections);
    const note = `PostgreSQL itself: ${databaseMs.toPrecision(2)} ms a request`;
    verdicts.push(judge(bar, costRatio(found.postgresql, found.sqlite), note));
    figures.push(...Object.values(found));
  }
  return { verdicts, figures };
}

/** Processor time of PostgreSQL's own processes for a request, in milliseconds. */
async function databaseCost(pid: number, load: Load, connections = CONNECTIONS): Promise<number> {
  const beforeMs = processorTimeOfAllMs(pid);
  const { acts } = await runWrk(load, { connections, seconds: MEASURE_SECONDS });
  return (processorTimeOfAllMs(pid) - beforeMs) / acts;
}
