import type { MessageFormatElement } from '@formatjs/icu-messageformat-parser';
import { formatToParts, IntlMessageFormat } from 'intl-messageformat';
import type { MessageKey, Messages } from './catalogue.ts';
import type { Formatters } from './formats.ts';
import type { MessageValues } from './generated/message-values.ts';
import { SECTIONS, type Section } from './languages.ts';
import { argumentsOf, parseMessage } from './message-arguments.ts';

/** What every message under the keys wants. For a key that is only known in part, this is what any of them wants. */
type ValuesOf<Key extends MessageKey, Value> = (
  Key extends MessageKey
    ? (values: MessageValues<Value>[Key]) => void
    : never
) extends (values: infer All) => void
  ? All
  : never;

type Rest<Values> = keyof Values extends never ? [] : [values: Values];

/**
 * Says a message: `t('popup.consent.heading', { vendor })`. A key may have a part that varies, such as `t(`shared.fields.${field}`)`,
 * as long as its type is a union.
 *
 * @throws TypeError for an unknown key, and for a value that is missing
 */
export interface Translate {
  <Key extends MessageKey>(key: Key, ...rest: Rest<ValuesOf<Key, string | number>>): string;
  /**
   * The same as parts to be put into a template, in which values and tags may be templates themselves. It has a name of its own, because
   * an array in the place of a text goes wrong without a word: an attribute would read "a,b,c".
   */
  rich<Key extends MessageKey>(key: Key, ...rest: Rest<ValuesOf<Key, unknown>>): unknown[];
}

/** Ready to be formatted. A message without values is the text itself. */
type Compiled = string | { readonly elements: MessageFormatElement[]; readonly names: readonly string[] };

/** Without one of these, a message reads the same parsed and unparsed. */
const SYNTAX = /[{}<']/;

/** @param read the messages of one section; called once for each */
export function createTranslate(tag: string, read: (section: Section) => Messages, formatters: Formatters): Translate {
  const sections = new Map<string, Messages>();
  const compiled = new Map<string, Compiled>();

  function messageOf(key: string): Compiled {
    const known = compiled.get(key);
    if (known !== undefined) return known;
    const [name = '', path = ''] = key.split(/\.(.*)/s);
    const section = SECTIONS.find((each) => each === name);
    const messages = section && (sections.get(section) ?? read(section));
    if (section && messages) sections.set(section, messages);
    const text = messages?.get(path);
    if (text === undefined) throw new TypeError(`there is no message ${key} in ${tag}`);
    const message = compile(text);
    compiled.set(key, message);
    return message;
  }

  function partsOf(key: string, given?: unknown): unknown[] {
    const message = messageOf(key);
    if (typeof message === 'string') return [message];
    const values: Readonly<Record<string, unknown>> = { ...(typeof given === 'object' ? given : undefined) };
    for (const name of message.names) {
      if (values[name] === undefined || values[name] === null)
        throw new TypeError(`no value for {${name}} in ${key} (${tag})`);
    }
    // Values are put between the parts of a message that has been parsed, so nothing in them is taken for a placeholder or a pattern.
    const { elements } = message;
    const parts = formatToParts(elements, tag, formatters, IntlMessageFormat.formats, values, undefined, key);
    return parts.map(({ value }) => value);
  }

  function text(key: string, values?: unknown): string {
    const parts = partsOf(key, values);
    for (const part of parts)
      if (typeof part !== 'string') throw new TypeError(`a value for ${key} is no text: say it with t.rich`);
    return parts.join('');
  }

  return Object.assign(text, { rich: partsOf });
}

function compile(text: string): Compiled {
  if (!SYNTAX.test(text)) return text;
  const elements = parseMessage(text);
  return { elements, names: [...argumentsOf(elements).keys()] };
}
