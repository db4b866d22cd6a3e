/**
 * Runs in the browser: carries an address that was typed along to the next page of this window that asks for one, whichever link leads there.
 * It is in no address of a page, because those are logged; what the server knows already comes first. Only within one attempt of the popup,
 * or within the portal.
 */
export function carryEmail(): void {
  const input = document.querySelector<HTMLInputElement>('input[name=email]');
  const place = /^.*?\/(interaction\/[^/]+|account)(?=\/)/.exec(input?.form?.action ?? '')?.[0];
  if (!input || !place) return;
  try {
    if (!input.value) {
      input.value = sessionStorage.getItem(place) ?? '';
      const next = input.form?.querySelector<HTMLInputElement>('input[type=password]');
      if (input.value && document.activeElement === input) next?.focus();
    }
    input.addEventListener('input', () => sessionStorage.setItem(place, input.value));
  } catch {
    // No storage, as where a browser blocks all of it: the address is typed again.
  }
}
