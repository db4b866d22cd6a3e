/** Writes JSON values as literals of each language, for the examples. JSON and JavaScript are indented by two spaces, PHP by four. */

export function toJson(value: unknown): string {
  return JSON.stringify(value, null, 2);
}

export function toJavaScript(value: unknown, indent = ''): string {
  const inner = `${indent}  `;
  if (typeof value === 'string') return quoted(value);
  if (Array.isArray(value)) return `[${value.map((item) => toJavaScript(item, inner)).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    const lines = Object.entries(value).map(([name, item]) => `${inner}${key(name)}: ${toJavaScript(item, inner)},\n`);
    return `{\n${lines.join('')}${indent}}`;
  }
  return String(value);
}

export function toPhp(value: unknown, indent = ''): string {
  const inner = `${indent}    `;
  if (typeof value === 'string') return quoted(value);
  if (Array.isArray(value)) return `[${value.map((item) => toPhp(item, inner)).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    const lines = Object.entries(value).map(([name, item]) => `${inner}${quoted(name)} => ${toPhp(item, inner)},\n`);
    return `[\n${lines.join('')}${indent}]`;
  }
  return String(value);
}

/** Quotes text for a POSIX shell, which expands nothing in it. */
export function toShell(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** Quotes text for JavaScript and PHP, whose single quotes need only `\\` and `\'`. */
function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}

function key(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : quoted(name);
}
