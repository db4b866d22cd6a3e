/**
 * Runs in the browser: makes the button that closes the window work, and says so when the browser will not have it. Where a link stands
 * instead of the button, only one of them is shown, because a browser closes only what a page has opened (HTML, "script-closable").
 */
export function closeWindow(): void {
  const button = document.querySelector<HTMLButtonElement>('[data-close]');
  const refusal = document.querySelector<HTMLElement>('[data-close-refused]');
  const instead = document.querySelector<HTMLElement>('[data-instead-of-close]');
  if (!button || !refusal) return;
  // A popup whose opener is cut off still has no toolbar.
  const isOpened = window.opener !== null || !window.toolbar.visible;
  if (instead && !isOpened) return;
  if (instead) instead.hidden = true;
  button.hidden = false;
  button.addEventListener('click', () => {
    window.close();
    const closeTimeoutMs = 300;
    setTimeout(() => {
      refusal.textContent = refusal.dataset.closeRefused ?? '';
    }, closeTimeoutMs);
  });
}
