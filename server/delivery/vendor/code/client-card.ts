import { html } from '@lit-labs/ssr';
import { issuerOf, realmOf } from '@signup-with-platform/protocol';
import { nothing } from 'lit';
import { isolateLeftToRight } from '#pages/text.ts';
import { isWebOrigin } from '#pages/uris.ts';
import type { EnvironmentCall } from '#portal/route.ts';
import { environmentPath } from '../app-layout.ts';
import { cardHeader } from '../card-header.ts';
import { copyable } from '../shown-once.ts';
import { type ClientSample, clientSamples } from './client-samples.ts';
import { snippet } from './snippet.ts';

/** What to paste into a client that somebody else wrote, and the lines for the best known ones, a fold each. */
export function clientCard(call: EnvironmentCall): unknown {
  const { t } = call.language;
  const { environment, context } = call;
  const { clientId, redirectUris, origins } = environment;
  const issuer = issuerOf(context.config.publicUrl, realmOf(environment.environment));
  const value = (id: string, label: string, text: string) => html`<div class="stack tight"><p
 class="term">${label}</p>${copyable(call, { id, label, value: text })}</div>`;
  const samples = clientSamples({
    issuer,
    clientId,
    redirectUris,
    origin: origins.find(isWebOrigin) ?? 'https://shop.example',
    keysUrl: `${context.config.publicUrl}${environmentPath(call)}/keys`,
  });
  return html`<section class="card">${cardHeader(t('vendor.code.client'), t('vendor.code.clientLead'))}
<div class="stack">${value('issuer', t('vendor.code.issuer'), issuer)}
${value('discovery', t('vendor.code.discovery'), `${issuer}/.well-known/openid-configuration`)}
${value('client-id', t('vendor.once.clientId'), clientId)}
${redirectUris.map((uri, index) => value(`redirect-uri-${index}`, t('vendor.code.redirectUri'), uri))}</div>
${samples.map((sample) => clientFold(call, sample))}</section>`;
}

function clientFold(call: EnvironmentCall, { id, client, redirectUri, code }: ClientSample): unknown {
  const { t } = call.language;
  const setup = html`<a href=${`${environmentPath(call)}/setup`}>${t('vendor.app.environmentTabs.setup')}</a>`;
  const register = call.environment.redirectUris.includes(redirectUri)
    ? nothing
    : html`<p class="small muted">${t.rich('vendor.code.expects', {
        redirectUri: html`<code>${isolateLeftToRight(redirectUri)}</code>`,
        setup,
      })}</p>`;
  const label = t('vendor.code.clientName', { client });
  return html`<details class="fold" name="client"><summary><h3>${client}</h3></summary><div
 class="stack tight">${register}${snippet(call, id, label, code)}</div></details>`;
}
