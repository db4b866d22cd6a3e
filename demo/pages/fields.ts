import { html, type ServerRenderedTemplate } from '@lit-labs/ssr';
import { COUNTRIES } from '../registration/countries.ts';
import type { RegistrationErrors, RegistrationField, RegistrationValues } from '../registration/registration-form.ts';

export interface FieldOptions {
  name: RegistrationField;
  label: string;
  autocomplete: string;
  type?: 'text' | 'email' | 'tel';
  required?: boolean;
  /** Adds "(optional)" to the label. */
  optional?: boolean;
  /** `auto`, because names and addresses may be in any script. */
  dir?: 'auto';
  /** With more than one line, the field is a text area. */
  lines?: number;
}

/** A field with its label. Browsers and the widget fill it by its `autocomplete`. */
export function textField(
  options: FieldOptions,
  values: RegistrationValues,
  errors: RegistrationErrors,
): ServerRenderedTemplate {
  const { name, autocomplete, type = 'text', required = false, dir = 'ltr', lines = 1 } = options;
  const error = errors[name];
  const value = values[name] ?? '';
  const invalid = error ? 'true' : 'false';
  const describedBy = error ? `${name}-error` : '';
  return html`<div class="field">
              <label for=${name}>${options.label}${options.optional ? html` <span class="optional">(optional)</span>` : ''}</label>
              ${
                lines > 1
                  ? html`<textarea
                id=${name} name=${name} rows=${lines} autocomplete=${autocomplete} dir=${dir} maxlength="200"
                aria-invalid=${invalid} aria-describedby=${describedBy}
              >${value}</textarea>`
                  : html`<input
                id=${name} name=${name} type=${type} value=${value} autocomplete=${autocomplete} dir=${dir} maxlength="254"
                ?required=${required} aria-invalid=${invalid} aria-describedby=${describedBy}
              >`
              }
              ${errorText(name, error)}
            </div>`;
}

export function countryField(values: RegistrationValues, errors: RegistrationErrors): ServerRenderedTemplate {
  const error = errors.country;
  return html`<div class="field">
              <label for="country">Country</label>
              <select
                id="country" name="country" autocomplete="country"
                aria-invalid=${error ? 'true' : 'false'} aria-describedby=${error ? 'country-error' : ''}
              >
                <option value="">Choose…</option>
                ${COUNTRIES.map(({ code, name }) => html`<option value=${code} ?selected=${values.country === code}>${name}</option>`)}
              </select>
              ${errorText('country', error)}
            </div>`;
}

function errorText(name: RegistrationField, error: string | undefined): ServerRenderedTemplate | string {
  return error === undefined ? '' : html`<p class="field-error" id=${`${name}-error`}>${error}</p>`;
}
