import { ConfigError } from './config.ts';

/** Refused credentials and missing databases (PostgreSQL, classes 28 and 3D). */
const DATABASE_REFUSES = /^(28|3D)/;
const NETWORK_FAILS = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'ETIMEDOUT', 'EHOSTUNREACH', 'ECONNRESET']);
const DIRECTORY_FAILS = new Set(['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST', 'ENOSPC']);
const SQLITE_CANTOPEN = 14;

/**
 * Why the platform or a command of it could not begin, when that is a matter of its surroundings and not of its code.
 * @returns what to mend, in words; undefined when the error itself is all there is to show
 */
export function explainStartFailure(error: unknown): string | undefined {
  if (error instanceof ConfigError) return error.message;
  if (!(error instanceof Error)) return undefined;
  const { code = '', errcode } = error as Error & { code?: string; errcode?: number };
  const reason = error.message || code;
  if (code === 'EADDRINUSE') return `The port is taken: ${reason}. Set PORT to another.`;
  if (NETWORK_FAILS.has(code) || DATABASE_REFUSES.test(code))
    return `The database is out of reach: ${reason}. Is it running, and is DATABASE_URL right?`;
  if (DIRECTORY_FAILS.has(code) || errcode === SQLITE_CANTOPEN)
    return `The data directory cannot be used: ${reason}. Set DATA_DIR to one that can be written to.`;
  return undefined;
}
