const UNIQUE_VIOLATION = '23505';
const FOREIGN_KEY_VIOLATION = '23503';
/** Serialization failure and deadlock. */
const RETRYABLE_SQLSTATES = new Set(['40001', '40P01']);

const SQLITE_BUSY = 5;
const SQLITE_LOCKED = 6;
const SQLITE_CONSTRAINT_PRIMARYKEY = 1555;
const SQLITE_CONSTRAINT_UNIQUE = 2067;

/** Why the database cannot do now what it can do at another time. */
export const DATABASE_PROBLEMS = ['unreachable', 'busy', 'full', 'read_only', 'io'] as const;
export type DatabaseProblem = (typeof DATABASE_PROBLEMS)[number];

/** Codes of PostgreSQL and of the system, the first that matches. The database may be lost, starting, stopping, on standby or full. */
const PROBLEM_OF_CODE: readonly (readonly [RegExp, DatabaseProblem])[] = [
  [
    /^(ECONNREFUSED|ECONNRESET|ECONNABORTED|ETIMEDOUT|EPIPE|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN)$/,
    'unreachable',
  ],
  [/^(08\w{3}|57P0\d|53000|53200|53300|53400)$/, 'unreachable'],
  // A lock or an answer took longer than the server's own timeouts.
  [/^(57014|55P03|25P03|25P04)$/, 'busy'],
  [/^53100$/, 'full'],
  // A standby answers so until it is promoted.
  [/^25006$/, 'read_only'],
  [/^58\w{3}$/, 'io'],
];

/** The low byte of a result code of SQLite. */
const PROBLEM_OF_SQLITE: Readonly<Record<number, DatabaseProblem>> = {
  [SQLITE_BUSY]: 'busy',
  [SQLITE_LOCKED]: 'busy',
  8: 'read_only',
  10: 'io',
  13: 'full',
  14: 'unreachable',
};

/** What pg's pool and client say without a code. */
const LOST_CONNECTION =
  /^(Connection terminated|timeout exceeded when trying to connect|timeout expired|Client has encountered a connection error)/;

/** Causes are followed this far, because an error may be its own cause. */
const MAX_CAUSES = 5;

/** Another process has held the write lock of SQLite for so long that the caller should not wait any more. */
export class WriteLockTimeoutError extends Error {
  override name = 'WriteLockTimeoutError';
}

/** So many wait for the database already that the caller would wait too long. */
export class DatabaseCrowdedError extends Error {
  override name = 'DatabaseCrowdedError';

  constructor() {
    super('too many wait for the database');
  }
}

/** The process that counts for this one has not answered. */
export class CountTimeoutError extends Error {
  override name = 'CountTimeoutError';
}

/** What an error says in code: an SQLSTATE of PostgreSQL or a system error, and a result code of SQLite. */
export function codesOf(error: unknown): { code: string; errcode: number } {
  if (!(error instanceof Error)) return { code: '', errcode: 0 };
  return {
    code: 'code' in error && typeof error.code === 'string' ? error.code : '',
    errcode: 'errcode' in error && typeof error.errcode === 'number' ? error.errcode : 0,
  };
}

/** True when the same transaction may succeed if it is run again. */
export function isRetryable(error: unknown): boolean {
  return RETRYABLE_SQLSTATES.has(codesOf(error).code) || isBusy(error);
}

/** True when another connection holds a lock of SQLite. */
export function isBusy(error: unknown): boolean {
  // The low byte is the kind; the bytes above it say why, such as SQLITE_BUSY_SNAPSHOT.
  const sqliteKind = codesOf(error).errcode & 0xff;
  return sqliteKind === SQLITE_BUSY || sqliteKind === SQLITE_LOCKED;
}

const BUSY = [WriteLockTimeoutError, DatabaseCrowdedError, CountTimeoutError];

/** What is wrong with the database, so that a later request may succeed; undefined for every other error. */
export function problemOf(error: unknown): DatabaseProblem | undefined {
  let cause = error;
  for (let depth = 0; depth < MAX_CAUSES && cause instanceof Error; depth += 1, cause = cause.cause) {
    const { code, errcode } = codesOf(cause);
    if (BUSY.some((kind) => cause instanceof kind)) return 'busy';
    if (errcode !== 0) return PROBLEM_OF_SQLITE[errcode & 0xff];
    const [, problem] = PROBLEM_OF_CODE.find(([pattern]) => pattern.test(code)) ?? [];
    if (problem) return problem;
    if (LOST_CONNECTION.test(cause.message)) return 'unreachable';
  }
  return undefined;
}

/** True when the database cannot serve at the moment, so that a later request may succeed. */
export function isOutOfReach(error: unknown): boolean {
  return problemOf(error) !== undefined;
}

/** True when an insert or update met a unique index that another row already holds. */
export function isUniqueViolation(error: unknown): boolean {
  const { code, errcode } = codesOf(error);
  return code === UNIQUE_VIOLATION || errcode === SQLITE_CONSTRAINT_UNIQUE || errcode === SQLITE_CONSTRAINT_PRIMARYKEY;
}

/** True when a row refers to one that is gone. PostgreSQL only: SQLite has one writer at a time, so a row that was found stays. */
export function isForeignKeyViolation(error: unknown): boolean {
  return codesOf(error).code === FOREIGN_KEY_VIOLATION;
}
