import { html } from '@lit-labs/ssr';
import type { PostedAnswer } from './models.ts';

/**
 * The form that posts an answer to the shop. It carries no token of ours, because it is for another site. Its values are plain text, because it
 * works without a script; what is secret in them, a code or a credential, is another in each response.
 */
export function answerForm({ address, fields }: PostedAnswer, button: unknown): unknown {
  const inputs = Object.entries(fields).map(([name, value]) => html`<input type="hidden" name=${name} value=${value}>`);
  return html`<form id="answer" method="post" action=${address}>${inputs}${button}</form>`;
}
