/**
 * Runs in the browser. Copies and prints recovery codes. Replaces the address of the page that answers a form by the page's own, so that
 * reloading does not send the form again.
 */
export function keepCodes(): void {
  const codes = document.getElementById('recovery-codes');
  const status = document.querySelector('[data-keep-status]');
  const buttons = { copy: buttonFor('copy'), print: buttonFor('print') };
  const textOf = (list: HTMLElement) =>
    Array.from(list.querySelectorAll('code'), (code) => code.textContent).join('\n');
  if (!codes || !status) return;
  for (const button of Object.values(buttons)) if (button) button.hidden = false;
  buttons.print?.addEventListener('click', () => print());
  buttons.copy?.addEventListener('click', async () => {
    const { copied = '', selected = '' } = buttons.copy?.dataset ?? {};
    try {
      await navigator.clipboard.writeText(textOf(codes));
      status.textContent = copied;
    } catch {
      // There is no clipboard here, so the text is selected, and the person can copy it.
      getSelection()?.selectAllChildren(codes);
      status.textContent = selected;
    }
  });
  const path = document.querySelector<HTMLElement>('[data-shown-at]')?.dataset['shownAt'];
  if (path) history.replaceState(null, '', path);

  function buttonFor(what: string): HTMLButtonElement | null {
    return document.querySelector(`button[data-keep=${what}]`);
  }
}
