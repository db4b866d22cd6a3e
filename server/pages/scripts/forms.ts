/**
 * Runs in the browser: sends each form once and shows that it is under way, keeps back what belongs to an unticked field, and lets
 * initials take the place of a logo that fails to load.
 */
export function forms(): void {
  let sentAtMs = 0;
  let submitter: HTMLElement | null = null;
  const reset = () => {
    sentAtMs = 0;
    submitter?.removeAttribute('data-busy');
  };
  document.addEventListener('submit', (event) => {
    // What answers is a file, and the page stays.
    if ((event.target as HTMLElement).hasAttribute('data-download')) return;
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

  // What is typed for a field and then unticked stays here.
  for (const checkbox of document.querySelectorAll<HTMLInputElement>('.field > [type=checkbox]')) {
    const fill = checkbox.parentElement?.querySelector('fieldset');
    if (!fill) continue;
    const update = () => {
      fill.disabled = !checkbox.checked;
    };
    checkbox.addEventListener('change', update);
    update();
    // The browser restores form state after the first run when it goes back to a page.
    window.addEventListener('pageshow', update);
  }

  for (const image of document.querySelectorAll<HTMLImageElement>('.tile img')) {
    if (image.complete && image.naturalWidth === 0) image.remove();
    image.addEventListener('error', () => image.remove());
  }
}
