/** Every property of T by name: an optional one may be null or undefined, one that has to be there may not. */
type Named<T> = {
  [Key in keyof T]-?: Partial<Pick<T, Key>> extends Pick<T, Key> ? T[Key] | null | undefined : NonNullable<T[Key]>;
};

/**
 * Leaves out what is null or undefined, and nothing else: '', 0 and false are values. A column without a value becomes a property that is
 * absent, because `in` and JSON tell an absent property from one that is null.
 */
export function present<T extends object>(values: Named<NoInfer<T>>): T {
  const given: Readonly<Record<string, unknown>> = values;
  const kept: Record<string, unknown> = {};
  // A loop, because this runs on every request: Object.entries() and Object.fromEntries() take several times as long.
  for (const name in given) {
    const value = given[name];
    if (value !== null && value !== undefined) kept[name] = value;
  }
  return kept as T;
}
