/**
 * Runs in the browser: sends each form once and says that it is under way, keeps back what belongs to an unticked field, and lets
 * initials take the place of a logo that fails to load.
 * @param complaints says what is wrong with a form, and keeps it back
 */
export function forms(complaints: (missing: string | undefined) => (form: HTMLFormElement) => boolean): void {
  let sentAtMs = 0;
  let submitter: HTMLElement | null = null;
  const status = document.querySelector<HTMLElement>('[data-sending]');
  const mayBeSent = complaints(status?.dataset.missing);
  const show = (form: HTMLFormElement | null, sending: boolean) => {
    submitter?.toggleAttribute('data-busy', sending);
    if (sending) form?.setAttribute('aria-busy', 'true');
    else for (const busy of document.querySelectorAll('form[aria-busy]')) busy.removeAttribute('aria-busy');
    if (status) status.textContent = (sending && status.dataset.sending) || '';
  };
  const reset = () => {
    sentAtMs = 0;
    show(null, false);
  };
  document.addEventListener('submit', (event) => {
    const form = event.target as HTMLFormElement;
    // What answers is a file, and the page stays.
    if (form.hasAttribute('data-download')) return;
    // What a second button sends may need less of the form.
    const isJudged = !(event.submitter as HTMLButtonElement | null)?.formNoValidate;
    if (isJudged && !mayBeSent(form)) {
      event.preventDefault();
      return;
    }
    // Long enough for a slow server; afterwards whoever pressed Stop can try again.
    const patienceMs = 10_000;
    if (Date.now() - sentAtMs < patienceMs) {
      event.preventDefault();
      return;
    }
    reset();
    sentAtMs = Date.now();
    submitter = event.submitter;
    show(form, true);
  });
  // A browser takes a field that the sticky bar half covers for one in view, and shows no more than the field.
  document.addEventListener('focusin', ({ target }) => {
    (target as Element).closest('.input')?.scrollIntoView({ block: 'nearest' });
  });
  // Back from the back/forward cache.
  window.addEventListener('pageshow', reset);

  // In a window that a sandboxed frame opened, a browser may send no form, and not even report that somebody wanted to.
  const refusal = document.createElement('p');
  refusal.className = 'alert';
  refusal.setAttribute('role', 'alert');
  let isHeard = false;
  const hear = () => {
    isHeard = true;
  };
  window.addEventListener('submit', hear, true);
  document.addEventListener('click', (event) => {
    const button = (event.target as Element).closest<HTMLButtonElement>('button:not([type=button])');
    // What is pressed too early is answered by deliberate.ts.
    isHeard = !button?.form || button.hasAttribute('aria-disabled');
    setTimeout(() => {
      if (isHeard || event.defaultPrevented) return;
      refusal.textContent = status?.dataset.refused ?? '';
      document.querySelector('main')?.prepend(refusal);
      refusal.scrollIntoView();
    });
  });

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
