import { startPostgres } from '../server/storage/testing/postgres.ts';
import type { BarName } from './bars.ts';
import { compare } from './compare.ts';
import { offServerCore } from './cores.ts';
import { type Figures, type Findings, judge, type Verdict } from './report.ts';
import { type Stage, withStage } from './stage.ts';
import { costRatio } from './statistics.ts';
import type { BenchRequest } from './wrk-script.ts';

const HOT_CALLS: readonly (readonly [
  bar: BarName,
  name: string,
  requests: (stage: Stage) => readonly BenchRequest[],
])[] = [
  ['postgres-login', 'Machine login', ({ login }) => [login]],
  ['postgres-read', 'Read of a vendor’s own user', ({ reads }) => reads],
  ['postgres-popup', 'Returning popup', ({ popups }) => popups],
];

/** What the server itself pays for PostgreSQL in the place of SQLite. What PostgreSQL pays is not in it. */
export async function postgres(): Promise<Findings> {
  const cluster = await offServerCore(startPostgres);
  try {
    const databaseUrl = await cluster.createDatabase();
    return await withStage((sqlite) => withStage((stage) => measure(sqlite, stage), { databaseUrl }));
  } finally {
    await cluster.stop();
  }
}

async function measure(sqlite: Stage, postgresql: Stage): Promise<Findings> {
  const verdicts: Verdict[] = [];
  const figures: Figures[] = [];
  for (const [bar, name, requests] of HOT_CALLS) {
    const subject = (engine: string, stage: Stage) => ({
      name: `${name}: platform on ${engine}`,
      pid: stage.server.pid,
      load: { url: stage.server.url, requests: requests(stage) },
    });
    const found = await compare({ sqlite: subject('SQLite', sqlite), postgresql: subject('PostgreSQL', postgresql) });
    verdicts.push(judge(bar, costRatio(found.postgresql, found.sqlite)));
    figures.push(...Object.values(found));
  }
  return { verdicts, figures };
}
