import { html } from '@lit-labs/ssr';
import { pickLanguage } from '@signup-with-platform/messages';
import { nothing } from 'lit';
import { formFrame, formsScript } from '#pages/forms.ts';
import { keyIcon } from '#pages/icons.ts';
import { renderPage } from '#pages/layout.ts';
import type { PageContext } from '#pages/models.ts';
import type { RenderedPage } from '#pages/rendered-page.ts';
import { isolate } from '#pages/text.ts';
import { cancelForm, cancelScripts } from './cancel-form.ts';
import type { LinkIdentityModel } from './models.ts';
import { vendorRow } from './vendor.ts';

/** After a sign-in: may the login that the person came from open this account, too? */
export function linkIdentityPage(context: PageContext, model: LinkIdentityModel): RenderedPage {
  const language = pickLanguage(context.languages);
  const { t } = language;
  const login = isolate(model.name);
  const account = isolate(model.account.email ?? model.account.name ?? '');
  const frame = {
    action: `${model.action}/link-identity`,
    csrf: model.csrf,
    deliberate: t('shared.common.pressAgain'),
  };
  const there = model.there === undefined ? nothing : html`<p class="small muted">${isolate(model.there)}</p>`;
  return renderPage(context, {
    language,
    title: t('popup.upstream.link.title'),
    scripts: [formsScript(language), ...cancelScripts(context)],
    personal: true,
    deliberate: true,
    main: html`<span class="badge">${keyIcon}</span>
<div class="intro"><h1>${t.rich('popup.upstream.link.heading', { login })}</h1>
<p>${t.rich('popup.upstream.link.explanation', { login, account })}</p>${there}</div>
${vendorRow(context, language)}
<div class="sticky">${formFrame(
      frame,
      html`<input type="hidden" name="link" value="yes"><button class="button primary"><span>${t.rich('popup.upstream.link.submit', { login })}</span></button>`,
    )}
${formFrame(frame, html`<button class="button secondary">${t('popup.upstream.link.notNow')}</button>`)}
${cancelForm(model, language)}</div>`,
  });
}
