import { html } from '@lit-labs/ssr';
import { issuerOf } from '@signup-with-platform/protocol';
import type { FastifyReply } from 'fastify';
import { nothing } from 'lit';
import type { AddressProblem } from '#domain/apps/addresses.ts';
import type { AddressList, ListProblem, Refusal } from '#domain/apps/environment-addresses.ts';
import { alertBox, formFrame, textField } from '#pages/forms.ts';
import { isolateLeftToRight } from '#pages/text.ts';
import type { EnvironmentCall } from '#portal/route.ts';
import { environmentPath, sendAppPage } from '../app-layout.ts';
import { cardHeader } from '../card-header.ts';
import { problemText } from '../problem-text.ts';
import { productionCard } from '../review/review-cards.ts';
import { copyable, copyScript } from '../shown-once.ts';
import { type BackchannelAttempt, backchannelCard } from './backchannel-card.ts';
import { domainsCard } from './domains-card.ts';
import type { SetupDone } from './done.ts';

interface AddressAttempt {
  typed: string;
  refusal?: Refusal<ListProblem>;
}

/** Forms that are shown again, with what was typed. */
export interface SetupAttempt {
  origins?: AddressAttempt;
  redirectUris?: AddressAttempt;
  postLogoutRedirectUris?: AddressAttempt;
  backchannel?: BackchannelAttempt;
  endpoint?: { typed: string; refusal?: Refusal<AddressProblem | 'required'>; isKeyRefused: boolean };
}

export interface SetupModel {
  attempt: SetupAttempt;
  done: SetupDone | undefined;
  /** Above the cards. */
  alert?: unknown;
  /** Of the vendor's own sign-up endpoint. Its key is left out, because it is never shown. */
  endpointUrl: string | undefined;
}

/** What identifies an environment, and the addresses from which it may be used. */
export function sendSetup(call: EnvironmentCall, status: number, model: SetupModel): Promise<FastifyReply> {
  const { t } = call.language;
  const cards = [
    productionCard(call, call.environment),
    idsCard(call),
    domainsCard(call, mayEdit(call)),
    call.environment.kind === 'native' ? nothing : addressesCard(call, 'origins', model),
    addressesCard(call, 'redirectUris', model),
    addressesCard(call, 'postLogoutRedirectUris', model),
    backchannelCard(call, model.attempt.backchannel),
    endpointCard(call, model),
  ];
  return sendAppPage(call, status, 'setup', {
    title: t('vendor.app.environmentTabs.setup'),
    notice: model.done && t(`vendor.setup.done.${model.done}`),
    scripts: [copyScript()],
    main: html`${model.alert ?? (status === 400 ? alertBox(t('account.frame.checkFields')) : nothing)}${cards}`,
  });
}

const mayEdit = (call: EnvironmentCall) => call.role !== 'read-only';

function idsCard(call: EnvironmentCall): unknown {
  const { t } = call.language;
  const { clientId, realm } = call.environment;
  const row = (id: string, label: string, value: string, hint: string) =>
    html`<div class="stack tight"><p class="term">${label}</p>${copyable(call, { id, label, value })}<p
 class="small muted">${hint}</p></div>`;
  const issuer = issuerOf(call.context.config.publicUrl, realm);
  return html`<section class="card"><h2>${t('vendor.setup.ids')}</h2>
${row('client-id', t('vendor.once.clientId'), clientId, t('vendor.setup.clientIdHint'))}
${row('issuer', t('vendor.setup.issuer'), issuer, t('vendor.setup.issuerHint'))}</section>`;
}

/** For each list: the path below the environment, the form's input, and words. */
const LISTS = {
  origins: {
    path: 'origins',
    input: 'origin',
    title: 'vendor.setup.origins',
    lead: 'vendor.setup.originsLead',
    none: 'vendor.setup.noOrigins',
    label: 'vendor.setup.newOrigin',
  },
  redirectUris: {
    path: 'redirect-uris',
    input: 'redirect_uri',
    title: 'vendor.setup.redirectUris',
    lead: 'vendor.setup.redirectUrisLead',
    none: 'vendor.setup.noRedirectUris',
    label: 'vendor.setup.newRedirectUri',
  },
  postLogoutRedirectUris: {
    path: 'post-logout-redirect-uris',
    input: 'post_logout_redirect_uri',
    title: 'vendor.setup.postLogoutUris',
    lead: 'vendor.setup.postLogoutUrisLead',
    none: 'vendor.setup.noRedirectUris',
    label: 'vendor.setup.newPostLogoutUri',
  },
} as const satisfies Record<AddressList, unknown>;

function addressesCard(call: EnvironmentCall, list: AddressList, { attempt }: SetupModel): unknown {
  const { t } = call.language;
  const { path, title, none } = LISTS[list];
  const { environment } = call;
  const lead = environment.kind === 'native' ? 'vendor.setup.nativeRedirectUrisLead' : LISTS[list].lead;
  const addresses = [...environment[list], ...environment.waiting[list]];
  return html`<section class="card" id=${path}>${cardHeader(t(title), t(lead))}
${
  addresses.length === 0
    ? html`<p class="muted">${t(none)}</p>`
    : html`<ul class="rows">${addresses.map((address) => addressRow(call, list, address))}</ul>`
}
${mayEdit(call) ? addForm(call, list, attempt[list]) : nothing}</section>`;
}

function addressRow(call: EnvironmentCall, list: AddressList, address: string): unknown {
  const { t } = call.language;
  const form = formFrame(
    { action: `${environmentPath(call)}/${LISTS[list].path}/remove`, csrf: call.csrf },
    html`<input type="hidden" name="address" value=${address}><button
 class="link">${t('vendor.setup.remove')}<span class="hidden"> ${address}</span></button>`,
  );
  const waits = html` <span class="tag warn">${t('vendor.domains.waiting')}</span>`;
  const state = call.environment.waiting[list].includes(address) ? waits : nothing;
  return html`<li class="row"><span class="grow"><code>${isolateLeftToRight(address)}</code>${state}</span>${
    mayEdit(call) ? form : nothing
  }</li>`;
}

function addForm(call: EnvironmentCall, list: AddressList, attempt: AddressAttempt | undefined): unknown {
  const { t } = call.language;
  const { path, input } = LISTS[list];
  const label = t(LISTS[list].label);
  const field = textField({
    name: input,
    label,
    type: 'url',
    value: attempt?.typed,
    autocomplete: 'off',
    direction: 'ltr',
    required: true,
    autofocus: attempt !== undefined,
    error: attempt?.refusal && problemText(call.language, attempt.refusal),
  });
  return formFrame(
    { action: `${environmentPath(call)}/${path}`, csrf: call.csrf, layout: 'add', novalidate: true },
    html`${field}<button class="button secondary">${t('vendor.setup.add')}<span
 class="hidden"> ${label}</span></button>`,
  );
}

function endpointCard(call: EnvironmentCall, { attempt, endpointUrl }: SetupModel): unknown {
  const { t } = call.language;
  const header = cardHeader(t('vendor.setup.endpoint'), t('vendor.setup.endpointLead'));
  return html`<section class="card" id="signup-endpoint">${header}
${endpointUrl === undefined ? nothing : endpointRow(call, endpointUrl)}
${mayEdit(call) ? endpointForm(call, attempt.endpoint) : nothing}</section>`;
}

const endpointPath = (call: EnvironmentCall) => `${environmentPath(call)}/signup-endpoint`;

function endpointRow(call: EnvironmentCall, url: string): unknown {
  const { t } = call.language;
  const form = formFrame(
    { action: `${endpointPath(call)}/remove`, csrf: call.csrf },
    html`<button class="link">${t('vendor.setup.endpointRemove')}</button>`,
  );
  return html`<div class="row"><span class="grow"><span
 class="small muted">${t('vendor.setup.endpointCurrent')}</span><br><code>${isolateLeftToRight(url)}</code></span>${
   mayEdit(call) ? form : nothing
 }</div>`;
}

function endpointForm(call: EnvironmentCall, attempt: SetupAttempt['endpoint']): unknown {
  const { t } = call.language;
  return formFrame(
    { action: endpointPath(call), csrf: call.csrf, layout: 'stack', novalidate: true },
    html`
${textField({
  name: 'url',
  label: t('vendor.setup.endpointUrl'),
  type: 'url',
  value: attempt?.typed,
  autocomplete: 'off',
  direction: 'ltr',
  required: true,
  error: attempt?.refusal && problemText(call.language, attempt.refusal),
})}
${textField({
  name: 'key',
  label: t('vendor.setup.endpointKey'),
  autocomplete: 'off',
  direction: 'ltr',
  required: true,
  hint: t('vendor.setup.endpointKeyHint'),
  error: attempt?.isKeyRefused ? t('vendor.setup.keyProblem') : undefined,
})}
<div class="buttons"><button class="button secondary">${t('vendor.setup.endpointSave')}</button></div>`,
  );
}
