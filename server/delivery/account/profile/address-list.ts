import { html } from '@lit-labs/ssr';
import type { Language } from '@signup-with-platform/messages';
import type { AddressClaim } from '@signup-with-platform/protocol';
import { nothing } from 'lit';
import { addressBookOf, addressName, MAX_ADDRESSES } from '#domain/accounts/address-book.ts';
import { formatAddress } from '#domain/claims/address.ts';
import { formFrame } from '#pages/forms.ts';
import { isolateLines } from '#pages/text.ts';
import type { PersonCall } from '#portal/route.ts';
import { isShared } from '#storage/accounts.ts';

/** What the addresses of this person are named by: nobody else's have the same names. */
export function addressKey({ account, context }: PersonCall): string {
  return `${context.cookieKey}:${account.id}`;
}

/** Every address, the default first, each with what can be done about it. */
export function addressList(call: PersonCall): unknown {
  const { t } = call.language;
  const book = addressBookOf(call.account);
  const title = html`<h2 id="addresses">${t('account.profile.addresses.title')}</h2>`;
  const none = html`<p class="empty">${t('account.profile.addresses.none')}</p>`;
  const rows = book.map((address, index) => addressRow(call, address, index));
  return html`<section class="card" aria-labelledby="addresses">
<header>${title}<p class="small muted">${t('account.profile.addresses.lead')}</p></header>
${rows.length > 0 ? html`<ul class="rows">${rows}</ul>` : none}
${isShared(call.account) ? nothing : addButton(call, book.length)}</section>`;
}

function addButton({ base, language: { t } }: PersonCall, count: number): unknown {
  if (count >= MAX_ADDRESSES)
    return html`<p class="small muted">${t('account.profile.addresses.full', { count: MAX_ADDRESSES })}</p>`;
  const add = t('account.profile.addresses.add');
  return html`<div class="buttons"><a class="button secondary" href="${base}/profile/addresses/new">${add}</a></div>`;
}

function addressRow(call: PersonCall, address: AddressClaim, index: number): unknown {
  const { t } = call.language;
  const id = `address-${index}`;
  const mark = html`<p><span class="tag">${t('account.profile.addresses.default')}</span></p>`;
  const lines = html`<p id=${id}>${addressLines(address, call.language)}</p>`;
  return html`<li class="row"><div class="grow">${lines}${index === 0 ? mark : nothing}</div>
${isShared(call.account) ? nothing : rowActions(call, address, { id, isDefault: index === 0 })}</li>`;
}

function rowActions(
  call: PersonCall,
  address: AddressClaim,
  { id, isDefault }: { id: string; isDefault: boolean },
): unknown {
  const { base, csrf, language } = call;
  const { t } = language;
  const path = `${base}/profile/addresses/${addressName(addressKey(call), address)}`;
  const makeDefault = t('account.profile.addresses.makeDefault');
  const form = formFrame(
    { action: `${path}/default`, csrf },
    html`<button class="link" aria-describedby=${id}>${makeDefault}</button>`,
  );
  return html`<div class="actions"><a href=${path} aria-describedby=${id}>${t('account.profile.addresses.edit')}</a>
${isDefault ? nothing : form}
<a href="${path}/remove" aria-describedby=${id}>${t('account.profile.addresses.remove')}</a></div>`;
}

/** An address for reading, with the country by its name. */
export function addressLines(address: AddressClaim, { tag }: Pick<Language, 'tag'>): unknown {
  return isolateLines(formatAddress(address, tag));
}
