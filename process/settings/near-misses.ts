import type { Environment } from './environment.ts';

/** Names this short differ in few letters from names that mean something else, such as HOST and HOME. */
const SHORT_NAME_LENGTH = 5;
const LONG_NAME_LENGTH = 9;

/**
 * Variables that look like a mistyped setting, and so have no effect.
 * @param ours the names of the settings
 * @param others names that programs beside this one read, which are no mistakes
 * @returns a sentence for each
 */
export function nearMisses(env: Environment, ours: readonly string[], others: readonly string[] = []): string[] {
  return Object.keys(env)
    .filter((name) => env[name] && !ours.includes(name) && !others.includes(name))
    .flatMap((name) => {
      const meant = ours.find((own) => looksLike(name, own));
      return meant ? [`The environment variable ${name} is unknown and has no effect. Is ${meant} meant?`] : [];
    });
}

function looksLike(name: string, own: string): boolean {
  const [given, meant] = [lettersOf(name), lettersOf(own)];
  if (given === meant) return true;
  if (meant.length <= SHORT_NAME_LENGTH) return false;
  return distance(given, meant) <= (meant.length >= LONG_NAME_LENGTH ? 2 : 1);
}

const lettersOf = (name: string) =>
  name
    .toUpperCase()
    .replaceAll(/[^A-Z\d]/g, '')
    .replace(/IES$/, 'Y');

/** How many letters have to be added, left out, replaced or swapped with their neighbour (optimal string alignment). */
function distance(a: string, b: string): number {
  // Names of very different lengths are far apart, and are not worth a table.
  if (Math.abs(a.length - b.length) > 2) return Number.POSITIVE_INFINITY;
  const table = Array.from({ length: a.length + 1 }, (_, row) =>
    Array.from({ length: b.length + 1 }, (_, column) => (row === 0 ? column : column === 0 ? row : 0)),
  );
  const at = (row: number, column: number) => table[row]?.[column] ?? Number.POSITIVE_INFINITY;
  for (let row = 1; row <= a.length; row += 1) {
    for (let column = 1; column <= b.length; column += 1) {
      const same = a[row - 1] === b[column - 1];
      const swapped = a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      const least = Math.min(
        at(row - 1, column) + 1,
        at(row, column - 1) + 1,
        at(row - 1, column - 1) + (same ? 0 : 1),
        swapped ? at(row - 2, column - 2) + 1 : Number.POSITIVE_INFINITY,
      );
      table[row]?.splice(column, 1, least);
    }
  }
  return at(a.length, b.length);
}
