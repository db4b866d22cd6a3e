import { html } from '@lit-labs/ssr';
import { pickLanguage } from '@signup-with-platform/messages';
import { closeButton, closeWindowScript } from '#pages/closing.ts';
import { alertIcon } from '#pages/icons.ts';
import { renderPage } from '#pages/layout.ts';
import type { PageContext } from '#pages/models.ts';
import type { RenderedPage } from '#pages/rendered-page.ts';
import { isolate, isolateLeftToRight } from '#pages/text.ts';
import { originOrScheme } from '#pages/uris.ts';
import { answerForm } from './answer-form.ts';
import type { LeavingModel } from './models.ts';

/** Says where a link leads that nobody has asked for: anybody can register an app, and link to it by an address of the platform. */
export function leavingPage(context: PageContext, { address, fields }: LeavingModel): RenderedPage {
  const language = pickLanguage(context.languages);
  const { t } = language;
  const platform = isolate(context.platformName);
  const origin = isolateLeftToRight(originOrScheme(address));
  const label = html`<span>${t.rich('popup.leaving.submit', { origin })}</span>`;
  return renderPage(context, {
    language,
    ...(fields && { formAddress: address }),
    title: t('popup.leaving.title'),
    scripts: [closeWindowScript()],
    main: html`<span class="badge bad">${alertIcon}</span>
<div class="intro"><h1>${t.rich('popup.leaving.heading', { platform })}</h1>
<p>${t.rich('popup.leaving.explanation', { platform, origin })}</p></div>
<div class="sticky">${
      fields
        ? answerForm({ address, fields }, html`<button class="button primary">${label}</button>`)
        : html`<a class="button primary" href=${address} rel="noreferrer">${label}</a>`
    }
${closeButton(language)}</div>`,
  });
}
