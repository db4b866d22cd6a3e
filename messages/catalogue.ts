import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { MessageValues } from './generated/message-values.ts';
import { LANGUAGES, SECTIONS, type Section } from './languages.ts';

/** `section.path.to.message`. */
export type MessageKey = keyof MessageValues<unknown>;

/** Messages of one section by their path within it. */
export type Messages = ReadonlyMap<string, string>;

const fileOf = (tag: string, section: Section) => join(import.meta.dirname, tag, `${section}.json`);

const spoken = new Set(
  LANGUAGES.flatMap(({ tag }) =>
    SECTIONS.filter((section) => existsSync(fileOf(tag, section))).map((s) => `${tag}/${s}`),
  ),
);

/** Whether a language has a section's words. */
export function speaks(tag: string, section: Section): boolean {
  return spoken.has(`${tag}/${section}`);
}

/** Reads the file, so keep what comes out. @throws Error when the language does not speak it */
export function readMessages(tag: string, section: Section): Messages {
  return new Map(flatten(JSON.parse(readFileSync(fileOf(tag, section), 'utf8'))));
}

/** @param tree objects within objects, of texts. @throws TypeError for anything else */
export function* flatten(tree: unknown, path = ''): Generator<[path: string, text: string]> {
  if (typeof tree !== 'object' || tree === null || Array.isArray(tree))
    throw new TypeError(`${path.slice(0, -1) || 'it'} must be a text, or an object of texts`);
  for (const [name, value] of Object.entries(tree)) {
    if (typeof value === 'string') yield [path + name, value];
    else yield* flatten(value, `${path}${name}.`);
  }
}
