const UNIQUE_VIOLATION = '23505';
const FOREIGN_KEY_VIOLATION = '23503';
/** Serialization failure and deadlock. */
const RETRYABLE_SQLSTATES = new Set(['40001', '40P01']);
/** Connection lost or never made; the server starting, stopping or full (PostgreSQL's classes 08, 57P and 53300). */
const OUT_OF_REACH = /^(ECONNREFUSED|ECONNRESET|ETIMEDOUT|EPIPE|ENOTFOUND|EAI_AGAIN|08\w{3}|57P0[123]|53300)$/;

const SQLITE_BUSY = 5;
const SQLITE_LOCKED = 6;
const SQLITE_CONSTRAINT_PRIMARYKEY = 1555;
const SQLITE_CONSTRAINT_UNIQUE = 2067;

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
  const { code, errcode } = codesOf(error);
  // The low byte is the kind; the bytes above it say why, such as SQLITE_BUSY_SNAPSHOT.
  const sqliteKind = errcode & 0xff;
  return RETRYABLE_SQLSTATES.has(code) || sqliteKind === SQLITE_BUSY || sqliteKind === SQLITE_LOCKED;
}

/** True when the database cannot be reached at the moment, so that a later request may succeed. */
export function isOutOfReach(error: unknown): boolean {
  if (OUT_OF_REACH.test(codesOf(error).code)) return true;
  // What pg's pool and client say without a code.
  return (
    error instanceof Error && /^(Connection terminated|timeout exceeded when trying to connect)/.test(error.message)
  );
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
