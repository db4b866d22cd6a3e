import type { PropertyValues } from 'lit';
import { SignupWithPlatform } from './signup-with-platform.ts';
import { LANGUAGES, type Labels, stringsFor } from './strings/strings.ts';

const loaded = new Map<string, Labels>();

/**
 * Makes elements of these languages speak them at once. Otherwise they begin in English and change when the words are there: a page that
 * came from a server would flicker, and a server never gets to the second.
 *
 * @param languages values of the attribute `language`. Default: all that there are
 */
export async function loadWords(languages: Iterable<string> = LANGUAGES.keys()): Promise<void> {
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
  // By the attribute alone, which both sides know: a server has no page around the element to take the language from.
  const language = this.language?.toLowerCase() ?? '';
  const words = loaded.get(language) ?? loaded.get(language.replace(/-.*/, ''));
  if (!this.hasUpdated && words) this.words = words;
};
