import { html } from '@lit-labs/ssr';
import { exampleOf } from '../example-values.ts';
import { VALIDATION_ERROR_SCHEMA } from '../schemas.ts';
import { codeBlock } from './code-block.ts';
import { toJson } from './literals.ts';
import type { Section } from './section.ts';

/** The nine rules of the contract, by the names in validation errors. */
export const VALIDATION_RULES: Readonly<Record<string, string>> = {
  required: 'The parameter must be present and not empty.',
  valid_email: 'It must be an email address.',
  'min_length[N]': 'It must have at least N characters (code points).',
  'max_length[N]': 'It must have at most N characters.',
  'matches[PARAMETER]': 'It must equal the named parameter.',
  'cant_match[PARAMETER]': 'It must not equal the named parameter, regardless of case.',
  valid_characters:
    'Usernames may contain letters, digits and . _ -. Names must not contain control characters or markup.',
  appropriate: 'It must not be offensive. Real names that contain an offensive word are accepted.',
  uncommon_password:
    'It must not be among the first million guesses: a common password, a row of keys, or what the request itself says.',
};

export function validationSection(): Section {
  return {
    id: 'validation',
    title: 'Validation',
    text: html`<p>Parameters that do not meet their rules get 400 <code>validation_error</code>. It lists every failed rule at once, in the
order of this documentation: first by parameter, then by rule. For a missing parameter, it lists only <code>required</code>.</p>
<div class="table-box" tabindex="0" role="group" aria-label="Validation rules"><table>
<thead><tr><th scope="col">Rule</th><th scope="col">Meaning</th></tr></thead><tbody>${Object.entries(
      VALIDATION_RULES,
    ).map(
      ([rule, meaning]) => html`<tr><th scope="row"><code>${rule}</code></th><td>${meaning}</td></tr>`,
    )}</tbody></table></div>`,
    aside: codeBlock(
      'A validation error',
      toJson(exampleOf(VALIDATION_ERROR_SCHEMA)),
      html`400 <span>A validation error</span>`,
    ),
  };
}
