import { html } from '@lit-labs/ssr';
import type { Language } from '@signup-with-platform/messages';
import { nothing } from 'lit';
import type { FieldCatalogue } from '#domain/claims/catalogue.ts';
import { fieldInput } from '#pages/field-inputs.ts';
import { fieldName } from '#pages/field-name.ts';
import { fieldValue } from '#pages/field-value.ts';
import { checkbox, fieldGroup, optionalTag } from '#pages/forms.ts';
import { checkIcon, fieldIcon, renewIcon } from '#pages/icons.ts';
import { isolate } from '#pages/text.ts';
import type { ConsentField, ConsentModel } from './models.ts';

interface List {
  /** The vendor's name. */
  vendor: unknown;
  /** The input in which to go on. */
  focused: string | undefined;
  catalogue: FieldCatalogue;
}

/** What is new to agree to, a row each. */
export function consentFields(
  { fields, asksToStay }: Pick<ConsentModel, 'fields' | 'asksToStay'>,
  language: Language,
  { vendor, ...list }: List,
): unknown {
  if (fields.length === 0 && !asksToStay) return nothing;
  const { t } = language;
  const rows = fields.map((field) => consentField(field, language, list));
  return html`<fieldset><legend class="hidden" id="receives">${t.rich('popup.consent.receives', { vendor })}</legend>
<ul class="fields" aria-labelledby="receives">${rows}${asksToStay ? stayRow(vendor, language) : nothing}</ul></fieldset>`;
}

/** What the app asks besides fields. It is no choice: an app that asks for it does not work without. */
function stayRow(vendor: unknown, { t }: Language): unknown {
  return html`<li class="field">${renewIcon}<div class="grow"><p class="term">${t('popup.consent.stay')}</p>
<p class="small muted">${t.rich('popup.consent.stayMeans', { vendor })}</p></div>
<input type="hidden" name="stay" value="yes">${givenIcon}</li>`;
}

/** One row: what it is, its very value, and a checkbox if it can be refused. What the account lacks is asked for in place. */
function consentField(row: ConsentField, language: Language, list: Omit<List, 'vendor'>): unknown {
  const { t } = language;
  const { field, reason } = row;
  const id = `share-${field}`;
  const [valueId, reasonId] = [`${id}-value`, `${id}-reason`];
  const name = fieldName(field, language, list.catalogue);
  const isPresent = row.value !== undefined;
  const described = [isPresent && valueId, reason !== undefined && reasonId].filter((it) => it !== false);
  const unverified = row.unverified ? html` <span class="tag warn">${t('shared.common.unverified')}</span>` : nothing;
  const value = html`<div class="value" id=${valueId}>${shownValue(row, language, list.catalogue)}${unverified}</div>`;
  const why =
    reason === undefined
      ? nothing
      : html`<p class="reason small muted" dir="auto" id=${reasonId}>${isolate(reason)}</p>`;
  const choice = row.required
    ? html`<input type="hidden" name="share" value=${field}>${isPresent ? givenIcon : nothing}`
    : checkbox({ id, name: 'share', value: field, checked: row.checked, described });
  const inputs = row.inputs.map((input) => fillInput(input, row, language, list));
  return html`<li class="field">${fieldIcon(field)}<div class="grow">
${row.required ? html`<p class="term">${name}</p>` : optionalTerm(id, name, language)}
${isPresent ? value : nothing}${why}</div>
${choice}
${inputs.length > 0 ? fieldGroup(name, inputs) : nothing}</li>`;
}

function optionalTerm(id: string, name: string, language: Language): unknown {
  return html`<label class="term" for=${id}>${name} ${optionalTag(language)}</label>`;
}

/** A required field that is there: nothing to decide, nothing to fill in. */
const givenIcon = html`<span class="given">${checkIcon}</span>`;

function shownValue({ field, value = '' }: ConsentField, language: Language, catalogue: FieldCatalogue): unknown {
  const picture = (
    src: string,
  ) => html`<img src=${src} alt=${language.t('shared.common.pictureAlt')} width="48" height="48"
 referrerpolicy="no-referrer">`;
  return fieldValue(field, value, language, picture, catalogue);
}

function fillInput(
  { name, value, error, required }: ConsentField['inputs'][number],
  row: ConsentField,
  language: Language,
  { focused, catalogue }: Omit<List, 'vendor'>,
): unknown {
  const { t } = language;
  const field = {
    value,
    // Of a field that can be unticked, the browser must not insist on an answer.
    required: required && row.required,
    optional: !required,
    autofocus: focused === name,
    error: error && t(`shared.errors.${error}`),
  };
  return fieldInput({ name, ...field }, language, catalogue);
}
