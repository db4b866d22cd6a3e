import { sql } from 'kysely';
import type { Database } from '../database.ts';
import type { EngineContext } from './engines.ts';

/** What a plan does beyond going where an index leads: it looks at rows that are not meant, or puts rows in order. */
export type Finding = `scans ${string}` | 'sorts';

/** Columns of tables that grow, of which a value says little: an index by them alone leads to a large part of the table. */
const WEAK = new Set(['realm', 'client_id', 'model', 'kind']);
/** Tables of which each app, or each installation, has a few rows. */
const SMALL = new Set([
  'apps',
  'environments',
  'api_keys',
  'management_keys',
  'app_members',
  'app_invitations',
  'signing_keys',
  'secrets',
  'webhooks',
]);
/** Parts of statements, which are bounded themselves. */
const SUBQUERIES = new Set(['scanned', 'shared']);
/** As many as PostgreSQL's planner is told that each table has. */
const PRETENDED_ROWS = 10_000_000;
/** A table with as many rows is planned by what is known of them. */
const MANY_ROWS = 1_000;

/** @returns how the engine would answer a statement, and what of it takes the longer the more rows there are */
export async function explain(
  { database, engine }: Pick<EngineContext, 'database' | 'engine'>,
  statement: string,
): Promise<{ plan: string[]; findings: Finding[] }> {
  if (engine === 'SQLite') {
    const { rows } = await sql<{ detail: string }>`${sql.raw(`explain query plan ${statement}`)}`.execute(database.db);
    const plan = rows.map(({ detail }) => detail);
    const endsEarly = /\blimit\b/.test(statement) && !plan.some((step) => step.startsWith('USE TEMP B-TREE FOR ORDER'));
    return { plan, findings: plan.flatMap((step) => findingsOfSqlite(step, endsEarly)) };
  }
  const { rows } = await sql<{ 'QUERY PLAN': [{ Plan: PostgresNode }] }>`${sql.raw(
    `explain (generic_plan, format json) ${statement}`,
  )}`.execute(database.db);
  const nodes = rows.flatMap((row) => flat(row['QUERY PLAN'][0].Plan));
  const endsEarly = /\blimit\b/.test(statement) && !nodes.some((node) => node['Node Type'] === 'Sort');
  return { plan: nodes.map(describeNode), findings: nodes.flatMap((node) => findingsOfPostgres(node, endsEarly)) };
}

/**
 * Lets PostgreSQL plan as if each table that has few rows were large: it takes the rows of a page from its catalogue, and counts the pages itself. So each table
 * gets a page, with a row in it. What anything refers to does not matter to the planner.
 * @param isCrowded the rows are real ones, so that what is small is known to be
 */
export async function pretendLargeTables(
  { db, pool }: Pick<Database, 'db' | 'pool'>,
  { isCrowded = false } = {},
): Promise<void> {
  if (!pool) return;
  const { rows } = await sql<{ table: string; columns: string; values: string }>`
    select table_name as table, string_agg(quote_ident(column_name), ', ') as columns,
      string_agg(case data_type when 'text' then '''x''' else '0' end, ', ') as values
    from information_schema.columns join pg_class on relname = table_name
      and relkind = 'r' and relnamespace = 'public'::regnamespace
    where table_schema = 'public' and is_nullable = 'NO' and reltuples < ${MANY_ROWS}
      and not (${isCrowded} and table_name = any(${[...SMALL]})) group by table_name`.execute(db);
  const client = await pool.connect();
  try {
    await client.query('set session_replication_role = replica');
    for (const { table, columns, values } of rows)
      await client.query(`insert into "${table}" (${columns}) values (${values}) on conflict do nothing`);
    await client.query(
      `update pg_class set relpages = 1, reltuples = ${PRETENDED_ROWS}
        where relkind = 'r' and relnamespace = 'public'::regnamespace and relname = any($1)`,
      [rows.map(({ table }) => table)],
    );
  } finally {
    client.release(true);
  }
}

/** Reads a whole table that has a few rows, as a planner does who knows that. */
export function isOfSmallTable(finding: Finding): boolean {
  return SMALL.has(finding.replace(/^scans /, ''));
}

/** https://www.sqlite.org/eqp.html */
function findingsOfSqlite(step: string, endsEarly: boolean): Finding[] {
  if (/^USE TEMP B-TREE FOR (?!LAST TERM)/.test(step)) return ['sorts'];
  const [, table = ''] = /^SCAN (?!\d+-ROW VALUES|CONSTANT ROW)(\w+)/.exec(step) ?? [];
  if (table && !SUBQUERIES.has(table)) return [`scans ${table}`];
  const [, found = '', conditions = ''] = /^SEARCH (\w+) .*\(([^)]*)\)/.exec(step) ?? [];
  const columns = conditions.split(' AND ').map((condition) => condition.replace(/=\?$/, ''));
  return !endsEarly && isWeak(found, columns) ? [`scans ${found}`] : [];
}

interface PostgresNode {
  'Node Type': string;
  'Relation Name'?: string;
  'Index Name'?: string;
  'Index Cond'?: string;
  Filter?: string;
  Plans?: PostgresNode[];
}

function findingsOfPostgres(node: PostgresNode, endsEarly: boolean): Finding[] {
  const { 'Node Type': type, 'Relation Name': table = '', 'Index Cond': condition, Filter: filter } = node;
  if (type === 'Sort') return ['sorts'];
  if (type === 'Seq Scan') return [`scans ${table}`];
  if (!type.startsWith('Index')) return [];
  const isLookedThrough = filter !== undefined && !isWeak(table, columnsIn(filter));
  return isWeak(table, columnsIn(condition)) && (isLookedThrough || !endsEarly) ? [`scans ${table}`] : [];
}

/** The columns that a condition compares, alone or as a row. */
function columnsIn(condition = ''): string[] {
  return [...condition.matchAll(/(\w+)(?: [=<>]| IS |[^()]*\) [<>])/g)].map(([, column = '']) => column);
}

function isWeak(table: string, columns: readonly string[]): boolean {
  return !SMALL.has(table) && columns.every((column) => WEAK.has(column));
}

function flat(node: PostgresNode): PostgresNode[] {
  return [node, ...(node.Plans ?? []).flatMap(flat)];
}

function describeNode(node: PostgresNode): string {
  const {
    'Node Type': type,
    'Relation Name': table,
    'Index Name': index,
    'Index Cond': condition,
    Filter: filter,
  } = node;
  return [type, table, index, condition, filter && `filter ${filter}`].filter(Boolean).join(' ');
}
