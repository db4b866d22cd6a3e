import { html } from '@lit-labs/ssr';
import type { FastifyReply } from 'fastify';
import { alertIcon } from '#pages/icons.ts';
import { inlineScript } from '#pages/inline.ts';
import { sendPortalPage } from '#portal/layout.ts';
import type { PersonCall } from '#portal/route.ts';
import { keepCodes } from './scripts/keep-codes.ts';

const keepCodesScript = inlineScript(keepCodes);

/** The recovery codes, this once: they are stored as hashes, so no other request can show them. */
export function sendRecoveryCodes(call: PersonCall, codes: readonly string[]): Promise<FastifyReply> {
  const { base, language } = call;
  const { t } = language;
  const security = `${base}/security`;
  const file = [`${call.context.config.platformName}: ${t('account.secondFactor.codes.label')}`, '', ...codes, ''];
  const text = `data:text/plain;charset=utf-8,${encodeURIComponent(file.join('\r\n'))}`;
  const title = t('account.secondFactor.codes.title');
  const label = t('account.secondFactor.codes.label');
  return sendPortalPage(call, 200, {
    navItem: 'security',
    title,
    scripts: [keepCodesScript()],
    main: html`<div class="warning">${alertIcon}<p>${t('account.secondFactor.codes.lead')}</p></div>
<section class="card" aria-label=${label} data-shown-at=${security}>
<ul class="recovery-codes" id="recovery-codes" dir="ltr" translate="no">${codes.map((code) => html`<li><code>${code}</code></li>\n`)}</ul>
<div class="buttons"><button class="button secondary" type="button" data-keep="copy" data-copied=${t('account.secondFactor.codes.copied')}
 data-selected=${t('account.secondFactor.codes.selected')} hidden>${t('account.secondFactor.codes.copy')}</button>
<a class="button secondary" download="recovery-codes.txt" href=${text}>${t('account.secondFactor.codes.download')}</a>
<button class="button secondary" type="button" data-keep="print" hidden>${t('account.secondFactor.codes.print')}</button>
<span class="small muted" role="status" data-keep-status></span></div></section>
<p class="buttons"><a class="button primary" href=${security}>${t('account.secondFactor.codes.kept')}</a></p>`,
  });
}
