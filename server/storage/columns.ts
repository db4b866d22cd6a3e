import type { Json } from './tables.ts';

/** The moment that a column of milliseconds holds. */
export function dateOf(time: number | null): Date | null {
  return time === null ? null : new Date(time);
}

/** The value that a column of JSON holds. */
export function fromJson<Value>(text: Json<Value>): Value;
export function fromJson<Value>(text: Json<Value> | null): Value | null;
export function fromJson<Value>(text: Json<Value> | null): Value | null {
  return text === null ? null : JSON.parse(text);
}
