import { html } from '@lit-labs/ssr';
import { FIELDS, type Field } from '@signup-with-platform/protocol';
import { type SettingsInput, type SettingsProblems, WISHES } from '#domain/apps/settings.ts';
import { textField } from '#pages/forms.ts';
import { fieldIcons } from '#pages/icons.ts';
import type { Language } from '#strings/pick-strings.ts';
import { problemText } from '../problem-text.ts';
import { appsStrings } from '../strings.ts';

/** For each field: whether it is asked for, and why. */
export function fieldsForm(language: Language, input: SettingsInput, problems: SettingsProblems): unknown {
  return html`<div class="rows">${FIELDS.map((field) => fieldRow(language, field, input, problems))}</div>`;
}

function fieldRow(language: Language, field: Field, { fields }: SettingsInput, problems: SettingsProblems): unknown {
  const { settings } = appsStrings(language);
  const { wish, reason } = fields[field];
  const problem = problems[`reason_${field}`];
  const label = language.t(`shared.fields.${field}`);
  return html`<fieldset class="ask"><legend>${fieldIcons[field]}<span>${label}</span></legend>
<div class="segments">${WISHES.map(
    (one) =>
      html`<label class="segment"><input type="radio" name="wish_${field}" value=${one} ?checked=${one === wish}><span>${settings.wish[one]}</span></label>`,
  )}</div>
${textField({
  name: `reason_${field}`,
  label: settings.reason,
  value: reason,
  autocomplete: 'off',
  error: problem && problemText(language, { problem }),
})}</fieldset>`;
}
