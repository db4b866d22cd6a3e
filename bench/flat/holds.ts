import { setTimeout as delay, setImmediate as nextTurn } from 'node:timers/promises';
import pg from 'pg';
import { SqliteConnection, type Statement } from '../../server/storage/sqlite-connection.ts';
import type { Installation } from './installation.ts';

/** What a piece of work keeps from others, at its longest. */
export interface Holds {
  /** A turn of the event loop, in processor time of this thread, and on the clock. */
  readonly turnCpuMs: number;
  readonly turnMs: number;
  /** A transaction that writes, on the clock. */
  readonly transactionMs: number;
}

const POLL_MS = 2;

/** Does something, and watches each turn of the event loop and each transaction meanwhile. */
export async function holdsOf(installation: Installation, work: () => Promise<unknown>): Promise<Holds> {
  const { databaseUrl } = installation.settings;
  const transactions = databaseUrl ? await watchPostgres(databaseUrl) : watchSqlite();
  try {
    const turns = await longestTurns(work);
    return { ...turns, transactionMs: transactions.longestMs() };
  } finally {
    await transactions.stop();
  }
}

async function longestTurns(work: () => Promise<unknown>): Promise<Pick<Holds, 'turnCpuMs' | 'turnMs'>> {
  let isOver = false;
  const end = () => {
    isOver = true;
  };
  const working = work();
  working.then(end, end);
  let [turnCpuMs, turnMs] = [0, 0];
  let [cpu, clock] = [threadCpuMs(), performance.now()];
  while (!isOver) {
    await nextTurn();
    const [cpuNow, clockNow] = [threadCpuMs(), performance.now()];
    turnCpuMs = Math.max(turnCpuMs, cpuNow - cpu);
    turnMs = Math.max(turnMs, clockNow - clock);
    [cpu, clock] = [cpuNow, clockNow];
  }
  await working;
  return { turnCpuMs, turnMs };
}

function threadCpuMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

interface TransactionWatch {
  longestMs(): number;
  stop(): Promise<void>;
}

/** From `begin` to the end of `commit`. All writes are in a transaction, and this process has one at a time. */
function watchSqlite(): TransactionWatch {
  const { run } = SqliteConnection.prototype;
  let [longest, since] = [0, 0];
  SqliteConnection.prototype.run = function <Row>(this: SqliteConnection, statement: Statement) {
    if (statement.sql.startsWith('begin')) since = performance.now();
    const result = run.call(this, statement);
    if (statement.sql === 'commit') longest = Math.max(longest, performance.now() - since);
    return result as ReturnType<typeof run<Row>>;
  };
  return {
    longestMs: () => longest,
    stop: async () => {
      SqliteConnection.prototype.run = run;
    },
  };
}

/** Asks PostgreSQL again and again who has written, and since when. */
async function watchPostgres(connectionString: string): Promise<TransactionWatch> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  let longest = 0;
  let isOver = false;
  const question = `select max(extract(epoch from clock_timestamp() - xact_start)) * 1000 as ms from pg_stat_activity
    where datname = current_database() and backend_type = 'client backend' and backend_xid is not null`;
  const watching = (async () => {
    while (!isOver) {
      const { rows } = await client.query<{ ms: string | null }>(question);
      longest = Math.max(longest, Number(rows[0]?.ms ?? 0));
      await delay(POLL_MS);
    }
  })();
  return {
    longestMs: () => longest,
    stop: async () => {
      isOver = true;
      await watching;
      await client.end();
    },
  };
}
