import type { PropertyValues } from 'lit';
import { WIDGET_LANGUAGES } from '../messages/generated/widget-languages.ts';
import { SignupWithPlatform } from './signup-with-platform.ts';
import { type Labels, stringsFor } from './strings/strings.ts';

const loaded = new Map<string, Labels>();

/**
 * Lets elements with these languages render their words at once. Otherwise they begin in English and change when the words are loaded, so
 * that a page from a server would flicker, and the server itself would never render the loaded words.
 *
 * @param languages values of the attribute `language`. Default: all languages
 */
export async function loadWords(languages: Iterable<string> = WIDGET_LANGUAGES.keys()): Promise<void> {
  await Promise.all(
    [...languages].map(async (language) => loaded.set(language.toLowerCase(), await stringsFor(language))),
  );
}

interface Updating {
  willUpdate(changed: PropertyValues): void;
}

const prototype = SignupWithPlatform.prototype as unknown as Updating;
const { willUpdate } = prototype;
prototype.willUpdate = function (this: SignupWithPlatform & Updating, changed) {
  willUpdate.call(this, changed);
  // Only the attribute decides, because both sides know it, and a server has no page around the element to take the language from.
  const language = this.language?.toLowerCase() ?? '';
  const words = loaded.get(language) ?? loaded.get(language.replace(/-.*/, ''));
  if (!this.hasUpdated && words) this.words = words;
};
