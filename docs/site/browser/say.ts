const SHOWN_MS = 4_000;
let timer: ReturnType<typeof setTimeout> | undefined;

/** Tells people what has happened: the page's only live region. */
export function say(text: string): void {
  const status = document.querySelector<HTMLElement>('[data-status]');
  if (!status) return;
  status.textContent = text;
  clearTimeout(timer);
  timer = setTimeout(() => {
    status.textContent = '';
  }, SHOWN_MS);
}
