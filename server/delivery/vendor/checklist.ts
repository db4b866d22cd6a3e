import { html } from '@lit-labs/ssr';
import type { Language } from '@signup-with-platform/messages';
import { checkIcon } from '../../pages/icons.ts';

export interface CheckItem {
  text: unknown;
  done: boolean;
  /** The link to where it is done. */
  way?: { href: string; label: unknown } | undefined;
}

const openIcon = html`<span class="open-mark"></span>`;

/** What is done and what is left to do, with links to where that is done. */
export function checklist({ t }: Pick<Language, 't'>, items: readonly CheckItem[]): unknown {
  const mark = (label: string, icon: unknown) =>
    html`<span class="mark-box" role="img" aria-label=${label}>${icon}</span>`;
  const doneMark = mark(t('vendor.overview.doneMark'), checkIcon);
  const openMark = mark(t('vendor.overview.openMark'), openIcon);
  const link = ({ done, way }: CheckItem) =>
    done || !way ? '' : html`<br><a class="small way" href=${way.href}>${way.label}</a>`;
  return html`<ul class="checklist">${items.map(
    (item) =>
      html`<li class=${item.done ? 'done' : 'open'}>${item.done ? doneMark : openMark}<span
 class="grow">${item.text}${link(item)}</span></li>`,
  )}</ul>`;
}
