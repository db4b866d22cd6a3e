import { html } from '@lit-labs/ssr';
import { nothing } from 'lit';

export interface Choices<Value extends string> {
  name: string;
  legend: string;
  chosen: Value;
  options: readonly { value: Value; label: unknown; hint?: unknown }[];
}

/** One of a few, as radio buttons with a word or two about each. */
export function choices<Value extends string>({ name, legend, chosen, options }: Choices<Value>): unknown {
  return html`<fieldset><legend>${legend}</legend>${options.map(
    ({ value, label, hint }) =>
      html`<label class="choice"><input type="radio" name=${name} value=${value} ?checked=${value === chosen}><span>${label}${hint ? html`<br><span class="small muted">${hint}</span>` : nothing}</span></label>`,
  )}</fieldset>`;
}
