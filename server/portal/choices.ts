import { html } from '@lit-labs/ssr';
import { nothing } from 'lit';

export interface Choices<Value extends string> {
  name: string;
  legend: string;
  /** The page says it already: for assistive technology alone. */
  isLegendHidden?: boolean;
  chosen: Value;
  required?: boolean;
  options: readonly Choice<Value>[];
}

export interface Choice<Value extends string> {
  value: Value;
  label: unknown;
  hint?: unknown;
}

/** One of a few, as radio buttons with a word or two about each. */
export function choices<Value extends string>(group: Choices<Value>): unknown {
  const { name, legend, isLegendHidden, chosen, required } = group;
  const option = ({ value, label, hint }: Choice<Value>) => {
    const below = hint ? html`<br><span class="small muted">${hint}</span>` : nothing;
    return html`<label class="choice"><input type="radio" name=${name} value=${value} ?checked=${value === chosen}
 ?required=${required}><span>${label}${below}</span></label>`;
  };
  return html`<fieldset>
<legend class=${isLegendHidden ? 'hidden' : nothing}>${legend}</legend>${group.options.map(option)}</fieldset>`;
}
