import { AsyncLocalStorage } from 'node:async_hooks';
import { DummyDriver, Kysely, type QueryResult, SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler } from 'kysely';
import pg from 'pg';
import { CommittedReads } from '../committed-reads.ts';
import { GroupCommit } from '../group-commit.ts';
import { createStorage } from '../index.ts';
import { Repository } from '../repository.ts';
import { SqliteConnection, type Statement } from '../sqlite-connection.ts';
import type { Tables } from '../tables.ts';
import type { Engine } from './engines.ts';

/** What ran each statement first, such as `AppUserRepository.list`. */
type Statements = Map<string, string>;

const recorded: Record<Engine, Statements> = { SQLite: new Map(), PostgreSQL: new Map() };
const running = new AsyncLocalStorage<string>();
const uncalled = new Set<string>();

/** Runs `work`, and records its statements under a name, unless they belong to something that is recorded already. */
export function recordAs<Result>(name: string, work: () => Result): Result {
  return running.getStore() === undefined ? running.run(name, work) : work();
}

/** The statements of the code under test, with what ran each first. Those that tests run themselves are not among them. */
export function recordedStatements(engine: Engine): { statement: string; by: string }[] {
  return [...recorded[engine]].map(([statement, by]) => ({ statement, by }));
}

/** Methods of repositories that nothing in this process has called since {@link recordStatements}. */
export function uncalledMethods(): string[] {
  return [...uncalled].sort();
}

/** From now on, in this process, records what each method of each repository runs. */
export function recordStatements(): void {
  const note = (engine: Engine, sql: string) => {
    const name = running.getStore();
    if (name !== undefined && !recorded[engine].has(sql)) recorded[engine].set(sql, name);
  };
  before(SqliteConnection.prototype, 'run', ({ sql }) => note('SQLite', sql));
  before(CommittedReads.prototype, 'first', (sql) => note('SQLite', sql));
  before(CommittedReads.prototype, 'firstAsItIs', (sql) => note('SQLite', sql));
  noteBeforeGroups((sql) => note('SQLite', sql));
  before(pg.Client.prototype, 'query', (statement: unknown) => {
    note('PostgreSQL', typeof statement === 'string' ? statement : String(Reflect.get(Object(statement), 'text')));
  });
  for (const type of repositoryTypes()) watchMethods(type);
}

/** From now on, in this process, has `look` called with each statement on SQLite, those that begin and end transactions included. */
export function watchStatements(look: (sql: string) => void): void {
  before(SqliteConnection.prototype, 'run', ({ sql }) => look(sql));
  before(CommittedReads.prototype, 'first', look);
  before(CommittedReads.prototype, 'firstAsItIs', look);
}

/** Has `look` called with the parameters of each call of a method. */
function before<Target extends object, Name extends keyof Target>(
  target: Target,
  name: Name,
  look: Target[Name] extends (...parameters: infer Parameters) => unknown ? (...parameters: Parameters) => void : never,
): void {
  const method: unknown = target[name];
  if (typeof method !== 'function') throw new Error(`${String(name)} is no method`);
  Object.defineProperty(target, name, {
    configurable: true,
    value: function (this: Target, ...parameters: never[]) {
      Reflect.apply(look, undefined, parameters);
      return Reflect.apply(method, this, parameters) as unknown;
    },
  });
}

/** A group of statements runs in the name of whoever came first, so each is noted where it is handed over, and not where it runs. */
function noteBeforeGroups(note: (sql: string) => void): void {
  const { run } = GroupCommit.prototype;
  GroupCommit.prototype.run = function <Row>(this: GroupCommit, statement: Statement) {
    note(statement.sql);
    return running.exit(() => run.call(this, statement)) as Promise<QueryResult<Row>>;
  };
}

function watchMethods(type: NewableFunction): void {
  const prototype = type.prototype as object;
  for (const [name, { value }] of Object.entries(Object.getOwnPropertyDescriptors(prototype))) {
    if (name === 'constructor' || typeof value !== 'function') continue;
    const title = `${type.name}.${name}`;
    uncalled.add(title);
    Object.defineProperty(prototype, name, {
      configurable: true,
      value: function (this: object, ...parameters: unknown[]) {
        uncalled.delete(title);
        return recordAs(title, () => Reflect.apply(value, this, parameters) as unknown);
      },
    });
  }
}

function repositoryTypes(): Set<NewableFunction> {
  const storage = createStorage({ db: new Kysely<Tables>({ dialect: NO_DATABASE }) });
  const realm = storage.realm('sandbox');
  const parts = [...Object.values(storage), ...Object.values(realm), realm.appUsers(''), realm.userCodes('')];
  return new Set(parts.filter((part) => part instanceof Repository).map((part) => part.constructor as NewableFunction));
}

const NO_DATABASE = {
  createAdapter: () => new SqliteAdapter(),
  createDriver: () => new DummyDriver(),
  createIntrospector: (db: Kysely<unknown>) => new SqliteIntrospector(db),
  createQueryCompiler: () => new SqliteQueryCompiler(),
};
