import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LANGUAGES, type Messages, messagesIn } from '@signup-with-platform/messages';
import Mustache from 'mustache';

/** What an operator has written in the place of our mails. */
export interface MailTemplates {
  /** Mustache. */
  readonly html?: string;
  /** By language, the messages of the section `mail` that are replaced. */
  readonly words: ReadonlyMap<string, Messages>;
}

const HTML_FILE = 'mail.html';
/** What a template may show: docs/mail.md says what each is. */
const COLORS = ['page', 'surface', 'border', 'text', 'muted', 'accent', 'onAccent'];
const NAMES = new Set([
  ...['language', 'direction', 'subject', 'platform', 'logo', 'font'],
  ...['blocks', 'lines', 'lines.length', 'line', 'last', 'button', 'link', 'label', 'code'],
  ...['signature', 'name', 'links', 'href', 'text', '.'],
  ...COLORS.flatMap((color) => [`light.${color}`, `dark.${color}`]),
]);
/** Without one of these, a mail would not say what it is about, or nobody could do what it asks for. */
const NEEDED = ['line', 'link', 'label', 'code'];
const MAX_FILE_BYTES = 256 * 1024;

/**
 * Reads a folder: `mail.html`, and words as `<language>.json`.
 * @throws Error whose message completes "MAIL_TEMPLATES: "
 */
export function readMailTemplates(directory: string): MailTemplates {
  const wordFiles = new Map(LANGUAGES.map(({ tag }) => [`${tag}.json`, tag]));
  for (const name of filesIn(directory))
    if (name !== HTML_FILE && !wordFiles.has(name))
      throw new Error(`${name} is none of ${HTML_FILE}, ${[...wordFiles.keys()].join(', ')}`);
  const htmlFile = join(directory, HTML_FILE);
  const words = new Map<string, Messages>();
  for (const [name, tag] of wordFiles) {
    const file = join(directory, name);
    if (existsSync(file)) words.set(tag, wordsIn(name, read(file, name)));
  }
  return { ...(existsSync(htmlFile) && { html: templateIn(read(htmlFile, HTML_FILE)) }), words };
}

function templateIn(html: string): string {
  const shown = new Set(namesIn(parse(html)));
  for (const name of shown)
    if (!NAMES.has(name)) throw new Error(`${HTML_FILE} shows {{${name}}}, which is none of ${[...NAMES].join(', ')}`);
  for (const name of NEEDED) if (!shown.has(name)) throw new Error(`${HTML_FILE} does not show {{${name}}}`);
  return html;
}

function parse(html: string): unknown {
  try {
    return Mustache.parse(html);
  } catch (error) {
    throw new Error(`${HTML_FILE} is no Mustache template (${(error as Error).message})`);
  }
}

/** The names in what Mustache makes of a template: lists of a kind, a name, two positions and, of a section, what is in it. */
function* namesIn(tokens: unknown): Generator<string> {
  if (!Array.isArray(tokens)) return;
  for (const [kind, name, , , inner] of tokens as unknown[][]) {
    if (kind === '>') throw new Error(`${HTML_FILE} includes {{>${name}}}, and there are no other templates`);
    if (kind === '&') throw new Error(`${HTML_FILE} shows {{{${name}}}} unescaped: names in mails come from strangers`);
    if (kind === 'name' || kind === '#' || kind === '^') yield String(name);
    yield* namesIn(inner);
  }
}

function filesIn(directory: string): string[] {
  try {
    // What editors and version control leave there is nobody's mistake.
    return readdirSync(directory).filter((name) => !name.startsWith('.'));
  } catch (error) {
    throw new Error(`${directory} cannot be read (${(error as NodeJS.ErrnoException).code})`);
  }
}

function read(file: string, name: string): string {
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    throw new Error(`${name} cannot be read (${(error as NodeJS.ErrnoException).code})`);
  }
  if (bytes.length > MAX_FILE_BYTES) throw new Error(`${name} is larger than ${MAX_FILE_BYTES} bytes`);
  return bytes.toString('utf8').replace(/^\uFEFF/, '');
}

function wordsIn(name: string, json: string): Messages {
  try {
    return messagesIn('mail', JSON.parse(json));
  } catch (error) {
    throw new Error(`${name}: ${(error as Error).message}`);
  }
}
