import { html } from '@lit-labs/ssr';

/** Renders text whose code is in backticks. */
export function prose(text: string): unknown[] {
  return text.split(/`([^`]+)`/).map((part, index) => (index % 2 === 1 ? html`<code>${part}</code>` : part));
}
