/**
 * Runs in the browser: in a window that was opened for this page, Escape cancels, as it closes any dialog. It does not where somebody
 * has typed, because that would be lost, and not where the key is for something else: a list or calendar that is open, an input method.
 */
export function escapeCancels(): void {
  const form = document.querySelector<HTMLFormElement>('form[action$="/cancel"]');
  if (!form || !window.opener) return;
  // What the page or the browser filled in costs nobody anything.
  const isTyped = (control: HTMLInputElement | HTMLSelectElement) =>
    control.value &&
    !control.matches(':autofill') &&
    !('selectedOptions' in control && control.selectedOptions[0]?.defaultSelected);
  addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || event.isComposing || event.repeat || event.defaultPrevented) return;
    if ((event.target as Element).matches('select,[type=date]')) return;
    const controls = 'input:not([type=hidden],[type=checkbox]),textarea,select';
    if (![...document.querySelectorAll<HTMLInputElement>(controls)].some(isTyped)) form.requestSubmit();
  });
}
