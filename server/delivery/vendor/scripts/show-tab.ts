/** Runs in the browser. A row of tabs that is wider than the window begins with the tab of this page in view. */
export function showTab(): void {
  for (const tab of document.querySelectorAll('.tabs [aria-current]')) {
    const row = tab.closest('ul');
    if (!row) continue;
    const [within, around] = [tab.getBoundingClientRect(), row.getBoundingClientRect()];
    row.scrollLeft += (within.left + within.right - around.left - around.right) / 2;
  }
}
