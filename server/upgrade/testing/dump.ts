import { DatabaseSync } from 'node:sqlite';
import pg from 'pg';

/**
 * A database as SQL text, schema and rows, so that a fixture can be read and needs no program to be restored. Rows are written as INSERT
 * statements, because COPY would need the protocol of a client.
 */
export function dumpSqlite(file: string): string {
  const database = new DatabaseSync(file, { readOnly: true });
  try {
    const schema = (...types: string[]) =>
      all(
        database,
        `select name, sql from sqlite_schema where sql is not null and type in (${types.map((type) => `'${type}'`)}) order by rowid`,
      );
    const tables = schema('table');
    const inserts = tables.flatMap(({ name = '' }) => {
      const columns = all(database, `select name from pragma_table_info('${name}')`).map((column) => column['name']);
      // `quote()` writes any value as SQL takes it.
      const values = columns.map((column) => `quote("${column}")`).join(` || ', ' || `);
      const rows = all(database, `select ${values} as "values" from "${name}"`);
      return rows.map((row) => insert(name, columns, row['values']));
    });
    return statements([
      ...tables.map(({ sql }) => sql),
      ...inserts,
      // A trigger on inserting must not see what has been there all along.
      ...schema('index', 'trigger').map(({ sql }) => sql),
    ]);
  } finally {
    database.close();
  }
}

/** @param file a database that does not exist yet */
export function restoreSqlite(file: string, sql: string): void {
  const database = new DatabaseSync(file, { enableForeignKeyConstraints: false });
  try {
    database.exec(`begin;\n${sql}\ncommit;`);
    const broken = database.prepare('pragma foreign_key_check').all();
    if (broken.length > 0) throw new Error(`The fixture refers to rows that it lacks: ${JSON.stringify(broken)}`);
  } finally {
    database.close();
  }
}

type Row = Record<string, string>;

function all(database: DatabaseSync, sql: string): Row[] {
  return database
    .prepare(sql)
    .all()
    .map((row) => Object.fromEntries(Object.entries(row).map(([name, value]) => [name, String(value)])));
}

/** What the platform's migrations make: functions, tables, constraints, indexes and triggers of the schema `public`. */
const POSTGRES = {
  functions: `select pg_get_functiondef(oid) as sql from pg_proc where pronamespace = 'public'::regnamespace order by proname`,
  tables: `select oid::text, relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' order by oid`,
  columns: `select a.attname as name, format_type(a.atttypid, a.atttypmod) as type, a.attnotnull::text as required,
      coalesce(pg_get_expr(d.adbin, d.adrelid), '') as initial
    from pg_attribute a left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
    where a.attrelid = $1 and a.attnum > 0 and not a.attisdropped order by a.attnum`,
  // A foreign key needs the key that it refers to. Whether a column may be null is said with the column.
  constraints: `select conrelid::regclass::text as name, conname as constraint, pg_get_constraintdef(oid) as sql from pg_constraint
    where connamespace = 'public'::regnamespace and contype in ('p', 'u', 'f', 'c') order by contype = 'f', conrelid, conname`,
  indexes: `select pg_get_indexdef(indexrelid) as sql from pg_index join pg_class on pg_class.oid = indexrelid
    where relnamespace = 'public'::regnamespace and not exists (select 1 from pg_constraint where conindid = indexrelid)
    order by relname`,
  triggers: `select pg_get_triggerdef(pg_trigger.oid) as sql from pg_trigger join pg_class on pg_class.oid = tgrelid
    where relnamespace = 'public'::regnamespace and not tgisinternal order by tgname`,
};

export async function dumpPostgres(databaseUrl: string): Promise<string> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const read = async (sql: string, values: string[] = []) => (await client.query<Row>(sql, values)).rows;
    const [creates, inserts]: [string[], string[]] = [[], []];
    for (const { oid = '', name = '' } of await read(POSTGRES.tables)) {
      const columns = await read(POSTGRES.columns, [oid]);
      const definitions = columns.map(
        ({ name: column, type, required, initial }) =>
          `"${column}" ${type}${initial ? ` default ${initial}` : ''}${required === 'true' ? ' not null' : ''}`,
      );
      creates.push(`create table "${name}" (${definitions.join(', ')})`);
      const values = columns.map((column) => `quote_nullable("${column['name']}")`).join(` || ', ' || `);
      const rows = await read(`select ${values} as values from "${name}" order by ctid`);
      const names = columns.map((column) => column['name']);
      inserts.push(...rows.map((row) => insert(name, names, row['values'])));
    }
    const sqlOf = async (query: string) => (await read(query)).map(({ sql }) => sql);
    const constraints = (await read(POSTGRES.constraints)).map(
      ({ name, constraint, sql }) => `alter table ${name} add constraint "${constraint}" ${sql}`,
    );
    return statements([
      ...(await sqlOf(POSTGRES.functions)),
      ...creates,
      ...inserts,
      ...constraints,
      ...(await sqlOf(POSTGRES.indexes)),
      ...(await sqlOf(POSTGRES.triggers)),
    ]);
  } finally {
    await client.end();
  }
}

/** @param databaseUrl an empty database */
export async function restorePostgres(databaseUrl: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    // Several statements in one query are one transaction.
    await client.query(sql);
  } finally {
    await client.end();
  }
}

function insert(table: string, columns: readonly (string | undefined)[], values = ''): string {
  return `insert into "${table}" (${columns.map((column) => `"${column}"`).join(', ')}) values (${values})`;
}

function statements(all: readonly (string | undefined)[]): string {
  return all.map((sql) => `${sql?.trimEnd()};\n`).join('');
}
