import { html } from '@lit-labs/ssr';
import { pickLanguage } from '@signup-with-platform/messages';
import { nothing } from 'lit';
import { formFrame } from '#pages/forms.ts';
import { alertIcon, shieldIcon } from '#pages/icons.ts';
import { renderPage } from '#pages/layout.ts';
import type { PageContext } from '#pages/models.ts';
import type { RenderedPage } from '#pages/rendered-page.ts';
import { isolate } from '#pages/text.ts';

export type ConfirmEmailModel =
  /** Opening the link does nothing yet: the button does. */
  | { outcome: 'ask'; action: string; code: string; csrf: string }
  | { outcome: 'confirmed' }
  /** The link is unknown, used or too old; or the address has an owner by now. */
  | { outcome: 'refused' };

/** The page behind the link in a confirmation mail. */
export function confirmEmailPage(context: PageContext, model: ConfirmEmailModel): RenderedPage {
  const language = pickLanguage(context.languages);
  const { t } = language;
  const title = t(`popup.confirmEmail.${model.outcome}.title`);
  const explanation = t.rich(`popup.confirmEmail.${model.outcome}.explanation`, {
    platform: isolate(context.platformName),
  });
  const badge =
    model.outcome === 'refused'
      ? html`<span class="badge bad">${alertIcon}</span>`
      : html`<span class="badge">${shieldIcon}</span>`;
  const form =
    model.outcome === 'ask'
      ? formFrame(
          { ...model, deliberate: t('shared.common.pressAgain') },
          html`<input type="hidden" name="code" value=${model.code}>
<button class="button primary">${t('popup.confirmEmail.submit')}</button>`,
        )
      : nothing;
  return renderPage(context, {
    language,
    title,
    scripts: [],
    deliberate: model.outcome === 'ask',
    main: html`${badge}
<div class="intro"><h1>${title}</h1><p>${explanation}</p></div>
${form}`,
  });
}
