import { InvalidOptionError } from '../errors.ts';

/**
 * One segment of a path, encoded. What a URL would understand as another path never reaches the platform: `..` for an id reads
 * the list of all users.
 */
export function segment(option: string, value: unknown): string {
  if (typeof value !== 'string' || value === '') {
    throw new InvalidOptionError(option, `\`${option}\` is ${value === '' ? 'empty' : typeof value}: pass a string`);
  }
  if (value === '.' || value === '..') throw new InvalidOptionError(option, `\`${option}\` is no id`);
  return encodeURIComponent(value);
}

/** Catches what a JavaScript caller is most likely to have got wrong, before it costs a request. */
export function fields<T extends object>(option: string, value: T): T {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  throw new InvalidOptionError(option, `Pass an object: ${option}`);
}
