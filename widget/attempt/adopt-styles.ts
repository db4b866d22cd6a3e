const adopted = new WeakMap<ShadowRoot, Set<string>>();

/** Adds styles to a widget, once. No Content-Security-Policy forbids a constructed style sheet. */
export function adoptStyles(root: ShadowRoot, styles: string): void {
  const known = adopted.get(root) ?? new Set();
  adopted.set(root, known);
  if (known.has(styles)) return;
  known.add(styles);
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(styles);
  root.adoptedStyleSheets.push(sheet);
}
