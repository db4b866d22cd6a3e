import { plainWords } from '../../../messages/testing/plain-words.ts';

/** A text of a page, and where it stands. */
export interface Said {
  readonly text: string;
  readonly where: string;
}

/** Words that a page did not take from the catalogue. @param data see {@link plainWords} */
export function untranslated(said: readonly Said[], data: readonly string[]): string[] {
  return said.flatMap(({ text, where }) => {
    const words = plainWords(text, data);
    return words.length > 0 ? [`untranslated: "${words.join(' ')}" in "${text}" (${where})`] : [];
  });
}

/** Runs in the browser. Code is for developers, what is marked as English is meant to be, and a tile has initials. */
export function textsOf(): Said[] {
  const notOurs = 'script, style, noscript, code, pre, .tile, [lang]:not(html)';
  const attributes = ['title', 'placeholder', 'alt', 'aria-label', 'aria-description', 'aria-roledescription'];
  const said: Said[] = [{ text: document.title, where: 'title' }];
  const nameOf = (element: Element) => element.outerHTML.slice(0, 100);
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (node instanceof Element) {
      for (const { name, value } of node.attributes) {
        // What a script is going to show: words, or a list of them, but no object.
        const isForScript = name.startsWith('data-') && name !== 'data-masked' && /^[^{/]*(\s|^[A-Z⟦[])/.test(value);
        if (attributes.includes(name) || isForScript) said.push({ text: value, where: `${name} of ${nameOf(node)}` });
      }
      if (node instanceof HTMLInputElement && ['submit', 'button', 'reset'].includes(node.type))
        said.push({ text: node.value, where: nameOf(node) });
      continue;
    }
    const { parentElement } = node;
    if (!parentElement || !node.nodeValue?.trim() || parentElement.closest(notOurs)) continue;
    // An address that may go on in the next line is one text.
    const isAddress = parentElement.matches('bdi:has(> wbr)');
    const text = isAddress ? parentElement.innerText : node.nodeValue.trim();
    if (!isAddress || node === parentElement.firstChild) said.push({ text, where: nameOf(parentElement) });
  }
  return said;
}
