import { html } from '@lit-labs/ssr';
import { nothing } from 'lit';
import type { FillInput } from '#domain/consent/answers.ts';
import { type AddressInput, addressField } from '#pages/address-fields.ts';
import { type TextField, textField } from '#pages/forms.ts';
import { checkIcon, fieldIcons } from '#pages/icons.ts';
import { formatLanguage, isolate, isolateLeftToRight, isolateLines } from '#pages/text.ts';
import { imageSource } from '#pages/uris.ts';
import type { Language } from '#strings/pick-strings.ts';
import type { ConsentField } from './models.ts';

/** One row: what it is, its very value, and a checkbox if it can be refused. What the account lacks is asked for in place. */
export function consentField(row: ConsentField, language: Language, focused: FillInput | undefined): unknown {
  const { consent, fields } = language.strings;
  const { field } = row;
  const id = `share-${field}`;
  const valueId = `${id}-value`;
  const reasonId = `${id}-reason`;
  const isPresent = row.value !== undefined;
  const described = [isPresent && valueId, row.reason !== undefined && reasonId].filter(Boolean).join(' ');
  const term = html`${fields[field]}${row.required ? nothing : html` <span class="tag">${consent.optional}</span>`}`;
  return html`<li class="field">${fieldIcons[field]}<div class="grow">
${row.required ? html`<p class="term">${term}</p>` : html`<label class="term" for=${id}>${term}</label>`}
${
  isPresent
    ? html`<div class="value" id=${valueId}>${fieldValue(row, language)}${
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
    ? html`<fieldset class="pair" aria-label=${fields[field]}>${row.inputs.map((input) => fillInput(input, row, language, focused))}</fieldset>`
    : nothing
}</li>`;
}

/** A required field that is there: nothing to decide, nothing to fill in. */
const givenIcon = html`<span class="given">${checkIcon}</span>`;

function fieldValue({ field, value = '' }: ConsentField, { tag, strings }: Language): unknown {
  switch (field) {
    case 'email':
    case 'phone_number':
      return isolateLines(value, isolateLeftToRight);
    case 'locale':
      return isolate(formatLanguage(value, tag));
    case 'picture': {
      const picture = imageSource(value);
      if (!picture) return isolate(value);
      return html`<img src=${picture.src} alt=${strings.consent.pictureAlt} width="48" height="48" referrerpolicy="no-referrer">`;
    }
    default:
      return isolateLines(value);
  }
}

const INPUT_ATTRIBUTES: Readonly<
  Record<Exclude<FillInput, AddressInput>, Pick<TextField, 'autocomplete' | 'type' | 'direction' | 'width'>>
> = {
  given_name: { autocomplete: 'given-name' },
  family_name: { autocomplete: 'family-name' },
  phone_number: { autocomplete: 'tel', type: 'tel', direction: 'ltr', width: 'full' },
};

function fillInput(
  { name, value, error, required }: ConsentField['inputs'][number],
  row: ConsentField,
  language: Language,
  focused: FillInput | undefined,
): unknown {
  const { strings } = language;
  const field = {
    value,
    // Of a field that can be unticked, the browser must not insist on an answer.
    required: required && row.required,
    autofocus: focused === name,
    error: error && strings.errors[error],
  };
  if (name === 'given_name' || name === 'family_name' || name === 'phone_number') {
    return textField({ name, label: strings.inputs[name], ...field, ...INPUT_ATTRIBUTES[name] });
  }
  return addressField({ name, ...field }, language);
}
