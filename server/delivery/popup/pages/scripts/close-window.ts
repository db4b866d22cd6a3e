/** Runs in the browser: makes the button that closes the window work, and says so when the browser will not have it. */
export function closeWindow(): void {
  const button = document.querySelector<HTMLButtonElement>('[data-close]');
  const refusal = document.querySelector<HTMLElement>('[data-close-refused]');
  if (!button || !refusal) return;
  button.hidden = false;
  button.addEventListener('click', () => {
    window.close();
    const closeTimeoutMs = 300;
    setTimeout(() => {
      refusal.textContent = refusal.dataset.closeRefused ?? '';
    }, closeTimeoutMs);
  });
}
