import { html } from '@lit-labs/ssr';
import { type Language, pickLanguage } from '@signup-with-platform/messages';
import { nothing } from 'lit';
import { formFrame, formsScript } from '#pages/forms.ts';
import { shieldIcon } from '#pages/icons.ts';
import { renderPage } from '#pages/layout.ts';
import type { PageContext } from '#pages/models.ts';
import type { RenderedPage } from '#pages/rendered-page.ts';
import { isolate, isolateLeftToRight } from '#pages/text.ts';
import { originOrScheme } from '#pages/uris.ts';
import { accountLines } from './account-lines.ts';
import type { WayBack } from './models.ts';
import { vendorRow } from './vendor.ts';

export type LogoutModel =
  /** Somebody is signed in, and nothing shows that the session is the vendor's to end. */
  | {
      outcome: 'ask';
      action: string;
      csrf: string;
      /** What was asked for, sealed. */
      request: string;
      account: { name?: string | undefined; email?: string | undefined };
      /** Where to go without signing out. */
      stay: string;
    }
  /** Nobody is signed in (any more), and there is nowhere to go back to, or nobody has chosen to go there. */
  | { outcome: 'done'; signIn: string; back?: WayBack | undefined; developerHint?: string | undefined };

/** The pages of the logout endpoint. */
export function logoutPage(context: PageContext, model: LogoutModel): RenderedPage {
  const language = pickLanguage(context.languages);
  return model.outcome === 'ask' ? askPage(context, language, model) : donePage(context, language, model);
}

function askPage(
  context: PageContext,
  language: Language,
  model: Extract<LogoutModel, { outcome: 'ask' }>,
): RenderedPage {
  const { t } = language;
  const platform = isolate(context.platformName);
  const { action, csrf, request } = model;
  return renderPage(context, {
    language,
    title: t('popup.logout.ask.title'),
    personal: true,
    deliberate: true,
    scripts: [formsScript(language)],
    main: html`<div class="intro"><h1>${t.rich('popup.logout.ask.heading', { platform })}</h1></div>
${accountLines(model.account, language)}
<p>${t.rich('popup.logout.ask.explanation', { platform })}</p>
${vendorRow(context, language)}
<div class="sticky">${formFrame(
      { action, csrf, deliberate: t('shared.common.pressAgain') },
      html`<input type="hidden" name="request" value=${request}><button class="button primary">${t('popup.logout.ask.submit')}</button>`,
    )}
<a class="button secondary" href=${model.stay}>${t('popup.logout.ask.stay')}</a></div>`,
  });
}

function donePage(
  context: PageContext,
  language: Language,
  { signIn, back, developerHint }: Extract<LogoutModel, { outcome: 'done' }>,
): RenderedPage {
  const { t } = language;
  const platform = isolate(context.platformName);
  const title = t('popup.logout.done.title');
  const forDevelopers = html`<section class="box"><h2>${t('popup.errorPage.forDevelopers')}</h2>
<p class="small" lang="en" dir="ltr">${developerHint}</p></section>`;
  return renderPage(context, {
    language,
    title,
    scripts: [],
    main: html`<span class="badge">${shieldIcon}</span>
<div class="intro"><h1>${title}</h1><p>${t.rich('popup.logout.done.explanation', { platform })}</p></div>
${developerHint === undefined ? nothing : forDevelopers}
${back ? html`<div class="actions"><p class="below small"><a href=${signIn}>${t('shared.signIn.title')}</a></p></div>` : nothing}
<div class="sticky">${
      back ? wayBack(back, language) : html`<a class="button secondary" href=${signIn}>${t('shared.signIn.title')}</a>`
    }</div>`,
  });
}

/** With its origin, because anybody can register an app under any name. */
function wayBack({ uri, vendor }: WayBack, { t }: Language): unknown {
  const label = t.rich('popup.errorPage.backTo', { vendor: isolate(vendor) });
  return html`<a class="button primary" href=${uri} rel="noreferrer"><span>${label}</span></a>
<p class="small muted">${isolateLeftToRight(originOrScheme(uri))}</p>`;
}
