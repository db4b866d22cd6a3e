import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';
import { z } from 'zod';
import type { Environment } from '../../../process/settings/environment.ts';
import type { Config } from '../../config.ts';
import type { Outbox } from '../../outbox/outbox.ts';
import type { Storage } from '../../storage/index.ts';

export interface CommandContext {
  config: Config;
  storage: Storage;
  /** Stores mail, which a server sends. */
  mailer: Outbox;
  /** Names of the migrations that have just run. */
  migrated: string[];
}

export interface Command {
  name: string;
  usage: string;
  /** Whether the database is brought up to date first, as a server does when it starts. Default: yes. */
  migrates?: false;
  /** @returns what is printed */
  run(words: readonly string[], context: CommandContext): Promise<Record<string, unknown>>;
}

/** A command that works where the platform could not start, so that it reads the settings and opens the database itself. */
export interface BareCommand {
  name: string;
  usage: string;
  runBare(words: readonly string[], env: Environment): Promise<Printed>;
}

/** What a command prints: one of the two, and its exit code. */
export interface Printed {
  json: unknown;
  text: string;
  exitCode: number;
}

/** What a command cannot do, although it was asked rightly. Printed without a stack trace; exit code 1. */
export class CommandError extends Error {
  override name = 'CommandError';
}

type Token = ReturnType<typeof parseArgs<{ tokens: true; strict: false }>>['tokens'][number];

/** A mistake in the command line. Printed without a stack trace; exit code 2. */
export class UsageError extends Error {
  override name = 'UsageError';
}

/**
 * Parses and checks the options of a command line.
 * @throws UsageError naming every invalid one
 */
export function parseOptions<Schema extends z.ZodType>(
  words: readonly string[],
  options: ParseArgsOptionsConfig,
  schema: Schema,
  usage: string,
): z.infer<Schema> {
  // Node's own strict mode stops at the first mistake.
  const { values, tokens } = parseArgs({ args: [...words], options, strict: false, tokens: true });
  const parsed = schema.safeParse(values);
  const misused = new Map(tokens.flatMap((token) => misuseOf(token, options)));
  const problems = [...misused].map(([word, problem]) => `  ${word}: ${problem}`);
  for (const { path, message } of parsed.error?.issues ?? []) {
    const name = String(path[0]);
    const problem = values[name] === undefined ? 'is required' : message;
    if (!misused.has(`--${name}`)) problems.push(`  --${name}: ${problem}`);
  }
  if (parsed.success && problems.length === 0) return parsed.data;
  throw new UsageError(`${problems.join('\n')}\n\nUsage: ${usage}`);
}

/** A word of the command line, and why it is not valid there. */
function misuseOf(token: Token, options: ParseArgsOptionsConfig): [word: string, problem: string][] {
  if (token.kind === 'positional') return [[`"${token.value}"`, 'belongs to no option']];
  if (token.kind !== 'option') return [];
  const option = Object.hasOwn(options, token.name) ? options[token.name] : undefined;
  if (!option) {
    const known = [...Object.keys(options), 'json'].map((name) => `--${name}`).join(', ');
    return [[token.rawName, `is not an option of this command (its options: ${known})`]];
  }
  const { rawName, value, inlineValue } = token;
  if (option.type === 'boolean') return value === undefined ? [] : [[rawName, 'takes no value']];
  if (value === undefined) return [[rawName, 'needs a value']];
  // A value that begins with a dash is most likely the next option, and the real value was forgotten.
  return value.startsWith('-') && !inlineValue
    ? [[rawName, `needs a value; write ${rawName}=… if the value begins with a dash`]]
    : [];
}

/**
 * Refuses words that were not UTF-8. Node puts U+FFFD in the place of each wrong byte, so that a password from a terminal or a script in
 * ISO 8859-1 would open with any other letter there. Nobody types that character.
 * @throws UsageError
 */
export function assertUtf8(words: readonly string[]): void {
  if (words.some((word) => word.includes('\ufffd'))) {
    throw new UsageError(
      'The command line is not UTF-8. Set the terminal to UTF-8, or run the script with LC_ALL=C.UTF-8.',
    );
  }
}

/** A random id, of which one in 64 begins with a dash. */
const ID = /^[\w-]{22}$/;

/** Whether a word is an option, or is meant as one, and no id. */
export function isOption(word: string, options: ParseArgsOptionsConfig): boolean {
  const [, name = ''] = /^--([^=]*)/.exec(word) ?? [];
  return Object.hasOwn(options, name) || (/^--|^-[a-z]$/i.test(word) && !ID.test(word));
}

/** Reads the only word that a command takes. It may begin with a dash, as ids do. @throws UsageError */
export function parseWord(words: readonly string[], usage: string): string {
  return parseWordAndOptions(words, {}, z.object({}), usage).word;
}

/**
 * Reads the one word that a command is about, and its options. An option with a value comes after the word, so that the two are not confused.
 * @throws UsageError naming every word that is wrong
 */
export function parseWordAndOptions<Schema extends z.ZodType>(
  words: readonly string[],
  options: ParseArgsOptionsConfig,
  schema: Schema,
  usage: string,
): { word: string; options: z.infer<Schema> } {
  const at = words.findIndex((word) => !isOption(word, options));
  const before = at === -1 ? words : words.slice(0, at);
  const word = words[at];
  const takesValue = (option: string) => options[option.slice(2)]?.type === 'string';
  if (!word || before.some(takesValue)) {
    const unknown = before.filter((option) => !takesValue(option));
    if (unknown.length > 0) parseOptions(unknown, options, z.unknown(), usage);
    throw new UsageError(`Usage: ${usage}`);
  }
  const rest = words.filter((_, index) => index !== at);
  return { word, options: parseOptions(rest, options, schema, usage) };
}
