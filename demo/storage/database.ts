import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** Times are milliseconds since the epoch. */
const SCHEMA = `
  CREATE TABLE IF NOT EXISTS customers (
    id             TEXT PRIMARY KEY,
    -- Who the platform says it is. Both or neither; a customer who filled in the form has neither.
    iss            TEXT,
    sub            TEXT,
    given_name     TEXT NOT NULL,
    family_name    TEXT NOT NULL,
    email          TEXT NOT NULL, -- not unique: an address is not an identity
    email_verified INTEGER NOT NULL,
    phone_number   TEXT NOT NULL,
    street_address TEXT NOT NULL,
    postal_code    TEXT NOT NULL,
    locality       TEXT NOT NULL,
    region         TEXT NOT NULL,
    country        TEXT NOT NULL,
    created_at_ms  INTEGER NOT NULL,
    UNIQUE (iss, sub),
    CHECK ((iss IS NULL) = (sub IS NULL))
  ) STRICT;

  CREATE TABLE IF NOT EXISTS sessions (
    token_hash    TEXT PRIMARY KEY, -- SHA-256: a copy of this file opens no session
    csrf          TEXT NOT NULL,
    customer_id   TEXT REFERENCES customers (id) ON DELETE CASCADE,
    sign_up       TEXT, -- JSON: what the welcome page tells
    expires_at_ms INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX IF NOT EXISTS sessions_by_expiry ON sessions (expires_at_ms);

  CREATE TABLE IF NOT EXISTS nonces (
    nonce         TEXT PRIMARY KEY,
    token_hash    TEXT NOT NULL REFERENCES sessions (token_hash) ON DELETE CASCADE,
    expires_at_ms INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX IF NOT EXISTS nonces_by_session ON nonces (token_hash);
`;

/** @param dataDir is created when it does not exist. Undefined: the database is in memory, for tests */
export function openDatabase(dataDir?: string): DatabaseSync {
  if (dataDir !== undefined) mkdirSync(dataDir, { recursive: true });
  const database = new DatabaseSync(dataDir === undefined ? ':memory:' : join(dataDir, 'demo-store.sqlite'));
  database.exec(
    'PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA busy_timeout = 5000',
  );
  database.exec(SCHEMA);
  return database;
}

/** Runs `work` in a transaction. It must be synchronous, because the connection is shared. */
export function inTransaction<T>(database: DatabaseSync, work: () => T): T {
  database.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    database.exec('COMMIT');
    return result;
  } catch (error) {
    database.exec('ROLLBACK');
    throw error;
  }
}
