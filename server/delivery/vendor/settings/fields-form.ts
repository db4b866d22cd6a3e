import { html } from '@lit-labs/ssr';
import type { Language } from '@signup-with-platform/messages';
import type { Field } from '@signup-with-platform/protocol';
import { nothing } from 'lit';
import {
  type SettingsInput,
  type SettingsProblem,
  type SettingsProblems,
  WISHES,
  type Wish,
} from '#domain/apps/settings.ts';
import type { FieldCatalogue } from '#domain/claims/catalogue.ts';
import { fieldName } from '#pages/field-name.ts';
import { optionalTag, textField } from '#pages/forms.ts';
import { fieldIcon } from '#pages/icons.ts';
import { isolate } from '#pages/text.ts';
import { problemText } from '../problem-text.ts';

/** For each field: whether the app asks for it, and why. */
export function fieldsForm(
  language: Language,
  input: SettingsInput,
  problems: SettingsProblems,
  catalogue: FieldCatalogue,
): unknown {
  return html`<div class="rows">${catalogue.fields.map((field) => fieldRow({ language, catalogue }, field, input, problems))}</div>`;
}

function fieldRow(
  { language, catalogue }: { language: Language; catalogue: FieldCatalogue },
  field: Field,
  { fields }: SettingsInput,
  problems: SettingsProblems,
): unknown {
  const { t } = language;
  const { wish, reason } = fields[field] ?? { wish: 'off', reason: '' };
  const approval = catalogue.ownField(field)?.needsApproval
    ? html`<p class="small muted">${t('vendor.settings.needsApproval')}</p>`
    : nothing;
  const problem = problems[`reason_${field}`];
  const segment = (value: Wish) =>
    html`<label class="segment"><input type="radio" name="wish_${field}" value=${value}
 ?checked=${value === wish}><span>${t(`vendor.settings.wish.${value}`)}</span></label>`;
  return html`<fieldset class="ask"><legend>${fieldIcon(field)}<span>${fieldName(field, language, catalogue)}</span></legend>
${approval}
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
