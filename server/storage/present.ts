/** What becomes a T once the absent is left out: every property is named, optional ones as null or undefined where there is no value. */
type Named<T> = {
  [Key in keyof T]-?: Partial<Pick<T, Key>> extends Pick<T, Key> ? T[Key] | null | undefined : T[Key];
};

/**
 * Leaves out what is null or undefined, and nothing else: '', 0 and false are values. A column without a value becomes a property that is
 * absent, because `in` and JSON tell an absent property from one that is undefined.
 */
export function present<T extends object>(values: Named<NoInfer<T>>): T {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null && value !== undefined)) as T;
}

/** A column of milliseconds. */
export function dateOf(time: number | null): Date | null {
  return time === null ? null : new Date(time);
}
