import { html } from '@lit-labs/ssr';
import { exampleOf } from '../example-values.ts';
import { VALIDATION_ERROR_SCHEMA } from '../schemas.ts';
import { codeBlock } from './code-block.ts';
import { toJson } from './literals.ts';
import type { Section } from './section.ts';

/** The nine rules of the contract, as validation errors name them. */
export const VALIDATION_RULES: Readonly<Record<string, string>> = {
  required: 'The parameter must be there, and not be empty.',
  valid_email: 'It must be an e-mail address.',
  'min_length[N]': 'It must have at least N characters (code points).',
  'max_length[N]': 'It must have at most N characters.',
  'matches[PARAMETER]': 'It must equal that other parameter.',
  'cant_match[PARAMETER]': 'It must not equal that other parameter, in any case.',
  valid_characters: 'Usernames take letters, digits and . _ -, names no control characters and no markup.',
  appropriate: 'It must not be offensive. Real names that merely contain such a word pass.',
  uncommon_password: 'It must not be one of the passwords that are guessed first.',
};

export function validationSection(): Section {
  return {
    id: 'validation',
    title: 'Validation',
    text: html`<p>Parameters that do not meet their rules give 400 <code>validation_error</code> with all that is wrong at once: parameters in the order of this documentation, each one’s rules in theirs. After a missing parameter its other rules are silent.</p>
<div class="table-box" tabindex="0" role="group" aria-label="Validation rules"><table><thead><tr><th scope="col">Rule</th><th scope="col">Meaning</th></tr></thead><tbody>${Object.entries(
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
