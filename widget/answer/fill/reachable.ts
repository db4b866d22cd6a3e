import { ancestorsOf, boxOf, type Control, isSelect, matches } from './controls.ts';
import { labelOf } from './label.ts';

/** The types of `<input>` that can hold a line of text. */
const INPUT_TYPES = ['text', 'email', 'tel', 'search'];
/** Further out than this, no page scrolls to, and no carousel has its next step. */
const FAR_PX = 2_000;
/** What a library shows instead of a `<select>` that it hides: Select2, Choices, Tom Select, Chosen and their like. */
const STAND_IN =
  '[role=combobox],[aria-haspopup],[class*=select],[class*=choices],[class*=chosen],[class*=dropdown],.ts-wrapper';

/** True when the vendor has said that the element is to leave it alone. */
export function isIgnored(control: Control): boolean {
  return [...ancestorsOf(control)].some((one) => matches(one, '[data-signup-ignore]'));
}

/** @param otherTypes kinds of `<input>` that hold what is to be filled in, besides {@link INPUT_TYPES} */
export function takesText(control: Control, otherTypes: readonly string[] = []): boolean {
  return !(control instanceof HTMLInputElement) || [...INPUT_TYPES, ...otherTypes].includes(control.type);
}

/**
 * True when the person could fill it in. A control that nobody can see or reach may be a trap for robots, and filling it would get the
 * person refused.
 */
export function isReachable(control: Control): boolean {
  if (control.matches(':disabled') || (!isSelect(control) && control.readOnly)) return false;
  return isSeen(control) || (isSelect(control) && hasStandIn(control));
}

function isSeen(control: Control): boolean {
  const { width, height } = control.getBoundingClientRect();
  // Safari before 17.4 does not have checkVisibility.
  const isRendered = control.checkVisibility?.({ visibilityProperty: true }) ?? control.getClientRects().length > 0;
  if (!isRendered || control.tabIndex < 0 || width < (isSelect(control) ? 3 : 10) || height < 3 || isFar(control))
    return false;
  const around = [...ancestorsOf(control)];
  if (around.some((one) => matches(one, '[aria-hidden=true],[inert]') || isCut(one))) return false;
  // A label that floats over its empty control may hide it until it has the focus.
  return isOpaque(around.slice(1)) && (isOpaque([control]) || isLabelSeen(control));
}

function isLabelSeen(control: Control): boolean {
  const label = labelOf(control);
  return Boolean(label?.getClientRects().length && isOpaque([...ancestorsOf(label)]));
}

function isOpaque(elements: readonly Element[]): boolean {
  return elements.every((one) => {
    const { opacity, filter } = styleOf(one);
    return !(opacity && Number(opacity) <= 0.01) && !/opacity\(0(\.0\d*)?%?\)/.test(filter);
  });
}

/**
 * Where a page has broken getComputedStyle, the style that is written on the element itself: the browser's own checkVisibility and the size
 * still tell what cannot be seen, so that few traps would be missed, while a form left empty would help nobody.
 */
function styleOf(element: Element): CSSStyleDeclaration {
  try {
    return getComputedStyle(element);
  } catch {
    return Reflect.get(HTMLElement.prototype, 'style', element) as CSSStyleDeclaration;
  }
}

/** Cut to nothing by a clip, or by a box without room. */
function isCut(element: Element): boolean {
  const { clip, clipPath, overflowX, overflowY, position } = styleOf(element);
  const { width, height } = boxOf(element);
  const hides = (overflow: string) => /hidden|clip/.test(overflow);
  return (
    (hides(overflowX) && width < 3) ||
    (hides(overflowY) && height < 3) ||
    (/absolute|fixed/.test(position) && /^rect\([01]px,? [01]px,? [01]px,? [01]px\)$/.test(clip)) ||
    /^(inset\((50|100)%|circle\(0|polygon\([0px%, ]+\))/.test(clipPath)
  );
}

/** Outside what the page, and each box on the way, can be scrolled to. */
function isFar(control: Control): boolean {
  let { left, right, top, bottom } = control.getBoundingClientRect();
  for (const one of ancestorsOf(control)) {
    const box = boxOf(one);
    // Nothing scrolls what is fixed.
    if (styleOf(one).position === 'fixed' && (box.left >= innerWidth || box.top >= innerHeight)) return true;
    const scrolled = (name: 'scrollLeft' | 'scrollTop'): number => Reflect.get(Element.prototype, name, one);
    left += scrolled('scrollLeft');
    right += scrolled('scrollLeft');
    top += scrolled('scrollTop');
    bottom += scrolled('scrollTop');
  }
  const { scrollWidth, clientWidth } = document.documentElement;
  // In a page that runs from right to left, what can be scrolled to lies on the left.
  const start = styleOf(document.documentElement).direction === 'rtl' ? clientWidth - scrollWidth : 0;
  return (
    right <= start - 1 ||
    bottom <= 0 ||
    left > clientWidth + FAR_PX ||
    top > document.documentElement.scrollHeight + FAR_PX
  );
}

function hasStandIn(select: HTMLSelectElement): boolean {
  const { parentElement, nextElementSibling, previousElementSibling } = select;
  const around = [nextElementSibling, previousElementSibling, parentElement, parentElement?.nextElementSibling];
  return around.some(
    (one) =>
      one && matches(one, STAND_IN) && one !== select.form && boxOf(one).height > 3 && isOpaque([...ancestorsOf(one)]),
  );
}
