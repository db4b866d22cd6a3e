import { html } from '@lit-labs/ssr';
import { pickLanguage } from '@signup-with-platform/messages';
import { closeButton, closeWindowScript } from '#pages/closing.ts';
import { formsScript } from '#pages/forms.ts';
import { alertIcon, checkIcon } from '#pages/icons.ts';
import { inlineScriptWithData } from '#pages/inline.ts';
import { renderPage } from '#pages/layout.ts';
import type { PageContext } from '#pages/models.ts';
import type { RenderedPage } from '#pages/rendered-page.ts';
import { isolate } from '#pages/text.ts';
import { cancelForm, cancelScripts } from './cancel-form.ts';
import type { UpstreamWindowModel } from './models.ts';
import { tellPopup } from './scripts/tell-popup.ts';
import { waitForWindow } from './scripts/wait-for-window.ts';
import { vendorRow } from './vendor.ts';

const waitScript = inlineScriptWithData(waitForWindow);
const tellScript = inlineScriptWithData(tellPopup);
/** Of this interaction; only pages of this origin can listen. */
const channelOf = (channel: string) => `upstream:${channel}`;

/** In the popup: opens another login beside it, and goes on when that window says so; without script, by a press. */
export function upstreamWindowPage(context: PageContext, model: UpstreamWindowModel): RenderedPage {
  const language = pickLanguage(context.languages);
  const { t } = language;
  const login = isolate(model.name);
  const onward = `${model.action}/upstream-return`;
  const opensNewWindow = html`<span class="hidden"> ${t('shared.common.opensNewWindow')}</span>`;
  return renderPage(context, {
    language,
    isFirst: true,
    personal: true,
    title: t('popup.upstream.window.title'),
    scripts: [
      formsScript(language),
      waitScript({ message: channelOf(model.channel), targetOrigin: '', relay: onward }),
      ...cancelScripts(context),
    ],
    main: html`<div class="intro"><h1>${t.rich('popup.upstream.window.heading', { login })}</h1>
<p>${t('popup.upstream.window.explanation')}</p></div>
${vendorRow(context, language)}
<div class="sticky"><a class="button primary" href=${model.address} target="_blank" rel="noopener noreferrer"><span>${t.rich('popup.upstream.continue', { login })}</span>${opensNewWindow}</a>
<a class="button secondary" href=${onward}>${t('popup.upstream.window.continue')}</a>
${cancelForm(model, language)}</div>`,
  });
}

/** The last page of that window: tells the popup that it can go on, and how to. */
export function upstreamWindowDonePage(
  { ready: _, ...context }: PageContext,
  { channel, isSignedIn }: { channel: string; isSignedIn: boolean },
): RenderedPage {
  const language = pickLanguage(context.languages);
  const { t } = language;
  const outcome = isSignedIn ? 'done' : 'failed';
  return renderPage(context, {
    language,
    title: t(`popup.upstream.window.${outcome}.title`),
    scripts: [tellScript({ message: channelOf(channel), targetOrigin: '' }), closeWindowScript()],
    main: html`<span class="badge ${isSignedIn ? '' : 'bad'}">${isSignedIn ? checkIcon : alertIcon}</span>
<div class="intro"><h1>${t(`popup.upstream.window.${outcome}.title`)}</h1><p>${t(`popup.upstream.window.${outcome}.explanation`)}</p></div>
<div class="sticky">${closeButton(language)}</div>`,
  });
}
