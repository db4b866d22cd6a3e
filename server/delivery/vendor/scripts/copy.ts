/**
 * Runs in the browser: buttons that copy the text of an element, and the page's own address instead of that of the form which it is the
 * answer to, so that reloading sends nothing again.
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
        // No clipboard here: what is selected can be copied by hand.
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
