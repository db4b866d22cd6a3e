import { html } from '@lit-labs/ssr';
import { type Language, pickLanguage } from '@signup-with-platform/messages';
import { nothing } from 'lit';
import { closeButton, closeWindowScript } from '#pages/closing.ts';
import { alertIcon, checkIcon } from '#pages/icons.ts';
import { inlineScript, inlineScriptWithData } from '#pages/inline.ts';
import { renderPage } from '#pages/layout.ts';
import type { PageContext } from '#pages/models.ts';
import type { RenderedPage } from '#pages/rendered-page.ts';
import { isolate, isolateLeftToRight } from '#pages/text.ts';
import { isWebOrigin } from '#pages/uris.ts';
import { windowTitle } from '#pages/window-title.ts';
import type { DeliverModel } from './models.ts';
import { deliver } from './scripts/deliver.ts';
import { resolveFedcm } from './scripts/resolve-fedcm.ts';
import { tellDelivery } from './scripts/tell-delivery.ts';

const tellScript = inlineScript(tellDelivery);
const deliverScript = inlineScriptWithData(deliver);
const resolveScript = inlineScriptWithData(resolveFedcm);

/**
 * The last page: posts the message to the one registered origin, and closes. It is seen only when something is in the way.
 *
 * @throws TypeError when `targetOrigin` is not an exact web origin: never `*`
 */
export function deliverPage(context: PageContext, model: DeliverModel): RenderedPage {
  if (!isWebOrigin(model.targetOrigin)) {
    throw new TypeError(`not an origin to deliver to: ${JSON.stringify(model.targetOrigin)}`);
  }
  const language = pickLanguage(context.languages);
  const { t } = language;
  const vendor = context.vendor ? isolate(context.vendor.name) : isolateLeftToRight(model.targetOrigin);
  const pending = html`<h1>${t.rich('popup.deliver.heading', { vendor })}</h1>`;
  const delivered = html`<h1>${t.rich('popup.deliver.deliveredHeading', { vendor })}</h1>
<p class="muted">${t('popup.deliver.delivered')}</p>`;
  const unreachable = html`<h1>${t.rich('popup.deliver.unreachableHeading', { vendor })}</h1>
<p class="muted scripted">${t.rich('popup.deliver.unreachable', { vendor })}</p>
<p class="muted scriptless">${t.rich('popup.deliver.noScript', { vendor })}</p>`;
  const { platformName } = context;
  const { targetOrigin, fedcm } = model;
  const deliveredTitle = windowTitle({ platformName, title: t('popup.deliver.deliveredTitle') }, language);
  const failedTitle = windowTitle(
    { platformName, title: t('popup.deliver.unreachableTitle'), problem: 'error' },
    language,
  );
  return renderPage(context, {
    language,
    personal: true,
    title: t('popup.deliver.title'),
    scripts: [
      tellScript(),
      fedcm ? resolveScript({ message: fedcm, targetOrigin }) : deliverScript(model),
      closeWindowScript(),
    ],
    main: html`<div class="delivery" role="status">
<div class="message pending"><span class="spinner"></span>${pending}</div>
<div class="message delivered" data-title=${deliveredTitle}><span class="badge">${checkIcon}</span>${delivered}</div>
<div class="message unreachable" data-title=${failedTitle}><span class="badge bad">${alertIcon}</span>${unreachable}</div>
</div>
${fedcm ? nothing : forDevelopers(model, language)}
<div class="sticky closing">${closeButton(language)}</div>`,
  });
}

/** Seen when the page that opened the window is cut off: then its element cannot say what is wrong either. In English, as all for developers. */
function forDevelopers({ message: { error, error_description: why }, targetOrigin }: DeliverModel, { t }: Language) {
  const refusal = error && html`<p class="small">${error}${why ? `: ${why}` : ''}</p>`;
  return html`<section class="box cut-off"><h2>${t('popup.errorPage.forDevelopers')}</h2><div lang="en" dir="ltr">
${refusal || nothing}
<p class="small">If the page is still open, its Cross-Origin-Opener-Policy cuts it off from this window. Send
<code>Cross-Origin-Opener-Policy: same-origin-allow-popups</code>, or register a redirect URI of <code>${targetOrigin}</code> and name it in
the tag&rsquo;s attribute <code>redirect-uri</code>.</p></div></section>`;
}
