/** Runs in the browser: sends each form once, shows that it is under way, and puts initials in the place of a logo that fails to load. */
export function forms(): void {
  let sentAtMs = 0;
  let submitter: HTMLElement | null = null;
  const reset = () => {
    sentAtMs = 0;
    submitter?.removeAttribute('data-busy');
  };
  document.addEventListener('submit', (event) => {
    // Long enough for a slow server; afterwards whoever pressed Stop can try again.
    const patienceMs = 10_000;
    if (Date.now() - sentAtMs < patienceMs) {
      event.preventDefault();
      return;
    }
    reset();
    sentAtMs = Date.now();
    submitter = event.submitter;
    submitter?.setAttribute('data-busy', '');
  });
  // Back from the back/forward cache.
  window.addEventListener('pageshow', reset);

  for (const image of document.querySelectorAll<HTMLImageElement>('.tile img')) {
    if (image.complete && image.naturalWidth === 0) image.remove();
    image.addEventListener('error', () => image.remove());
  }
}
