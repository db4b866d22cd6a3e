import { html } from '@lit-labs/ssr';
import type { FastifyReply } from 'fastify';
import { nothing } from 'lit';
import { type KeyState, keyState } from '#domain/apps/keys.ts';
import { csrfInput } from '#pages/forms.ts';
import { alertIcon } from '#pages/icons.ts';
import { fill, isolate, isolateLeftToRight } from '#pages/text.ts';
import { day, moment } from '#portal/dates.ts';
import { relativeTime } from '#portal/relative-time.ts';
import type { EnvironmentCall } from '#portal/route.ts';
import { portalStrings } from '#portal/strings.ts';
import type { ApiKey } from '#storage/api-keys.ts';
import { environmentPath, sendAppPage } from '../app-layout.ts';
import { en } from './strings/en.ts';
import { keysStrings } from './strings.ts';

/** What has just been done, as the page's address tells it. */
export type KeysDone = keyof typeof en.done;

export function isDoneKey(text: string | undefined): text is KeysDone {
  return text !== undefined && Object.hasOwn(en.done, text);
}

export function keysPath(call: EnvironmentCall): string {
  return `${environmentPath(call)}/keys`;
}

/** The one page about all of it; members who may only read see no way to change anything. */
export function sendKeys(
  call: EnvironmentCall,
  keys: readonly ApiKey[],
  done: KeysDone | undefined,
): Promise<FastifyReply> {
  const strings = keysStrings(call.language);
  return sendAppPage(call, 200, 'keys', {
    title: portalStrings(call.language).app.environmentTabs.keys,
    lead: strings.lead,
    notice: done && strings.done[done],
    main: html`${warnings(call, keys)}${secretCard(call)}${keysCard(call, keys)}`,
  });
}

function warnings(call: EnvironmentCall, keys: readonly ApiKey[]): unknown {
  const strings = keysStrings(call.language);
  return keys
    .filter((key) => keyState(key) === 'expires_soon')
    .map(
      ({ name, expiresAt = new Date() }) =>
        html`<div class="warning">${alertIcon}<p>${fill(strings.keys.endsSoon, {
          name: html`<b>${isolate(name)}</b>`,
          date: moment(expiresAt, call.language.tag),
        })}</p></div>`,
    );
}

function secretCard(call: EnvironmentCall): unknown {
  const { secret } = keysStrings(call.language);
  const mayEdit = call.role !== 'read-only';
  const previous = previousOf(call);
  return html`<section class="card"><header><h2>${secret.title}</h2><p class="small muted">${secret.lead}</p></header>
${
  previous
    ? html`<div class="warning">${alertIcon}<p class="grow">${fill(secret.previous, { date: moment(previous, call.language.tag) })}</p>${
        mayEdit
          ? html`<form method="post" action="${keysPath(call)}/secret/end-previous">${csrfInput(call)}<button class="link">${secret.endPrevious}</button></form>`
          : nothing
      }</div>`
    : nothing
}
${mayEdit ? html`<div class="buttons"><a class="button secondary" href="${keysPath(call)}/secret">${secret.make}</a></div>` : nothing}</section>`;
}

/** When the secret before the current one stops. */
export function previousOf({ environment }: EnvironmentCall): Date | undefined {
  const expiresAt = environment.previousSecret?.expiresAt;
  return expiresAt && expiresAt.getTime() > Date.now() ? expiresAt : undefined;
}

function keysCard(call: EnvironmentCall, keys: readonly ApiKey[]): unknown {
  const { keys: strings } = keysStrings(call.language);
  const mayEdit = call.role !== 'read-only';
  return html`<section class="card"><header><h2 id="keys">${strings.title}</h2><p class="small muted">${strings.lead}</p></header>
${keys.length === 0 ? html`<p class="muted">${strings.none}</p>` : table(call, keys)}
${mayEdit ? html`<div class="buttons"><a class="button primary" href="${keysPath(call)}/new">${strings.create}</a></div>` : nothing}</section>`;
}

/** On narrow screens each row becomes a list of facts, which takes its roles away in some browsers: they are said. */
function table(call: EnvironmentCall, keys: readonly ApiKey[]): unknown {
  const { keys: strings } = keysStrings(call.language);
  const mayEdit = call.role !== 'read-only';
  const heads = [strings.name, strings.rights, strings.addresses, strings.created, strings.lastUsed, strings.expires];
  return html`<table class="facts-table" role="table" aria-labelledby="keys"><thead role="rowgroup"><tr role="row">${heads.map(
    (head) => html`<th role="columnheader" scope="col">${head}</th>`,
  )}${mayEdit ? html`<th role="columnheader" scope="col"><span class="hidden">${strings.actions}</span></th>` : nothing}</tr></thead>
<tbody role="rowgroup">${inOrderOfUse(keys).map((key) => row(call, key))}</tbody></table>`;
}

const STATE_ORDER: readonly KeyState[] = ['expires_soon', 'active', 'replaced', 'expired'];

/** What works before what does not, then the newest first. */
function inOrderOfUse(keys: readonly ApiKey[]): ApiKey[] {
  const order = (key: ApiKey) => STATE_ORDER.indexOf(keyState(key));
  return keys.toSorted((a, b) => order(a) - order(b));
}

function row(call: EnvironmentCall, key: ApiKey): unknown {
  const { keys: strings, rights, states } = keysStrings(call.language);
  const { tag } = call.language;
  const state = keyState(key);
  const cell = (label: string, content: unknown) =>
    html`<td role="cell"><span class="label" aria-hidden="true">${label}</span><span>${content}</span></td>`;
  return html`<tr role="row"><th role="rowheader" scope="row"><b>${isolate(key.name)}</b>${tagOf(state, states)}<br><code>${isolateLeftToRight(`${key.prefix}…`)}</code></th>
${cell(strings.rights, rights[key.readOnly ? 'read-only' : 'full'])}
${cell(strings.addresses, key.addressRanges?.map((range) => html`<span class="line"><code>${isolateLeftToRight(range)}</code></span>`) ?? strings.anywhere)}
${cell(strings.created, day(key.createdAt, tag))}
${cell(strings.lastUsed, key.lastUsedAt ? relativeTime(key.lastUsedAt, tag) : strings.notUsed)}
${cell(strings.expires, key.expiresAt ? (state === 'replaced' ? moment : day)(key.expiresAt, tag) : strings.never)}
${call.role === 'read-only' ? nothing : html`<td role="cell" class="actions">${actions(call, key, state)}</td>`}</tr>`;
}

function tagOf(state: KeyState, states: typeof en.states): unknown {
  if (state === 'active') return nothing;
  return html` <span class="tag ${state === 'expires_soon' ? 'warn' : ''}">${states[state]}</span>`;
}

function actions(call: EnvironmentCall, { id, name }: ApiKey, state: KeyState): unknown {
  const { keys: strings } = keysStrings(call.language);
  const path = `${keysPath(call)}/${id}`;
  const link = (href: string, label: string) =>
    html`<a href=${href}>${label}<span class="hidden"> · ${isolate(name)}</span></a>`;
  const mayReplace = state === 'active' || state === 'expires_soon';
  return html`${mayReplace ? link(`${path}/replace`, strings.replace) : nothing}${link(`${path}/revoke`, state === 'expired' ? strings.remove : strings.revoke)}`;
}
