import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';
import type { z } from 'zod';
import type { Config } from '../../config.ts';
import type { Outbox } from '../../outbox/outbox.ts';
import type { Storage } from '../../storage/index.ts';

export interface CommandContext {
  config: Config;
  storage: Storage;
  /** Mail that a server sends. */
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

/** The caller's mistake: printed without a stack, exit code 2. */
export class UsageError extends Error {
  override name = 'UsageError';
}

/**
 * Reads the options of a command line and checks them.
 * @throws UsageError naming every wrong one
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

/** A word, and what is wrong with it as a part of the command line. */
function misuseOf(token: Token, options: ParseArgsOptionsConfig): [word: string, problem: string][] {
  if (token.kind === 'positional') return [[`"${token.value}"`, 'belongs to no option']];
  if (token.kind !== 'option') return [];
  const option = Object.hasOwn(options, token.name) ? options[token.name] : undefined;
  if (!option) return [[token.rawName, 'is not an option of this command']];
  const { rawName, value, inlineValue } = token;
  if (option.type === 'boolean') return value === undefined ? [] : [[rawName, 'takes no value']];
  if (value === undefined) return [[rawName, 'needs a value']];
  // Far more often a forgotten value than one with a dash.
  return value.startsWith('-') && !inlineValue
    ? [[rawName, `needs a value; write ${rawName}=… for one that begins with a dash`]]
    : [];
}

/** Reads the one word that a command takes. It may begin with a dash: one id in 64 does. */
export function parseWord(words: readonly string[], usage: string): string {
  const [word] = words;
  if (words.length !== 1 || !word) throw new UsageError(`Usage: ${usage}`);
  return word;
}
