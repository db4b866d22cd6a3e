/** The document, and the open shadow trees in it. */
export function openTrees(tree: Document | ShadowRoot = document): (Document | ShadowRoot)[] {
  const hosted = [...tree.querySelectorAll('*')].flatMap(({ shadowRoot }) => (shadowRoot ? openTrees(shadowRoot) : []));
  return [tree, ...hosted];
}

/** Like `document.querySelectorAll`, in open shadow trees too: tree by tree, in an order that the same page always has. */
export function queryAll<Found extends Element>(selector: string): Found[] {
  return openTrees().flatMap((tree) => [...tree.querySelectorAll<Found>(selector)]);
}
