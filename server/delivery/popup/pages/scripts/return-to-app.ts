/**
 * Runs in the browser: says how to go on where the answer goes to another app of the device. The browser hands it over and keeps this page,
 * and tells nobody whether there was such an app.
 */
export function returnToApp(): void {
  // Longer than our own answer takes, as a rule: if another page is on its way, it replaces this one.
  const waitMs = 2_000;
  const note = document.querySelector<HTMLElement>('[data-return]');
  document.addEventListener('submit', (event) => {
    setTimeout(() => {
      if (!note || event.defaultPrevented) return;
      note.textContent = note.dataset.return ?? '';
      note.scrollIntoView({ block: 'nearest' });
    }, waitMs);
  });
}
