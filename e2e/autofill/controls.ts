import type { Page } from '@playwright/test';

/** A control of a page, and what stands in it. */
export interface ControlValue {
  /** Its name, or else what tells it from the others; with a number where several have the same. */
  readonly control: string;
  readonly value: string;
}

declare global {
  interface Window {
    /** Settled when the sign-up has succeeded, and the form is filled. */
    signedUp: Promise<unknown>;
    /** The controls that a person could write into, in the order of the document, those of open shadow roots too. */
    controls(): (HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement)[];
  }
}

/** Runs in the page, before its own scripts. The element's own controls are none of the page's. */
export function defineControls(): void {
  window.signedUp = new Promise((resolve) => addEventListener('signup-success', resolve, { once: true }));
  const BUTTONS = ['hidden', 'submit', 'button', 'reset', 'image'];
  const collect = (root: ParentNode): Element[] =>
    [...root.querySelectorAll('*')].flatMap((element) => [
      element,
      ...(element.shadowRoot && element.localName !== 'signup-with-platform' ? collect(element.shadowRoot) : []),
    ]);
  window.controls = () =>
    collect(document).filter(
      (element): element is HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement =>
        element instanceof HTMLSelectElement ||
        element instanceof HTMLTextAreaElement ||
        (element instanceof HTMLInputElement && !BUTTONS.includes(element.type)),
    );
}

/** Makes a page that draws its controls from a model do so, which shows what the model knows. */
export function redraw(page: Page): Promise<boolean> {
  return page.evaluate(() => dispatchEvent(new Event('redraw')));
}

export async function valuesOf(page: Page): Promise<ControlValue[]> {
  const values = await page.evaluate(() =>
    window.controls().map((control) => ({
      control: control.name || control.id || control.getAttribute('placeholder') || control.localName,
      value:
        control instanceof HTMLInputElement && /^(?:checkbox|radio)$/.test(control.type)
          ? String(control.checked)
          : control.value,
    })),
  );
  const seen = new Map<string, number>();
  return values.map(({ control, value }) => {
    const count = (seen.get(control) ?? 0) + 1;
    seen.set(control, count);
    return { control: count > 1 ? `${control} (${count})` : control, value };
  });
}
