import type { LitElement } from 'lit';

/** Keeps the keyboard's focus inside the element while what had it is replaced: the button by who signed up, and the other way round. */
export async function keepFocus(element: LitElement): Promise<void> {
  const { shadowRoot: root } = element;
  if (!root?.activeElement) return;
  await element.updateComplete;
  if (!root.activeElement) root.querySelector<HTMLElement>('button, [tabindex]')?.focus({ preventScroll: true });
}
