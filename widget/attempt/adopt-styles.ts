const adopted = new WeakMap<ShadowRoot, Set<string>>();

/** Gives a widget more styles, once. A constructed style sheet needs no leave from a Content-Security-Policy. */
export function adoptStyles(root: ShadowRoot, styles: string): void {
  const known = adopted.get(root) ?? new Set();
  adopted.set(root, known);
  if (known.has(styles)) return;
  known.add(styles);
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(styles);
  root.adoptedStyleSheets.push(sheet);
}
