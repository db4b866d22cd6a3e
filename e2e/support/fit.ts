import type { Page } from '@playwright/test';

import { findCutText } from './pseudo/cut-text.ts';

/**
 * Lets {@link misfits} be asked of the pages that are opened from now on. They are asked again and again, so they know what to look for
 * from the beginning: it is neither sent nor compiled each time.
 */
export async function knowMisfits(page: Page, isPseudo: boolean): Promise<void> {
  await page.addInitScript(`window.misfits = () => [...(${findMisfits})(), ...(${findCutText})(${isPseudo})];`);
}

/**
 * Actions of a page of the popup that are out of sight, words that are broken although they have room, and what {@link findCutText} finds.
 * Ask {@link knowMisfits} before the page is opened.
 */
export function misfits(page: Page): Promise<string[]> {
  return page.evaluate('misfits()');
}

/** Runs in the browser. */
function findMisfits(): string[] {
  const found: string[] = [];
  const nameOf = (element: Element) => element.outerHTML.slice(0, 120);

  const isVisible = (element: Element) => element.checkVisibility();
  // Where test people stand ready, the first of them stands for what the page is for, and the form is another way, further down.
  // At twice the size the way to them is longer than the window, and Cancel stands below them, so that it covers none.
  const people = [...document.querySelectorAll('.persona')];
  const isLargeText = Number.parseFloat(getComputedStyle(document.documentElement).fontSize) > 16;
  const isAtForm = document.activeElement !== document.body;
  const bar = isLargeText && people.length > 0 ? '.sticky:not(.last)' : '.sticky';
  const actions = [...document.querySelectorAll(`${bar} .button`)].filter(isVisible);
  if (!isAtForm && !isLargeText) actions.push(...people.slice(0, 1));
  const loose = [...document.querySelectorAll('main .button.primary')].filter(
    (button) => isVisible(button) && !button.closest('.sticky') && (isAtForm || people.length === 0),
  );
  if (actions.length + people.length === 0 && document.querySelector('main .button'))
    found.push('no action is in the bar');
  for (const button of loose) found.push(`not in the bar: ${nameOf(button)}`);
  for (const action of actions) {
    const { top, bottom, left, width, height } = action.getBoundingClientRect();
    const isInView = top >= 0 && bottom <= innerHeight;
    const isOnTop = action.contains(document.elementFromPoint(left + width / 2, top + height / 2));
    if (!isInView || !isOnTop)
      found.push(`out of sight, at ${Math.round(top)}–${Math.round(bottom)}: ${nameOf(action)}`);
  }

  const column = document.querySelector('main')?.clientWidth ?? 0;
  /** A narrow line beside something else is no excuse for breaking what the page has room for. */
  const roomAround = (element: Element): number => {
    let block: Element | null = element;
    while (block && getComputedStyle(block).display.startsWith('inline')) block = block.parentElement;
    const style = block && getComputedStyle(block);
    const own = style
      ? (block?.clientWidth ?? 0) - Number.parseFloat(style.paddingLeft) - Number.parseFloat(style.paddingRight)
      : 0;
    return Math.max(own, column * 0.55);
  };
  const range = document.createRange();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const { parentElement, nodeValue } = node;
    if (!parentElement?.checkVisibility() || parentElement.closest('option, script, style, .hidden, .clamp')) continue;
    // A line may end after a hyphen.
    for (const { 0: word, index } of (nodeValue ?? '').matchAll(/[^\s-]+-?/g)) {
      range.setStart(node, index);
      range.setEnd(node, index + word.length);
      const rects = [...range.getClientRects()].filter(({ width }) => width > 0);
      const [first] = rects;
      const isBroken = first && rects.some(({ top }) => Math.abs(top - first.top) > first.height / 2);
      const width = rects.reduce((sum, rect) => sum + rect.width, 0);
      if (isBroken && width <= roomAround(parentElement))
        found.push(`broken: "${word}", ${Math.round(width)} px wide, in ${nameOf(parentElement)}`);
    }
  }
  return found;
}
