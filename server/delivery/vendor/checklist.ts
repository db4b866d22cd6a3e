import { html } from '@lit-labs/ssr';
import { checkIcon } from '../../pages/icons.ts';
import type { Language } from '../../strings/pick-strings.ts';
import { appsStrings } from './strings.ts';

export interface CheckItem {
  text: unknown;
  done: boolean;
  /** Where to do it. */
  way?: { href: string; label: unknown } | undefined;
}

const openMark = html`<span class="open-mark"></span>`;

/** What is done and what is left to do, with the way to it. */
export function checklist(language: Language, items: readonly CheckItem[]): unknown {
  const { overview } = appsStrings(language);
  return html`<ul class="checklist">${items.map(
    ({ text, done, way }) =>
      html`<li class=${done ? 'done' : 'open'}><span class="mark-box" role="img" aria-label=${done ? overview.doneMark : overview.openMark}>${done ? checkIcon : openMark}</span><span class="grow">${text}${
        done || !way ? '' : html`<br><a class="small way" href=${way.href}>${way.label}</a>`
      }</span></li>`,
  )}</ul>`;
}
