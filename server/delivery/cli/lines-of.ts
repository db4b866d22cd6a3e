/** What a command says, for people: one line for each value and each item of a list; what is in an object is indented below its name. */
export function linesOf(result: object): string[] {
  return Object.entries(result).flatMap(([name, value]) => {
    if (isList(value)) return value.map(itemLine);
    if (Array.isArray(value)) return [`${name}: ${value.join(', ') || NONE}`];
    if (typeof value !== 'object' || value === null) return [`${name}: ${String(value)}`];
    const inner = linesOf(value);
    return inner.length === 0 ? [`${name}: ${NONE}`] : [`${name}:`, ...inner.map((line) => `  ${line}`)];
  });
}

const NONE = '(none)';

function isList(value: unknown): value is object[] {
  return Array.isArray(value) && value.length > 0 && value.every((one) => typeof one === 'object' && one !== null);
}

/** One line of `name=value`. Other text is quoted as JSON, so that no value can break the line. */
function itemLine(thing: object): string {
  return Object.entries(thing)
    .filter(([, value]) => value !== null)
    .map(([name, value]) => `${name}=${/^[\w.:@+-]+$/.test(String(value)) ? String(value) : JSON.stringify(value)}`)
    .join(' ');
}
