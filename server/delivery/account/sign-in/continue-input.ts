import { html } from '@lit-labs/ssr';

/** Takes along where to go on afterwards. */
export function continueInput(target: { continue: string }): unknown {
  return html`<input type="hidden" name="continue" value=${target.continue}>`;
}
