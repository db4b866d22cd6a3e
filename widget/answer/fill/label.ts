import { ancestorsOf, type Control, hostOf } from './controls.ts';
import { wordsOf } from './words.ts';

const CONTROLS = 'input:not([type=hidden]),select,textarea,button';
/** How far out of the control a text before it is still its label: a cell of a table, the `<dt>` of a `<dd>`. */
const STEPS = 3;

/** The `<label>` of a control, or of the component that it is in. */
export function labelOf(control: Control): Element | undefined {
  const own = control.labels?.[0];
  if (own) return own;
  const host = hostOf(control);
  if (!host) return undefined;
  const root = host.getRootNode() as Document | ShadowRoot;
  const byId = host.id && root.querySelector(`label[for="${CSS.escape(host.id)}"]`);
  return byId || (host.closest('label') ?? undefined);
}

/** What a control says of itself. */
export interface Texts {
  /** What people read beside it, in words. */
  readonly label: string;
  /** The same without what stands in parentheses, which explains: "Email (also used for password reset)". */
  readonly head: string;
  /** What stands in short ones, which say whose it is: "Email (friend's)". */
  readonly aside: string;
  /** What developers call it, in words. */
  readonly names: readonly string[];
  /** What people read in it, in words. */
  readonly hint: string;
  /** Label and hint as they are written. */
  readonly shown: string;
}

export function textsOf(control: Control): Texts {
  const host = hostOf(control);
  const attributes = (names: readonly string[]) =>
    [control, host].flatMap((one) => names.flatMap((name) => one?.getAttribute(name) || []));
  const label = labelOf(control);
  const spoken = attributes(['aria-label', 'label']).join(' ');
  const texts = [label && textIn(label), describedBy(control), spoken];
  const read = texts.find((text) => text && wordsOf(text)) ?? textBefore(control);
  const hint = attributes(['placeholder', 'title']).join(' ');
  return {
    label: wordsOf(read),
    head: wordsOf(read.replace(/\([^()]*\)/g, ' ')),
    aside: wordsOf(String(read.match(/\([^()]{1,24}\)/g))),
    names: attributes(['name', 'id', 'data-field']).flatMap((name) => wordsOf(name) || []),
    hint: wordsOf(hint),
    shown: `${read} ${hint}`,
  };
}

function describedBy(control: Control): string {
  const root = control.getRootNode() as Document | ShadowRoot;
  const ids = control.getAttribute('aria-labelledby')?.split(/\s+/) ?? [];
  return ids.map((id) => root.querySelector(`[id="${CSS.escape(id)}"]`)?.textContent ?? '').join(' ');
}

/** The text of an element without that of the controls in it. */
function textIn(element: Element): string {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  let text = '';
  while (walker.nextNode() && text.length < 200) {
    if (!walker.currentNode.parentElement?.closest('select,textarea,button,script,style'))
      text += ` ${walker.currentNode.nodeValue}`;
  }
  return text;
}

/** The nearest text before the control that belongs to no other control, as old pages label theirs. */
function textBefore(control: Control): string {
  for (const element of [...ancestorsOf(control)].slice(0, STEPS)) {
    for (let node = element.previousSibling; node; node = node.previousSibling) {
      if (node instanceof Element && (node.matches(CONTROLS) || node.querySelector(CONTROLS))) return '';
      const text = node instanceof Element ? textIn(node) : node instanceof Text ? node.data : '';
      if (/\p{L}/u.test(text)) return text;
    }
    if (element.parentElement === control.form) return '';
  }
  return '';
}
