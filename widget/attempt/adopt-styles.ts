const adopted = new WeakMap<ShadowRoot, Set<string>>();

/** Adds styles to a widget, once. No Content-Security-Policy forbids a constructed style sheet. */
export function adoptStyles(root: ShadowRoot, styles: string): void {
  const known = adopted.get(root) ?? new Set();
  adopted.set(root, known);
  if (known.has(styles)) return;
  known.add(styles);
  // A document takes only the style sheets of its own window, and the element may have moved into a frame.
  const { CSSStyleSheet: Sheet } = root.ownerDocument.defaultView ?? window;
  const sheet = new Sheet();
  sheet.replaceSync(inScheme(styles));
  root.adoptedStyleSheets.push(sheet);
}

/** The light colours, where a browser cannot choose (Safari before 17.5). The entry does the same with its own styles. */
function inScheme(styles: string): string {
  return CSS.supports('color', 'light-dark(#000,#fff)')
    ? styles
    : styles.replace(/light-dark\((#\w{3,8}), ?#\w{3,8}\)/g, '$1');
}
