/**
 * Runs in the browser. Makes buttons copy the text of an element. Replaces the address of a page that answers a form by the page's own,
 * so that reloading does not send the form again.
 */
export function copyToClipboard(): void {
  const shownMs = 2_000;
  for (const button of document.querySelectorAll<HTMLButtonElement>('[data-copy]')) {
    const { copy: id = '', copied = '', selected = '' } = button.dataset;
    const label = button.querySelector('[data-copy-label]');
    const status = button.nextElementSibling;
    const text = document.getElementById(id);
    if (!label || !status || !text) continue;
    const name = label.textContent;
    button.hidden = false;
    button.addEventListener('click', async () => {
      let told = copied;
      try {
        await navigator.clipboard.writeText(text.textContent ?? '');
      } catch {
        // There is no clipboard here, so the text is selected, and the person can copy it.
        text.closest('details')?.setAttribute('open', '');
        getSelection()?.selectAllChildren(text);
        told = selected;
      }
      label.textContent = told;
      status.textContent = told;
      setTimeout(() => {
        label.textContent = name;
        status.textContent = '';
      }, shownMs);
    });
  }
  const path = document.querySelector<HTMLElement>('[data-shown-at]')?.dataset['shownAt'];
  if (path) history.replaceState(null, '', path);
}
