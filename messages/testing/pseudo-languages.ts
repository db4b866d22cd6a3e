import { type MessageFormatElement, TYPE } from '@formatjs/icu-messageformat-parser';
import { printAST } from '@formatjs/icu-messageformat-parser/printer.js';
import { type Messages, readMessages } from '../catalogue.ts';
import { createLanguage } from '../language.ts';
import type { Section } from '../languages.ts';
import { parseMessage } from '../message-arguments.ts';
import { registerLanguage } from '../pick-language.ts';

// Languages that nobody speaks, made of English: what a page shows in plain letters did not come from the catalogue, and what does not
// fit will not fit in German either. The tags are those of Unicode's CLDR for it.

const LETTERS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';
const ACCENTED = 'àƀçðéƒĝĥîĵķļɱñöþǫŕšţûṽŵẋýžÅƁÇÐÉƑĜĤÎĴĶĻṀÑÖÞǪŔŠŢÛṼŴẊÝŽ';
const FILLER = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];
const GROWTH = 0.4;

/** Lets tests pick `en-XA` (accented, about 40 % longer, in brackets) and `ar-XB` (the same, from right to left). */
export function registerPseudoLanguages(): void {
  registerLanguage(
    createLanguage(
      { tag: 'en-XA', direction: 'ltr' },
      inEach((text) => pseudo(text, accent)),
    ),
  );
  registerLanguage(
    createLanguage(
      { tag: 'ar-XB', direction: 'rtl' },
      inEach((text) => pseudo(text, turnAround)),
    ),
  );
}

function inEach(change: (text: string) => string): (section: Section) => Messages {
  return (section) => new Map([...readMessages('en', section)].map(([path, text]) => [path, change(text)]));
}

/** A message with other words and the same arguments, tags and branches. */
function pseudo(text: string, change: (words: string) => string): string {
  const elements = parseMessage(text);
  const padding = filler(Math.ceil(lettersIn(elements) * GROWTH));
  return `⟦${printAST(elements.map((element) => withWords(element, change)))} ${change(padding)}⟧`;
}

function withWords(element: MessageFormatElement, change: (words: string) => string): MessageFormatElement {
  const all = (elements: readonly MessageFormatElement[]) => elements.map((inner) => withWords(inner, change));
  switch (element.type) {
    case TYPE.literal:
      return { ...element, value: change(element.value) };
    case TYPE.tag:
      return { ...element, children: all(element.children) };
    case TYPE.plural:
    case TYPE.select: {
      const options = Object.entries(element.options).map(
        ([name, option]) => [name, { value: all(option.value) }] as const,
      );
      return { ...element, options: Object.fromEntries(options) };
    }
    default:
      return element;
  }
}

/** Of the longest branch, where there are several. */
function lettersIn(elements: readonly MessageFormatElement[]): number {
  return elements.reduce((sum, element) => {
    if (element.type === TYPE.literal) return sum + element.value.length;
    if (element.type === TYPE.tag) return sum + lettersIn(element.children);
    if (element.type === TYPE.plural || element.type === TYPE.select)
      return sum + Math.max(...Object.values(element.options).map(({ value }) => lettersIn(value)));
    return sum;
  }, 0);
}

function filler(length: number): string {
  let words = '';
  for (let index = 0; words.length < length; index++) words += `${FILLER[index % FILLER.length]} `;
  return words.slice(0, length).trim();
}

function accent(words: string): string {
  return words.replaceAll(/[A-Za-z]/g, (letter) => ACCENTED[LETTERS.indexOf(letter)] ?? letter);
}

/** Latin letters that run from right to left: each word in RIGHT-TO-LEFT OVERRIDE. */
function turnAround(words: string): string {
  return words.replaceAll(/[A-Za-z]+/g, (word) => `\u202e${word}\u202c`);
}
