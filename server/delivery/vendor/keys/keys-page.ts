import { html } from '@lit-labs/ssr';
import type { FastifyReply } from 'fastify';
import { nothing } from 'lit';
import { keyState } from '#domain/apps/keys.ts';
import { formFrame } from '#pages/forms.ts';
import { alertIcon } from '#pages/icons.ts';
import { isolate } from '#pages/text.ts';
import { moment } from '#pages/time.ts';
import type { EnvironmentCall } from '#portal/route.ts';
import type { ApiKey } from '#storage/api-keys.ts';
import { environmentPath, sendAppPage } from '../app-layout.ts';
import { cardHeader } from '../card-header.ts';
import { linkButton } from '../form-buttons.ts';
import { keysTable } from './keys-table.ts';

/** What has just been done: a parameter in the address of this page. */
export const KEYS_DONE = ['secret_ended', 'revoked'] as const;
export type KeysDone = (typeof KEYS_DONE)[number];

export function keysPath(call: EnvironmentCall): string {
  return `${environmentPath(call)}/keys`;
}

/** The page about the client secret and the API keys. Members with the role read-only see no way to change anything. */
export function sendKeys(
  call: EnvironmentCall,
  keys: readonly ApiKey[],
  done: KeysDone | undefined,
): Promise<FastifyReply> {
  const { t } = call.language;
  return sendAppPage(call, 200, 'keys', {
    title: t('vendor.app.environmentTabs.keys'),
    lead: t('vendor.keys.lead'),
    notice: done && t(`vendor.keys.done.${done}`),
    main: html`${warnings(call, keys)}${secretCard(call)}${keysCard(call, keys)}`,
  });
}

function warnings({ language }: EnvironmentCall, keys: readonly ApiKey[]): unknown {
  const { t } = language;
  return keys
    .filter((key) => keyState(key) === 'expires_soon')
    .map(({ name, expiresAt = new Date() }) => {
      const date = moment(expiresAt, language);
      const words = t.rich('vendor.keys.keys.endsSoon', { name: html`<b>${isolate(name)}</b>`, date });
      return html`<div class="warning">${alertIcon}<p>${words}</p></div>`;
    });
}

function secretCard(call: EnvironmentCall): unknown {
  const { t } = call.language;
  const previous = previousOf(call);
  const make = linkButton(`${keysPath(call)}/secret`, t('vendor.keys.secret.make'));
  return html`<section class="card">${cardHeader(t('vendor.keys.secret.title'), t('vendor.keys.secret.lead'))}
${previous ? previousWarning(call, previous) : nothing}
${mayEdit(call) ? html`<div class="buttons">${make}</div>` : nothing}</section>`;
}

function previousWarning(call: EnvironmentCall, until: Date): unknown {
  const { t } = call.language;
  const words = t.rich('vendor.keys.secret.previous', { date: moment(until, call.language) });
  const end = formFrame(
    { action: `${keysPath(call)}/secret/end-previous`, csrf: call.csrf },
    html`<button class="link">${t('vendor.keys.secret.endPrevious')}</button>`,
  );
  return html`<div class="warning">${alertIcon}<p class="grow">${words}</p>${mayEdit(call) ? end : nothing}</div>`;
}

/** When the secret before the current one stops working; undefined when none works. */
export function previousOf({ environment }: EnvironmentCall): Date | undefined {
  const expiresAt = environment.previousSecret?.expiresAt;
  return expiresAt && expiresAt.getTime() > Date.now() ? expiresAt : undefined;
}

function keysCard(call: EnvironmentCall, keys: readonly ApiKey[]): unknown {
  const { t } = call.language;
  const headingId = 'keys';
  const list =
    keys.length === 0
      ? html`<p class="muted">${t('vendor.keys.keys.none')}</p>`
      : keysTable(call.language, keys, { headingId, path: mayEdit(call) ? keysPath(call) : undefined });
  const create = linkButton(`${keysPath(call)}/new`, t('vendor.keys.keys.create'), 'primary');
  return html`<section class="card"><header><h2 id=${headingId}>${t('vendor.keys.keys.title')}</h2><p
 class="small muted">${t('vendor.keys.keys.lead')}</p></header>
${list}
${mayEdit(call) ? html`<div class="buttons">${create}</div>` : nothing}</section>`;
}

function mayEdit(call: EnvironmentCall): boolean {
  return call.role !== 'read-only';
}
