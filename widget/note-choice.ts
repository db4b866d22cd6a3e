/** Lists of the page in which somebody has chosen since an element was there: their choice is not overwritten. All elements share them. */
export const chosen = new WeakSet<EventTarget>();

/** Only lists. A text that somebody has typed is seen by its value, and a page's own `change` says nothing about who typed. */
export function noteChoice({ target }: Event): void {
  if (target instanceof HTMLSelectElement) chosen.add(target);
}
