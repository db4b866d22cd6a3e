/**
 * What of our words does not fit where it stands. Names and values may be shortened: in a language that nobody speaks they are told apart
 * from words, elsewhere only by their element. Runs in the browser.
 */
export function findCutText(isPseudo: boolean): string[] {
  const ours = isPseudo ? /[⟦⟧\u202e]|[^\u0020-\u024f\u2000-\u206f]/u : /\S/;
  const box = 'button, .button, .tag, .segment, [role=button]';
  // Rectangles are fractions of pixels, and letters reach a little out of their boxes.
  const slackPx = 1.5;
  const found: string[] = [];
  const tell = (problem: string, element: Element, text = '') =>
    found.push(`${problem}: "${text.trim()}" (${element.outerHTML.slice(0, 100)})`);

  const { scrollWidth } = document.documentElement;
  if (scrollWidth > innerWidth) found.push(`sideways: the page is ${scrollWidth} px wide`);

  const isReadOutOnly = (style: CSSStyleDeclaration) => style.clipPath.startsWith('inset(50%');
  const isBeside = (text: DOMRect, around: DOMRect) =>
    text.left < around.left - slackPx || text.right > around.right + slackPx;
  const isAboveOrBelow = (text: DOMRect, around: DOMRect) =>
    text.top < around.top - slackPx || text.bottom > around.bottom + slackPx;

  const problemOf = (rect: DOMRect, parent: Element): string | undefined => {
    for (let element: Element | null = parent; element; element = element.parentElement) {
      const style = getComputedStyle(element);
      const around = element.getBoundingClientRect();
      if (isReadOutOnly(style)) return undefined;
      const scrolls = /auto|scroll/.test(style.overflowX);
      const cutsSides = /hidden|clip/.test(style.overflowX);
      const cutsLines = /hidden|clip/.test(style.overflowY);
      if (cutsSides && isBeside(rect, around)) return 'cut at a side';
      if (cutsLines && isAboveOrBelow(rect, around)) return 'cut above or below';
      if (style.textOverflow === 'ellipsis' && element.scrollWidth > element.clientWidth) return 'shortened';
      if (element.matches(box) && (isBeside(rect, around) || isAboveOrBelow(rect, around))) return 'out of its box';
      if (scrolls) return undefined;
    }
    return rect.left < -slackPx || rect.right > innerWidth + slackPx ? 'out of the window' : undefined;
  };

  const range = document.createRange();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const { parentElement, nodeValue } = node;
    if (!parentElement || !nodeValue || !ours.test(nodeValue)) continue;
    if (parentElement.closest('option, script, style, .clamp, .tile') || !parentElement.checkVisibility()) continue;
    range.selectNodeContents(node);
    const [problem] = [...range.getClientRects()].flatMap((rect) => problemOf(rect, parentElement) ?? []);
    if (problem) tell(problem, parentElement, nodeValue);
  }

  // What stands in a control has no rectangle of its own.
  const canvas = document.createElement('canvas').getContext('2d');
  const widthOf = (text: string, { font, direction }: CSSStyleDeclaration) => {
    if (!canvas) throw new Error('nothing to measure with');
    canvas.font = font;
    canvas.direction = direction === 'rtl' ? 'rtl' : 'ltr';
    return canvas.measureText(text).width;
  };
  for (const control of document.querySelectorAll<HTMLInputElement | HTMLSelectElement>('input, select')) {
    if (!control.checkVisibility()) continue;
    const isSelect = control instanceof HTMLSelectElement;
    const shown = isSelect ? control.selectedOptions[0]?.text : control.value === '' && control.placeholder;
    const style = getComputedStyle(control);
    const room = control.clientWidth - Number.parseFloat(style.paddingLeft) - Number.parseFloat(style.paddingRight);
    const lackPx = shown && ours.test(shown) ? widthOf(shown, style) - room : 0;
    if (shown && lackPx > slackPx) tell(`cut in its control, by ${Math.ceil(lackPx)} px`, control, shown);
  }
  for (const toggle of document.querySelectorAll<HTMLElement>('.control > button')) {
    const input = toggle.parentElement?.querySelector('input');
    if (!input || !toggle.checkVisibility()) continue;
    const room = Number.parseFloat(getComputedStyle(input).paddingInlineEnd);
    if (toggle.getBoundingClientRect().width > room + slackPx) tell('over its input', toggle, toggle.innerText);
  }
  return found;
}
