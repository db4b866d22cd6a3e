import { html } from '@lit-labs/ssr';
import { csrfInput } from '#pages/forms.ts';
import { alertIcon, shieldIcon } from '#pages/icons.ts';
import { renderPage } from '#pages/layout.ts';
import type { PageContext } from '#pages/models.ts';
import type { RenderedPage } from '#pages/rendered-page.ts';
import { fill, isolate } from '#pages/text.ts';
import { pickStrings } from '#strings/pick-strings.ts';

export type ConfirmEmailModel =
  /** Opening the link does nothing yet: the button does. */
  | { outcome: 'ask'; action: string; code: string; csrf: string }
  | { outcome: 'confirmed' }
  /** The link is unknown, used or too old; or the address has an owner by now. */
  | { outcome: 'refused' };

/** The page behind the link in a confirmation mail. */
export function confirmEmailPage(context: PageContext, model: ConfirmEmailModel): RenderedPage {
  const language = pickStrings(context.languages);
  const strings = language.strings.confirmEmail;
  const { title, explanation } = strings[model.outcome];
  const platform = isolate(context.platformName);
  return renderPage(context, {
    language,
    title,
    scripts: [],
    main: html`${model.outcome === 'refused' ? html`<span class="badge bad">${alertIcon}</span>` : html`<span class="badge">${shieldIcon}</span>`}
<div class="intro"><h1>${title}</h1><p>${fill(explanation, { platform })}</p></div>
${
  model.outcome === 'ask'
    ? html`<form method="post" action=${model.action}>${csrfInput(model)}<input type="hidden" name="code" value=${model.code}><button class="button primary">${strings.submit}</button></form>`
    : ''
}`,
  });
}
