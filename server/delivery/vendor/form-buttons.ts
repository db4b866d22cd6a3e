import { html } from '@lit-labs/ssr';
import type { PortalCall } from '../../portal/route.ts';

export interface FormButtons {
  /** On the button that sends the form. */
  submit: string;
  /** Where "Cancel" leads. */
  cancel: string;
  /** What the form does cannot be undone. */
  isDanger?: boolean;
}

/** The last row of a form. */
export function formButtons(
  { language }: Pick<PortalCall, 'language'>,
  { submit, cancel, isDanger = false }: FormButtons,
): unknown {
  const kind = isDanger ? 'danger' : 'primary';
  return html`<div class="buttons"><button class="button ${kind}">${submit}</button>${linkButton(
    cancel,
    language.t('account.frame.cancel'),
  )}</div>`;
}

/** A link that looks like a button. */
export function linkButton(
  href: string,
  label: unknown,
  kind: 'primary' | 'secondary' | 'danger' = 'secondary',
): unknown {
  return html`<a class="button ${kind}" href=${href}>${label}</a>`;
}
