export type Control = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

/** More controls than this are no form that somebody fills in. */
const LIMIT = 500;

/**
 * The controls of a form, in the order of the page: also those with the attribute `form`, and those in open shadow trees inside it, as
 * components have them.
 */
export function controlsOf(form: HTMLFormElement): Control[] {
  // Read from prototypes, because `<input name="elements">` hides the form's own property.
  const owned = Reflect.get(HTMLFormElement.prototype, 'elements', form) as HTMLFormControlsCollection;
  const found = new Set<Element>(owned);
  for (const tree of treesIn(form))
    for (const control of tree.querySelectorAll('input,textarea,select')) found.add(control);
  return [...found].filter((one): one is Control => isControl(one) && (!one.form || one.form === form)).slice(0, LIMIT);
}

export function isSelect(control: Control): control is HTMLSelectElement {
  return control instanceof HTMLSelectElement;
}

/**
 * The element itself, what it stands in, and so on, out of shadow trees too. One of them is the form, whose own properties its controls
 * may hide: {@link matches} and {@link boxOf} ask the prototype's.
 */
export function* ancestorsOf(element: Element): Generator<Element> {
  for (let at: Element | null = element; at; at = parentOf(at)) yield at;
}

export function matches(element: Element, selector: string): boolean {
  return Element.prototype.matches.call(element, selector);
}

export function boxOf(element: Element): DOMRect {
  return Element.prototype.getBoundingClientRect.call(element);
}

/** The element in the form's own tree: the component, for a control inside it. */
export function hostOf(control: Control): Element | undefined {
  const root = control.getRootNode();
  return !control.form && root instanceof ShadowRoot ? root.host : undefined;
}

function parentOf(element: Element): Element | null {
  const parent =
    Reflect.get(Element.prototype, 'assignedSlot', element) ?? Reflect.get(Node.prototype, 'parentNode', element);
  return parent instanceof ShadowRoot ? parent.host : parent instanceof Element ? parent : null;
}

function treesIn(within: Element | ShadowRoot): ShadowRoot[] {
  const all =
    within instanceof Element ? Element.prototype.querySelectorAll.call(within, '*') : within.querySelectorAll('*');
  return [...all].flatMap(({ shadowRoot }) => (shadowRoot ? [shadowRoot, ...treesIn(shadowRoot)] : []));
}

function isControl(element: Element): element is Control {
  return [HTMLInputElement, HTMLTextAreaElement, HTMLSelectElement].some((kind) => element instanceof kind);
}
