import { InvalidOptionError } from '../errors.ts';

/**
 * Encodes one segment of a path. A segment that would change the path is refused: with `..` for an id, the URL would be that of the list
 * of all users.
 */
export function segment(option: string, value: unknown): string {
  if (typeof value !== 'string' || value === '') {
    throw new InvalidOptionError(option, `\`${option}\` is ${value === '' ? 'empty' : typeof value}: pass a string`);
  }
  if (value === '.' || value === '..') throw new InvalidOptionError(option, `\`${option}\` is not an id`);
  return encodeURIComponent(value);
}

/** Catches the most likely mistake of a JavaScript caller before a request is sent. */
export function fields<T extends object>(option: string, value: T): T {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  throw new InvalidOptionError(option, `Pass an object: ${option}`);
}
