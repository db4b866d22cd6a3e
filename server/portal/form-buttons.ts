import { html } from '@lit-labs/ssr';
import type { Language } from '@signup-with-platform/messages';

export interface FormButtons {
  submit: string;
  /** What the form does cannot be undone. */
  isDanger?: boolean;
  /** Where to go instead. */
  cancel: string;
}

/** The buttons below a form: do it, or leave it. */
export function formButtons({ submit, isDanger, cancel }: FormButtons, { t }: Pick<Language, 't'>): unknown {
  return html`<div class="buttons"><button class="button ${isDanger ? 'danger' : 'primary'}">${submit}</button>
<a class="button secondary" href=${cancel}>${t('account.frame.cancel')}</a></div>`;
}
