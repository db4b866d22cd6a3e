import { html } from '@lit-labs/ssr';
import type { Language } from '@signup-with-platform/messages';
import { FIELDS, type Field } from '@signup-with-platform/protocol';
import {
  type SettingsInput,
  type SettingsProblem,
  type SettingsProblems,
  WISHES,
  type Wish,
} from '#domain/apps/settings.ts';
import { optionalTag, textField } from '#pages/forms.ts';
import { fieldIcons } from '#pages/icons.ts';
import { isolate } from '#pages/text.ts';
import { problemText } from '../problem-text.ts';

/** For each field: whether the app asks for it, and why. */
export function fieldsForm(language: Language, input: SettingsInput, problems: SettingsProblems): unknown {
  return html`<div class="rows">${FIELDS.map((field) => fieldRow(language, field, input, problems))}</div>`;
}

function fieldRow(language: Language, field: Field, { fields }: SettingsInput, problems: SettingsProblems): unknown {
  const { t } = language;
  const { wish, reason } = fields[field];
  const problem = problems[`reason_${field}`];
  const segment = (value: Wish) =>
    html`<label class="segment"><input type="radio" name="wish_${field}" value=${value}
 ?checked=${value === wish}><span>${t(`vendor.settings.wish.${value}`)}</span></label>`;
  return html`<fieldset class="ask"><legend>${fieldIcons[field]}<span>${t(`shared.fields.${field}`)}</span></legend>
<div class="segments">${WISHES.map(segment)}</div>
${reasonFold(language, { name: `reason_${field}`, reason, problem })}</fieldset>`;
}

interface Reason {
  name: string;
  reason: string;
  problem: SettingsProblem | undefined;
}

/** The reason as people read it; it opens to be written. What is wrong with it is in view. */
function reasonFold(language: Language, { name, reason, problem }: Reason): unknown {
  const { t } = language;
  const field = textField({
    name,
    label: t('vendor.settings.reason'),
    value: reason,
    autocomplete: 'off',
    optional: optionalTag(language),
    error: problem && problemText(language, { problem }),
  });
  const shown = reason === '' ? t('vendor.settings.addReason') : isolate(reason);
  return html`<details class="reason" ?open=${problem !== undefined}><summary><span>${shown}</span></summary>${field}</details>`;
}
