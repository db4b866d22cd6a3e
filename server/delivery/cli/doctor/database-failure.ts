import { codesOf, problemOf } from '#storage/database-errors.ts';
import { type Finding, problem, type Subject } from './finding.ts';

/** Why the database did not do what was asked of it. Each has a cure of its own. */
type Failure =
  | 'unreachable'
  | 'no_free_connection'
  | 'refused'
  | 'no_database'
  | 'tls'
  | 'no_right'
  | 'other_tables'
  | 'read_only'
  | 'full'
  | 'io'
  | 'busy'
  | 'damaged'
  | 'closed_file'
  | 'unknown';

/** Codes of PostgreSQL, of TLS and of the system. */
const FAILURE_OF_CODE: readonly (readonly [RegExp, Failure])[] = [
  [/^28/, 'refused'],
  [/^3D000$/, 'no_database'],
  [/^53300$/, 'no_free_connection'],
  [/^42501$/, 'no_right'],
  // No such table, column or function.
  [/^42(P01|703|883)$/, 'other_tables'],
  [/^XX00[12]$/, 'damaged'],
  [/^(CERT_|UNABLE_TO_|ERR_TLS_|ERR_SSL_|EPROTO)|SELF_SIGNED/, 'tls'],
  [/^(EACCES|EPERM|EROFS)$/, 'closed_file'],
];

/** The low byte of a result code of SQLite. */
const FAILURE_OF_SQLITE: Readonly<Record<number, Failure>> = {
  8: 'closed_file',
  11: 'damaged',
  14: 'closed_file',
  23: 'closed_file',
  26: 'damaged',
};

function failureOf(error: unknown): Failure {
  const { code, errcode } = codesOf(error);
  const message = error instanceof Error ? error.message : '';
  const ofSqlite = FAILURE_OF_SQLITE[errcode & 0xff];
  if (ofSqlite) return ofSqlite;
  if (errcode !== 0 && /no such (table|column)|no column named/.test(message)) return 'other_tables';
  if (/does not support SSL/.test(message)) return 'tls';
  const [, ofCode] = FAILURE_OF_CODE.find(([pattern]) => pattern.test(code)) ?? [];
  return ofCode ?? problemOf(error) ?? 'unknown';
}

interface Said {
  readonly code: Subject;
  readonly message: string;
  readonly advice: string;
}

const SAID: Readonly<Record<Failure, Said>> = {
  unreachable: {
    code: 'database',
    message: 'The database is out of reach',
    advice: 'Start it, and compare DATABASE_URL or DATA_DIR with the server’s.',
  },
  no_free_connection: {
    code: 'database',
    message: 'The database has no connection free',
    advice: 'Raise max_connections, or let fewer programs use it: each server uses up to ten.',
  },
  refused: {
    code: 'database',
    message: 'The database does not let us in',
    advice:
      'Compare user and password in DATABASE_URL (characters such as @ and / in them are written as %40 and %2F), and the lines of pg_hba.conf.',
  },
  no_database: {
    code: 'database',
    message: 'The server of the database runs, and does not have the database that DATABASE_URL names',
    advice: 'Correct the name, or make it: createdb --owner=platform --encoding=UTF8 platform',
  },
  tls: {
    code: 'database',
    message: 'The database and this command do not agree on TLS',
    advice:
      'sslmode in DATABASE_URL says what is wanted; verify-full needs a certificate for that host, of an authority that sslrootcert names.',
  },
  no_right: {
    code: 'database_settings',
    message: 'The user of DATABASE_URL lacks a right',
    advice:
      'Make it the owner of the database and its tables. After a restore by another user, as that user: REASSIGN OWNED BY CURRENT_USER TO platform',
  },
  other_tables: {
    code: 'migrations',
    message: 'The tables are not those that the migrations of this version have made',
    advice:
      'Somebody has changed them, or a restore was not complete. Restore a backup, or compare them with those of a new installation.',
  },
  read_only: {
    code: 'database',
    message: 'The database can be read and not written',
    advice:
      'Let DATABASE_URL lead to the primary. On a primary, look for default_transaction_read_only (ALTER DATABASE … SET, ALTER ROLE … SET, postgresql.conf).',
  },
  full: {
    code: 'database_disk',
    message: 'The disk of the database is full',
    advice: 'Make room on it. Nobody can sign up or in until then; what was acknowledged is kept.',
  },
  io: {
    code: 'database_disk',
    message: 'The disk of the database does not do what it is told',
    advice: 'Look at the log of the system (dmesg), and move the database to another disk before this one is lost.',
  },
  busy: {
    code: 'database',
    message: 'The database is there, and another program keeps it locked',
    advice: 'Run this again. If it stays so, look for who uses it: a migration, a backup, or somebody’s own session.',
  },
  damaged: {
    code: 'database',
    message: 'The database is damaged, or is none',
    advice: 'Stop the server, keep a copy of what is there, and restore the latest backup (docs/operate.md).',
  },
  closed_file: {
    code: 'files',
    message: 'The user who runs this command may not write the database',
    advice:
      'Run commands as the user of the server, such as: sudo -u platform … If the server cannot either, see who owns DATA_DIR, and whether its disk is mounted read-only.',
  },
  unknown: {
    code: 'database',
    message: 'The database answers with an error that this command does not know',
    advice:
      'See the log of the database. If it is no PostgreSQL of its own project, it may lack what the platform needs.',
  },
};

/** What a failure of the database means for whoever operates it. */
export function judgeDatabaseFailure(error: unknown): Finding {
  const { code, message, advice } = SAID[failureOf(error)];
  const reason = error instanceof Error ? error.message || codesOf(error).code : String(error);
  return problem(code, `${message}: ${reason}.`, advice);
}
