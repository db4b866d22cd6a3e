/** The document, and the open shadow trees in it. */
export function openTrees(tree: Document | ShadowRoot = document): (Document | ShadowRoot)[] {
  const hosted = [...tree.querySelectorAll('*')].flatMap(({ shadowRoot }) => (shadowRoot ? openTrees(shadowRoot) : []));
  return [tree, ...hosted];
}

/** Like `document.querySelectorAll`, but in open shadow trees too, tree by tree. The order is always the same for the same page. */
export function queryAll<Found extends Element>(selector: string): Found[] {
  return openTrees().flatMap((tree) => [...tree.querySelectorAll<Found>(selector)]);
}
