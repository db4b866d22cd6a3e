import { html } from '@lit-labs/ssr';
import type { Language } from '@signup-with-platform/messages';
import { nothing } from 'lit';
import { type KeyState, keyState } from '#domain/apps/keys.ts';
import { isolate, isolateLeftToRight } from '#pages/text.ts';
import { day, moment, relativeTime } from '#pages/time.ts';
import type { ApiKey } from '#storage/api-keys.ts';

export interface KeysTable {
  /** The id of the heading that names the table. */
  headingId: string;
  /** Path of the pages that change keys. Undefined for members who may not change anything. */
  path: string | undefined;
}

const COLUMNS = ['name', 'rights', 'addresses', 'created', 'lastUsed', 'expires'] as const;

/**
 * The keys of an environment. The roles are written out, because on narrow screens each row becomes a list of facts, and some browsers
 * then forget that it is a table.
 */
export function keysTable(language: Language, keys: readonly ApiKey[], { headingId, path }: KeysTable): unknown {
  const { t } = language;
  const head = (content: unknown) => html`<th role="columnheader" scope="col">${content}</th>`;
  const actionsHead = html`<span class="hidden">${t('vendor.keys.keys.actions')}</span>`;
  return html`<table class="facts-table" role="table" aria-labelledby=${headingId}><thead role="rowgroup"><tr
 role="row">${COLUMNS.map((column) => head(t(`vendor.keys.keys.${column}`)))}${
   path === undefined ? nothing : head(actionsHead)
 }</tr></thead>
<tbody role="rowgroup">${inOrderOfUse(keys).map((key) => row(language, key, path))}</tbody></table>`;
}

const STATE_ORDER: readonly KeyState[] = ['expires_soon', 'active', 'replaced', 'expired'];

/** Keys that work before those that do not; in each state, the newest first. */
function inOrderOfUse(keys: readonly ApiKey[]): ApiKey[] {
  const order = (key: ApiKey) => STATE_ORDER.indexOf(keyState(key));
  return keys.toSorted((a, b) => order(a) - order(b));
}

function row(language: Language, key: ApiKey, path: string | undefined): unknown {
  const { t } = language;
  const state = keyState(key);
  const cell = (column: (typeof COLUMNS)[number], content: unknown) =>
    html`<td role="cell"><span
 class="label" aria-hidden="true">${t(`vendor.keys.keys.${column}`)}</span><span>${content}</span></td>`;
  const range = (text: string) => html`<span class="line"><code>${isolateLeftToRight(text)}</code></span>`;
  return html`<tr role="row"><th role="rowheader" scope="row"><b>${isolate(key.name)}</b>${stateTag(
    language,
    state,
  )}<br><code>${isolateLeftToRight(`${key.prefix}…`)}</code></th>
${cell('rights', t(`vendor.keys.rights.${key.readOnly ? 'read-only' : 'full'}`))}
${cell('addresses', key.addressRanges?.map(range) ?? t('vendor.keys.keys.anywhere'))}
${cell('created', day(key.createdAt, language))}
${cell('lastUsed', key.lastUsedAt ? relativeTime(key.lastUsedAt, language) : t('vendor.keys.keys.notUsed'))}
${cell('expires', expiry(language, key, state))}
${path === undefined ? nothing : actionsCell(language, key, `${path}/${key.id}`)}</tr>`;
}

function expiry(language: Language, { expiresAt }: ApiKey, state: KeyState): unknown {
  if (!expiresAt) return language.t('vendor.keys.keys.never');
  // A key that has been replaced stops within days, so the time of day matters.
  return state === 'replaced' ? moment(expiresAt, language) : day(expiresAt, language);
}

function stateTag({ t }: Language, state: KeyState): unknown {
  if (state === 'active') return nothing;
  const kind = state === 'expires_soon' ? 'warn' : '';
  return html` <span class="tag ${kind}">${t(`vendor.keys.states.${state}`)}</span>`;
}

function actionsCell({ t }: Language, key: ApiKey, path: string): unknown {
  const state = keyState(key);
  const link = (href: string, label: string) =>
    html`<a href=${href}>${label}<span class="hidden"> · ${isolate(key.name)}</span></a>`;
  const mayReplace = state === 'active' || state === 'expires_soon';
  const replace = link(`${path}/replace`, t('vendor.keys.keys.replace'));
  const end = state === 'expired' ? t('vendor.keys.keys.remove') : t('vendor.keys.keys.revoke');
  return html`<td role="cell" class="actions">${mayReplace ? replace : nothing}${link(`${path}/revoke`, end)}</td>`;
}
