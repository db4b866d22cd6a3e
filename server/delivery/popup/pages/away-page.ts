import { html } from '@lit-labs/ssr';
import { pickLanguage } from '@signup-with-platform/messages';
import { AWAY_MESSAGE, type AwayMessage } from '@signup-with-platform/protocol';
import { goAwayScript } from '#pages/going-away.ts';
import { renderPage } from '#pages/layout.ts';
import type { PageContext } from '#pages/models.ts';
import type { RenderedPage } from '#pages/rendered-page.ts';
import { isolate } from '#pages/text.ts';
import { isWebOrigin } from '#pages/uris.ts';
import type { AwayModel } from './models.ts';
import { vendorRow } from './vendor.ts';

/** Leads to another login. Seen for a moment, or without script. */
export function awayPage({ ready, ...context }: PageContext, { address, name }: AwayModel): RenderedPage {
  const language = pickLanguage(context.languages);
  const { t } = language;
  const login = isolate(name);
  const isTold = ready !== undefined && isWebOrigin(ready.origin);
  return renderPage(context, {
    language,
    isFirst: true,
    personal: true,
    title: t('popup.upstream.away.title'),
    scripts: [
      goAwayScript({
        message: isTold && ({ type: AWAY_MESSAGE, state: ready.state } satisfies AwayMessage),
        targetOrigin: isTold ? ready.origin : '',
        relay: address,
      }),
    ],
    main: html`<div class="intro"><h1>${t.rich('popup.upstream.away.heading', { login })}</h1></div>
${vendorRow(context, language)}
<div class="sticky"><a class="button secondary" href=${address} rel="noreferrer"><span>${t.rich('popup.upstream.continue', { login })}</span></a></div>`,
  });
}
