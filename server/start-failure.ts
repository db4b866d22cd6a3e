import { explainListenFailure } from '../process/listen-failure.ts';
import { ConfigError } from './config.ts';

const NETWORK_FAILS = /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|ECONNRESET)$/;
const DIRECTORY_FAILS = /^(EACCES|EPERM|EROFS|ENOTDIR|EEXIST|ENOSPC)$/;
/** Of `LaterDatabaseError`. */
const LATER_DATABASE = /^LATER_DATABASE$/;

/** What to tell the operator, by the code of the error: of the system, or an SQLSTATE of PostgreSQL. */
const BY_CODE: readonly (readonly [RegExp, (reason: string) => string])[] = [
  [LATER_DATABASE, (reason) => `${reason}. Install that version again, or restore the backup from before its upgrade.`],
  [DIRECTORY_FAILS, explainDirectory],
  // Wrong credentials, no such database, connection lost, too many of them, stopping or starting.
  [/^(28\w{3}|3D\w{3}|08\w{3}|53300|57P0\d)$/, explainUnreachable],
  [NETWORK_FAILS, explainUnreachable],
  [/^25006$/, (reason) => `The database is read-only: ${reason}. Let DATABASE_URL name the primary, not a standby.`],
  [
    /^42501$/,
    (reason) =>
      `The database refuses what the platform needs: ${reason}. Let the user in DATABASE_URL own the database.`,
  ],
  [/^53100$/, (reason) => `The database’s disk is full: ${reason}. Make room there, then start again.`],
  [/^XX00[12]$/, (reason) => `The database is damaged: ${reason}. Restore it from a backup.`],
];

/** The same, by the low byte of a result code of SQLite. */
const BY_SQLITE_CODE: Readonly<Record<number, (reason: string) => string>> = {
  8: (reason) =>
    `The database is read-only: ${reason}. Let the user that runs the server write to platform.sqlite and its directory (DATA_DIR).`,
  10: (reason) => `The disk with the database (DATA_DIR) could not be read or written: ${reason}.`,
  11: explainDamage,
  13: (reason) => `The disk with the database (DATA_DIR) is full: ${reason}. Make room there, then start again.`,
  14: explainDirectory,
  26: explainDamage,
};

/** Listening failed. It keeps what it was about, because the codes of its causes also belong to databases and directories. */
export class ListenError extends Error {
  override name = 'ListenError';
  readonly code: string;
  override readonly cause: NodeJS.ErrnoException;
  /** The setting of the port. */
  readonly port: string;

  constructor(cause: NodeJS.ErrnoException, port = 'PORT') {
    super(cause.message, { cause });
    this.cause = cause;
    this.code = cause.code ?? '';
    this.port = port;
  }
}

/**
 * Explains why the platform or one of its commands could not start, when the cause is its environment and not its code.
 * @returns a message that says what to fix; undefined for every other error
 */
export function explainStartFailure(error: unknown): string | undefined {
  if (error instanceof ConfigError) return error.message;
  if (!(error instanceof Error)) return undefined;
  if (error instanceof ListenError) return explainListenFailure(error.cause, { port: error.port, host: 'HOST' });
  const { code = '', errcode = 0 } = error as Error & { code?: string; errcode?: number };
  const [, explain] = BY_CODE.find(([pattern]) => pattern.test(code)) ?? [];
  return (explain ?? BY_SQLITE_CODE[errcode & 0xff])?.(error.message || code);
}

function explainUnreachable(reason: string): string {
  return `The database is unreachable: ${reason}. Is it running, and is DATABASE_URL correct?`;
}

function explainDirectory(reason: string): string {
  return `The data directory is not usable: ${reason}. Set DATA_DIR to a directory that the server can write to.`;
}

function explainDamage(reason: string): string {
  return (
    `The database is damaged: ${reason}. Move platform.sqlite out of DATA_DIR, together with its -wal and -shm files, ` +
    'and put the latest backup in its place.'
  );
}
