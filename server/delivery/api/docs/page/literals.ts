/** JSON values as each language writes them, for the examples. Indented by two spaces for JavaScript and JSON, four for PHP. */

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

/** For a POSIX shell: nothing inside is expanded. */
export function toShell(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** The same for JavaScript and PHP, where `\\` and `\'` are all that single quotes know. */
function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}

function key(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : quoted(name);
}
