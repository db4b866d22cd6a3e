/**
 * Runs in the browser, on the last page: the window's title says how the delivery ended, as the page does, once `data-delivery` on the root
 * element says it. Before, the title is for a window that is about to close.
 */
export function tellDelivery(): void {
  const root = document.documentElement;
  const update = () => {
    const { title } = document.querySelector<HTMLElement>(`.message.${root.dataset.delivery}`)?.dataset ?? {};
    if (title) document.title = title;
  };
  new MutationObserver(update).observe(root, { attributeFilter: ['data-delivery'] });
}
