import { html } from '@lit-labs/ssr';
import { nothing } from 'lit';
import { countriesIn } from '../../pages/countries.ts';
import { describedBy, fieldError, isInvalid, type TextField, textField } from '../../pages/forms.ts';
import { checkIcon, chevronIcon, fieldIcons } from '../../pages/icons.ts';
import { formatLanguage, isolate, isolateLeftToRight, isolateLines } from '../../pages/text.ts';
import { imageSource } from '../../pages/uris.ts';
import type { Language } from '../../strings/pick-strings.ts';
import type { ConsentField, FillInput } from './models.ts';

/** One row: what it is, its very value, and a checkbox if it can be refused. What the account lacks is asked for in place. */
export function consentField(row: ConsentField, language: Language, focused: FillInput | undefined): unknown {
  const { consent, fields } = language.strings;
  const { field } = row;
  const id = `share-${field}`;
  const valueId = `${id}-value`;
  const isPresent = row.value !== undefined;
  const term = html`${fields[field]}${row.required ? nothing : html` <span class="tag">${consent.optional}</span>`}`;
  return html`<li class="field">${fieldIcons[field]}<div class="grow">
${row.required ? html`<p class="term">${term}</p>` : html`<label class="term" for=${id}>${term}</label>`}
${
  isPresent
    ? html`<div class="value" id=${valueId}>${fieldValue(row, language)}${
        row.unverified ? html` <span class="tag warn">${consent.unverified}</span>` : nothing
      }</div>`
    : nothing
}</div>
${
  row.required
    ? html`<input type="hidden" name="share" value=${field}>${isPresent ? givenIcon : nothing}`
    : html`<input type="checkbox" id=${id} name="share" value=${field} ?checked=${row.checked} aria-describedby=${isPresent ? valueId : nothing}>`
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

const INPUT_ATTRIBUTES: Readonly<Record<FillInput, Pick<TextField, 'autocomplete' | 'type' | 'direction' | 'width'>>> =
  {
    given_name: { autocomplete: 'given-name' },
    family_name: { autocomplete: 'family-name' },
    phone_number: { autocomplete: 'tel', type: 'tel', direction: 'ltr', width: 'full' },
    street_address: { autocomplete: 'street-address', width: 'full' },
    postal_code: { autocomplete: 'postal-code', width: 'narrow' },
    locality: { autocomplete: 'address-level2', width: 'wide' },
    region: { autocomplete: 'address-level1' },
    country: { autocomplete: 'country' },
  };

function fillInput(
  input: ConsentField['inputs'][number],
  row: ConsentField,
  language: Language,
  focused: FillInput | undefined,
): unknown {
  const { strings } = language;
  const field: TextField = {
    name: input.name,
    label: strings.inputs[input.name],
    value: input.value,
    // Of a field that can be unticked, the browser must not insist on an answer.
    required: input.required && row.required,
    autofocus: focused === input.name,
    error: input.error && strings.errors[input.error],
    ...INPUT_ATTRIBUTES[input.name],
  };
  if (input.name === 'country') return countryField(field, language);
  if (input.name === 'street_address') return streetField(field);
  return textField(field);
}

/** `street-address` may hold several lines, which HTML allows in a textarea only (HTML section 4.10.18.7.1). */
function streetField(field: TextField): unknown {
  return html`<div class="input full"><label for=${field.name}>${field.label}</label><span class="control"><textarea id=${field.name} name=${field.name} rows="2" autocomplete=${field.autocomplete} spellcheck="false" ?required=${field.required} ?autofocus=${field.autofocus} aria-invalid=${isInvalid(field) ? 'true' : nothing} aria-describedby=${describedBy(field) ?? nothing}>${field.value}</textarea></span>${fieldError(field)}</div>`;
}

function countryField(field: TextField, { tag, strings }: Language): unknown {
  return html`<div class="input"><label for=${field.name}>${field.label}</label><span class="control"><select id=${field.name} name=${field.name} autocomplete=${field.autocomplete} ?required=${field.required} ?autofocus=${field.autofocus} aria-invalid=${isInvalid(field) ? 'true' : nothing} aria-describedby=${describedBy(field) ?? nothing}><option value="">${strings.consent.chooseCountry}</option>${countriesIn(
    tag,
  ).map(
    ({ code, name }) => html`<option value=${code} ?selected=${code === field.value?.toUpperCase()}>${name}</option>`,
  )}</select>${chevronIcon}</span>${fieldError(field)}</div>`;
}
