import { html } from '@lit-labs/ssr';
import { pickLanguage } from '@signup-with-platform/messages';
import { nothing } from 'lit';
import { askSupport } from '#pages/brand.ts';
import { closeWindowScript, wayOut } from '#pages/closing.ts';
import { alertIcon, shieldIcon } from '#pages/icons.ts';
import { renderPage } from '#pages/layout.ts';
import type { PageContext } from '#pages/models.ts';
import type { RenderedPage } from '#pages/rendered-page.ts';
import { retryButton, retryForm, retryScripts } from '#pages/retry.ts';
import { isolate, isolateLeftToRight } from '#pages/text.ts';
import { appUri, originOrScheme } from '#pages/uris.ts';
import { answerForm } from './answer-form.ts';
import type { ErrorModel, WayBack } from './models.ts';

/** Says what happened, that nothing was shared, and what to do; apart from that, what the vendor's developer should fix. */
export function errorPage(context: PageContext, model: ErrorModel): RenderedPage {
  const language = pickLanguage(context.languages);
  const { t } = language;
  const { code, developerHint, requestId, retry } = model;
  const title = t(`popup.errorPage.${code}.title`);
  const explanation = t.rich(`popup.errorPage.${code}.explanation`, { platform: isolate(context.platformName) });
  const back = appUri(model.wayBack?.uri) ? model.wayBack : undefined;
  const backTo = () => t.rich('popup.errorPage.backTo', { vendor: isolate(model.wayBack?.vendor ?? '') });
  const forDevelopers =
    developerHint &&
    html`<section class="box"><h2>${t('popup.errorPage.forDevelopers')}</h2>
<p class="small" lang="en" dir="ltr">${developerHint}</p></section>`;
  const id = html`<code>${isolateLeftToRight(requestId)}</code>`;
  return renderPage(context, {
    language,
    title,
    scripts: [closeWindowScript(), ...retryScripts(retry)],
    // What somebody has typed is theirs.
    personal: retry?.way === 'form',
    formsAnywhere: retry?.way === 'form',
    ...(back?.fields && retry?.way !== 'form' && { formAddress: back.uri }),
    main: html`<span class="badge bad">${alertIcon}</span>
<div class="intro"><h1>${title}</h1><p>${explanation}</p></div>
<p>${t(`popup.errorPage.${code}.whatToDo`)}</p>
<p class="note">${shieldIcon}<span>${t('popup.errorPage.nothingShared')}</span></p>
${forDevelopers || nothing}
<div class="actions end below">${askSupport(context.brand, language)}
<p class="small muted">${t.rich('popup.errorPage.requestId', { id })}</p></div>
${retry ? retryForm(retry, language) : nothing}
<div class="sticky">${retry ? retryButton(retry, language) : nothing}
${back ? wayBack(back, backTo()) : wayOut(language)}</div>`,
  });
}

/** With its origin, because anybody can register an app under any name. */
function wayBack({ uri, fields }: WayBack, label: unknown): unknown {
  const way = fields
    ? answerForm({ address: uri, fields }, html`<button class="button secondary"><span>${label}</span></button>`)
    : html`<a class="button secondary" href=${uri}><span>${label}</span></a>`;
  return html`${way}
<p class="small muted">${isolateLeftToRight(originOrScheme(uri))}</p>`;
}
