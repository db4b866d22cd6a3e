import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';
import type { z } from 'zod';
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
  /** @returns what is printed */
  run(words: readonly string[], context: CommandContext): Promise<Record<string, unknown>>;
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
  if (!option) return [[token.rawName, 'is not an option of this command']];
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

/** Reads the only word that a command takes. It may begin with a dash, as one id in 64 does. */
export function parseWord(words: readonly string[], usage: string): string {
  const [word] = words;
  if (words.length !== 1 || !word) throw new UsageError(`Usage: ${usage}`);
  return word;
}
