import { explainListenFailure } from '../process/listen-failure.ts';
import { ConfigError } from './config.ts';

/** PostgreSQL error classes 28 (wrong credentials) and 3D (no such database). */
const DATABASE_REFUSES = /^(28|3D)/;
const NETWORK_FAILS = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'ETIMEDOUT', 'EHOSTUNREACH', 'ECONNRESET']);
const DIRECTORY_FAILS = new Set(['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST', 'ENOSPC']);
const SQLITE_CANTOPEN = 14;
/** Of `LaterDatabaseError`. */
const LATER_DATABASE = 'LATER_DATABASE';

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
  const { code = '', errcode } = error as Error & { code?: string; errcode?: number };
  const reason = error.message || code;
  if (error instanceof ListenError) return explainListenFailure(error.cause, { port: error.port, host: 'HOST' });
  if (code === LATER_DATABASE)
    return `${reason}. Install that version again, or restore the backup from before its upgrade.`;
  if (NETWORK_FAILS.has(code) || DATABASE_REFUSES.test(code))
    return `The database is unreachable: ${reason}. Is it running, and is DATABASE_URL correct?`;
  if (DIRECTORY_FAILS.has(code) || errcode === SQLITE_CANTOPEN)
    return `The data directory is not usable: ${reason}. Set DATA_DIR to a directory that the server can write to.`;
  return undefined;
}
