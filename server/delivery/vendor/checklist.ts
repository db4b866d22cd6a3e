import { html } from '@lit-labs/ssr';
import type { Language } from '@signup-with-platform/messages';
import { checkIcon } from '../../pages/icons.ts';

export interface CheckItem {
  text: unknown;
  done: boolean;
  /** The link to where it is done. */
  way?: { href: string; label: unknown } | undefined;
}

const openMark = html`<span class="open-mark"></span>`;

/** What is done and what is left to do, with links to where that is done. */
export function checklist({ t }: Pick<Language, 't'>, items: readonly CheckItem[]): unknown {
  const mark = (done: boolean) =>
    html`<span class="mark-box" role="img"
 aria-label=${done ? t('vendor.overview.doneMark') : t('vendor.overview.openMark')}>${done ? checkIcon : openMark}</span>`;
  const link = ({ done, way }: CheckItem) =>
    done || !way ? '' : html`<br><a class="small way" href=${way.href}>${way.label}</a>`;
  return html`<ul class="checklist">${items.map(
    (item) =>
      html`<li class=${item.done ? 'done' : 'open'}>${mark(item.done)}<span class="grow">${item.text}${link(item)}</span></li>`,
  )}</ul>`;
}
