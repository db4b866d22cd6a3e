/** The environment variables of a process. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Each quotation mark that may surround a value, with the one that closes it. */
const QUOTES: Readonly<Record<string, string>> = { '"': '"', "'": "'", '“': '”', '‘': '’' };
// `trim` removes line ends, no-break spaces and the byte order mark, but none of these.
const INVISIBLE = /^[\u200b-\u200f\u2060]+|[\u200b-\u200f\u2060]+$/g;

/**
 * The variables as they were meant. Files such as `.env` are read by many programs, some of which keep the quotation marks around a value,
 * the carriage return at the end of a line, or blanks. A variable of which nothing remains counts as absent.
 */
export function readEnvironment(env: Environment): Record<string, string> {
  const cleaned = Object.entries(env).map(([name, value = '']) => [name, unquote(trim(value))] as const);
  return Object.fromEntries(cleaned.filter(([, value]) => value !== ''));
}

const trim = (text: string) => text.trim().replaceAll(INVISIBLE, '').trim();

function unquote(text: string): string {
  const closing = QUOTES[text.charAt(0)];
  return closing && text.length > 1 && text.endsWith(closing) ? trim(text.slice(1, -1)) : text;
}
