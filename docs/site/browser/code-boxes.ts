import { say } from './say.ts';

/** Buttons that copy; and boxes that scroll can be reached by keyboard (WCAG 2.2, 2.1.1), while those that do not scroll are no tab stops. */
export function addCodeBoxes(): void {
  for (const box of document.querySelectorAll<HTMLElement>('.code')) {
    const button = box.querySelector<HTMLButtonElement>('.copy');
    const code = box.querySelector('pre');
    if (!button || !code) continue;
    button.hidden = false;
    button.setAttribute('aria-label', `Copy: ${headingOf(box)}`);
    button.addEventListener('click', () => void copy(code));
  }
  const observer = new ResizeObserver((entries) => {
    for (const { target } of entries) if (target instanceof HTMLElement) markScrolling(target);
  });
  for (const element of document.querySelectorAll('.code pre,.table-box:not([aria-label])')) observer.observe(element);
}

export async function copy(element: Element): Promise<void> {
  try {
    await navigator.clipboard.writeText(element.textContent ?? '');
    say('Copied');
  } catch {
    // There is no clipboard here, so the text is selected, and the person can copy it.
    getSelection()?.selectAllChildren(element);
    say('Selected: copy it with the keyboard');
  }
}

function markScrolling(element: HTMLElement): void {
  const scrolls = element.scrollWidth > element.clientWidth || element.scrollHeight > element.clientHeight + 1;
  if (!scrolls) {
    for (const name of ['tabindex', 'role', 'aria-label']) element.removeAttribute(name);
    return;
  }
  element.tabIndex = 0;
  element.setAttribute('role', 'group');
  element.setAttribute('aria-label', headingOf(element));
}

/** The last heading before an element names it. */
function headingOf(element: Element): string {
  const headings = [...document.querySelectorAll('main :is(h1,h2,h3,h4)')];
  const before = headings.filter(
    (heading) => heading.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING,
  );
  return before.at(-1)?.textContent ?? 'Example';
}
