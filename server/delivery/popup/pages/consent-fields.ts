import { html } from '@lit-labs/ssr';
import { nothing } from 'lit';
import type { InputName } from '#domain/claims/fields.ts';
import { fieldInput } from '#pages/field-inputs.ts';
import { fieldValue } from '#pages/field-value.ts';
import { checkIcon, fieldIcons } from '#pages/icons.ts';
import { isolate } from '#pages/text.ts';
import type { Language } from '#strings/pick-strings.ts';
import type { ConsentField } from './models.ts';

/** One row: what it is, its very value, and a checkbox if it can be refused. What the account lacks is asked for in place. */
export function consentField(row: ConsentField, language: Language, focused: InputName | undefined): unknown {
  const { consent } = language.strings;
  const { field } = row;
  const label = language.t(`shared.fields.${field}`);
  const id = `share-${field}`;
  const valueId = `${id}-value`;
  const reasonId = `${id}-reason`;
  const isPresent = row.value !== undefined;
  const described = [isPresent && valueId, row.reason !== undefined && reasonId].filter(Boolean).join(' ');
  const term = html`${label}${row.required ? nothing : html` <span class="tag">${consent.optional}</span>`}`;
  return html`<li class="field">${fieldIcons[field]}<div class="grow">
${row.required ? html`<p class="term">${term}</p>` : html`<label class="term" for=${id}>${term}</label>`}
${
  isPresent
    ? html`<div class="value" id=${valueId}>${fieldValue(field, row.value ?? '', language, (src) => shownPicture(src, language))}${
        row.unverified ? html` <span class="tag warn">${consent.unverified}</span>` : nothing
      }</div>`
    : nothing
}${row.reason === undefined ? nothing : html`<p class="reason small muted" id=${reasonId}>${isolate(row.reason)}</p>`}</div>
${
  row.required
    ? html`<input type="hidden" name="share" value=${field}>${isPresent ? givenIcon : nothing}`
    : html`<input type="checkbox" id=${id} name="share" value=${field} ?checked=${row.checked} aria-describedby=${described || nothing}>`
}
${
  row.inputs.length > 0
    ? html`<fieldset class="pair" aria-label=${label}>${row.inputs.map((input) => fillInput(input, row, language, focused))}</fieldset>`
    : nothing
}</li>`;
}

/** A required field that is there: nothing to decide, nothing to fill in. */
const givenIcon = html`<span class="given">${checkIcon}</span>`;

function shownPicture(src: string, { t }: Language): unknown {
  return html`<img src=${src} alt=${t('shared.common.pictureAlt')} width="48" height="48" referrerpolicy="no-referrer">`;
}

function fillInput(
  { name, value, error, required }: ConsentField['inputs'][number],
  row: ConsentField,
  language: Language,
  focused: InputName | undefined,
): unknown {
  const state = {
    name,
    value,
    // Of a field that can be unticked, the browser must not insist on an answer.
    required: required && row.required,
    autofocus: focused === name,
    error: error && language.t(`shared.errors.${error}`),
  };
  return fieldInput(state, language);
}
