import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';
import type { z } from 'zod';
import type { Config } from '../config.ts';
import type { Storage } from '../storage/index.ts';

export interface CommandContext {
  config: Config;
  storage: Storage;
  /** Names of the migrations that have just run. */
  migrated: string[];
}

export interface Command {
  name: string;
  usage: string;
  /** @returns what is printed */
  run(words: readonly string[], context: CommandContext): Promise<Record<string, unknown>>;
}

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
  const { values } = strictly(
    () => parseArgs({ args: [...words], options, strict: true, allowPositionals: false }),
    usage,
  );
  const parsed = schema.safeParse(values);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(
    (issue) => `  --${issue.path[0] === undefined ? '' : String(issue.path[0])}: ${issue.message}`,
  );
  throw new UsageError(`${problems.join('\n')}\n\nUsage: ${usage}`);
}

/** Reads the one word that a command takes. */
export function parseWord(words: readonly string[], usage: string): string {
  const [word] = words;
  if (words.length !== 1 || !word || word.startsWith('-')) throw new UsageError(`Usage: ${usage}`);
  return word;
}

function strictly<Result>(parse: () => Result, usage: string): Result {
  try {
    return parse();
  } catch (error) {
    throw new UsageError(`${(error as Error).message}\n\nUsage: ${usage}`);
  }
}
