import type { Page } from '@playwright/test';

/** A text of a page, and where it stands. */
interface Said {
  readonly text: string;
  readonly where: string;
}

/** Words that the page did not take from the catalogue. @param isData see {@link plainWords} */
export async function untranslated(page: Page, data: readonly string[]): Promise<string[]> {
  const said = await page.evaluate(textsOf);
  return said.flatMap(({ text, where }) => {
    const words = plainWords(text, data);
    return words.length > 0 ? [`untranslated: "${words.join(' ')}" in "${text}" (${where})`] : [];
  });
}

// What is data by its form.
const ADDRESS = /\b[a-z][a-z+.-]*:\/\/\S*|\S+@\S+/g;
const LANGUAGE_TAG = /\b[a-z]{2}-[A-Z]{2}\b/g;
/** Most have a digit; no word is as long as the others. */
const ID = /\b(?=[\w-]*\d)[\w-]{8,}\b|(?<![\w-])[\w-]{20,}(?![\w-])/g;
const TURNED_WORD = /\u202e[A-Za-z]+\u202c/g;

/**
 * The words in plain letters, of which a pseudo-language has none.
 * @param data names and values that may stand in the text, too
 */
export function plainWords(text: string, data: readonly string[]): string[] {
  const unknown = text.replaceAll(TURNED_WORD, ' ').replaceAll(ADDRESS, ' ').replaceAll(LANGUAGE_TAG, ' ');
  const longestFirst = data.toSorted((one, other) => other.length - one.length);
  const unnamed = longestFirst.reduce(withoutWords, unknown);
  return unnamed.replaceAll(ID, ' ').match(/[A-Za-z]{2,}/g) ?? [];
}

function withoutWords(text: string, words: string): string {
  const literal = words.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
  return text.replaceAll(new RegExp(`(?<![A-Za-z])${literal}(?![A-Za-z])`, 'g'), ' ');
}

/** Runs in the browser. Code is for developers, what is marked as English is meant to be, and a tile has initials. */
function textsOf(): Said[] {
  const notOurs = 'script, style, noscript, code, pre, .tile, [lang]:not(html)';
  const attributes = ['title', 'placeholder', 'alt', 'aria-label', 'aria-description', 'aria-roledescription'];
  const said: Said[] = [{ text: document.title, where: 'title' }];
  const nameOf = (element: Element) => element.outerHTML.slice(0, 100);
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (node instanceof Element) {
      for (const { name, value } of node.attributes) {
        // What a script is going to show: words, or a list of them, but no object.
        const isForScript = name.startsWith('data-') && /^[^{/]*(\s|^[A-Z⟦[])/.test(value);
        if (attributes.includes(name) || isForScript) said.push({ text: value, where: `${name} of ${nameOf(node)}` });
      }
      if (node instanceof HTMLInputElement && ['submit', 'button', 'reset'].includes(node.type))
        said.push({ text: node.value, where: nameOf(node) });
      continue;
    }
    const { parentElement } = node;
    if (parentElement && node.nodeValue?.trim() && !parentElement.closest(notOurs))
      said.push({ text: node.nodeValue.trim(), where: nameOf(parentElement) });
  }
  return said;
}
