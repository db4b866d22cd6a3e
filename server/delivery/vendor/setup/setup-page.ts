import { html } from '@lit-labs/ssr';
import { issuerOf } from '@signup-with-platform/protocol';
import type { FastifyReply } from 'fastify';
import { nothing } from 'lit';
import type { AddressProblem } from '#domain/apps/addresses.ts';
import type { AddressList, ListProblem, Refusal } from '#domain/apps/environment-addresses.ts';
import { alertBox, csrfInput, textField } from '#pages/forms.ts';
import { isolateLeftToRight } from '#pages/text.ts';
import type { EnvironmentCall } from '#portal/route.ts';
import { portalStrings } from '#portal/strings.ts';
import { environmentPath, sendAppPage } from '../app-layout.ts';
import { problemText } from '../problem-text.ts';
import { copyable, copyScript } from '../shown-once.ts';
import { appsStrings } from '../strings.ts';
import type { SetupDone } from './done.ts';

interface AddressAttempt {
  typed: string;
  refusal?: Refusal<ListProblem>;
}

/** Forms that came back. */
export interface SetupAttempt {
  origins?: AddressAttempt;
  redirectUris?: AddressAttempt;
  endpoint?: { typed: string; refusal?: Refusal<AddressProblem | 'required'>; isKeyRefused: boolean };
}

export interface SetupModel {
  attempt: SetupAttempt;
  done: SetupDone | undefined;
  /** Of the vendor's own sign-up endpoint. Its key is not here: it is never shown. */
  endpointUrl: string | undefined;
}

/** What identifies an environment, and where it may be used from. */
export function sendSetup(call: EnvironmentCall, status: number, model: SetupModel): Promise<FastifyReply> {
  const { setup } = appsStrings(call.language);
  const general = portalStrings(call.language);
  return sendAppPage(call, status, 'setup', {
    title: general.app.environmentTabs.setup,
    notice: model.done && setup.done[model.done],
    scripts: [copyScript()],
    main: html`${status === 400 ? alertBox(general.checkFields) : nothing}${idsCard(call)}${addressesCard(call, 'origins', model)}${addressesCard(call, 'redirectUris', model)}${endpointCard(call, model)}`,
  });
}

function idsCard(call: EnvironmentCall): unknown {
  const { setup, once } = appsStrings(call.language);
  const { clientId, realm } = call.environment;
  const row = (id: string, label: string, value: string, hint: string) =>
    html`<div class="stack tight"><p class="term">${label}</p>${copyable(call, { id, label, value })}<p class="small muted">${hint}</p></div>`;
  return html`<section class="card"><h2>${setup.ids}</h2>
${row('client-id', once.clientId, clientId, setup.clientIdHint)}
${row('issuer', setup.issuer, issuerOf(call.context.config.publicUrl, realm), setup.issuerHint)}</section>`;
}

const LIST_PATHS: Readonly<Record<AddressList, string>> = { origins: 'origins', redirectUris: 'redirect-uris' };

function addressesCard(call: EnvironmentCall, list: AddressList, { attempt }: SetupModel): unknown {
  const { setup } = appsStrings(call.language);
  const path = `${environmentPath(call)}/${LIST_PATHS[list]}`;
  const words = {
    origins: { title: setup.origins, lead: setup.originsLead, none: setup.noOrigins, label: setup.newOrigin },
    redirectUris: {
      title: setup.redirectUris,
      lead: setup.redirectUrisLead,
      none: setup.noRedirectUris,
      label: setup.newRedirectUri,
    },
  }[list];
  const addresses = call.environment[list];
  const mayEdit = call.role !== 'read-only';
  const removeForm = (address: string) =>
    html`<form method="post" action="${path}/remove">${csrfInput(call)}<input type="hidden" name="address" value=${address}><button class="link">${setup.remove}<span class="hidden"> ${address}</span></button></form>`;
  return html`<section class="card" id=${LIST_PATHS[list]}><header><h2>${words.title}</h2><p class="small muted">${words.lead}</p></header>
${
  addresses.length === 0
    ? html`<p class="muted">${words.none}</p>`
    : html`<ul class="rows">${addresses.map(
        (address) =>
          html`<li class="row"><span class="grow"><code>${isolateLeftToRight(address)}</code></span>${mayEdit ? removeForm(address) : nothing}</li>`,
      )}</ul>`
}
${mayEdit ? addForm(call, list, path, words.label, attempt[list]) : nothing}</section>`;
}

function addForm(
  call: EnvironmentCall,
  list: AddressList,
  path: string,
  label: string,
  attempt: AddressAttempt | undefined,
): unknown {
  const { setup } = appsStrings(call.language);
  return html`<form class="add" method="post" action=${path} novalidate>${csrfInput(call)}${textField({
    name: list === 'origins' ? 'origin' : 'redirect_uri',
    label,
    type: 'url',
    value: attempt?.typed,
    autocomplete: 'off',
    direction: 'ltr',
    autofocus: attempt !== undefined,
    error: attempt?.refusal && problemText(call.language, attempt.refusal),
  })}<button class="button secondary">${setup.add}<span class="hidden"> ${label}</span></button></form>`;
}

function endpointCard(call: EnvironmentCall, { attempt, endpointUrl }: SetupModel): unknown {
  const { setup } = appsStrings(call.language);
  const path = `${environmentPath(call)}/signup-endpoint`;
  const mayEdit = call.role !== 'read-only';
  return html`<section class="card" id="signup-endpoint"><header><h2>${setup.endpoint}</h2><p class="small muted">${setup.endpointLead}</p></header>
${
  endpointUrl === undefined
    ? nothing
    : html`<div class="row"><span class="grow"><span class="small muted">${setup.endpointCurrent}</span><br><code>${isolateLeftToRight(endpointUrl)}</code></span>${
        mayEdit
          ? html`<form method="post" action="${path}/remove">${csrfInput(call)}<button class="link">${setup.endpointRemove}</button></form>`
          : nothing
      }</div>`
}
${mayEdit ? endpointForm(call, path, attempt.endpoint) : nothing}</section>`;
}

function endpointForm(call: EnvironmentCall, path: string, attempt: SetupAttempt['endpoint']): unknown {
  const { setup } = appsStrings(call.language);
  return html`<form class="stack" method="post" action=${path} novalidate>${csrfInput(call)}
${textField({
  name: 'url',
  label: setup.endpointUrl,
  type: 'url',
  value: attempt?.typed,
  autocomplete: 'off',
  direction: 'ltr',
  error: attempt?.refusal && problemText(call.language, attempt.refusal),
})}
${textField({
  name: 'key',
  label: setup.endpointKey,
  autocomplete: 'off',
  direction: 'ltr',
  hint: setup.endpointKeyHint,
  error: attempt?.isKeyRefused ? setup.keyProblem : undefined,
})}
<div class="buttons"><button class="button secondary">${setup.endpointSave}</button></div></form>`;
}
