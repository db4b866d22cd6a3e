import { html } from '@lit-labs/ssr';
import type { AddressClaim } from '@signup-with-platform/protocol';
import { nothing } from 'lit';
import { addressBookOf, addressName, MAX_ADDRESSES } from '#domain/accounts/address-book.ts';
import { formatAddress } from '#domain/claims/address.ts';
import { countriesIn } from '#pages/countries.ts';
import { csrfInput } from '#pages/forms.ts';
import { isolateLines } from '#pages/text.ts';
import type { PersonCall } from '#portal/route.ts';
import type { Language } from '#strings/pick-strings.ts';
import { profileStrings } from './strings.ts';

/** What the addresses of this person are named by: nobody else's have the same names. */
export function addressKey({ account, context }: PersonCall): string {
  return `${context.cookieKey}:${account.id}`;
}

/** Every address, the default first, each with what can be done about it. */
export function addressList(call: PersonCall): unknown {
  const { account, base, language } = call;
  const { addresses: strings } = profileStrings(language);
  const book = addressBookOf(account);
  const isFull = book.length >= MAX_ADDRESSES;
  return html`<section class="card" aria-labelledby="addresses"><header><h2 id="addresses">${strings.title}</h2><p class="small muted">${strings.lead}</p></header>
${
  book.length > 0
    ? html`<ul class="rows">${book.map((address, index) => addressRow(call, address, index))}</ul>`
    : html`<p class="empty">${strings.none}</p>`
}
${
  account.persona
    ? nothing
    : isFull
      ? html`<p class="small muted">${strings.full.replace('{count}', String(MAX_ADDRESSES))}</p>`
      : html`<div class="buttons"><a class="button secondary" href="${base}/profile/addresses/new">${strings.add}</a></div>`
}</section>`;
}

function addressRow(call: PersonCall, address: AddressClaim, index: number): unknown {
  const { account, base, language } = call;
  const { addresses: strings } = profileStrings(language);
  const path = `${base}/profile/addresses/${addressName(addressKey(call), address)}`;
  const id = `address-${index}`;
  return html`<li class="row"><div class="grow"><p id=${id}>${addressLines(address, language)}</p>${
    index === 0 ? html`<p><span class="tag">${strings.default}</span></p>` : nothing
  }</div>
${
  account.persona
    ? nothing
    : html`<div class="actions"><a href="${path}" aria-describedby=${id}>${strings.edit}</a>${
        index === 0
          ? nothing
          : html`<form method="post" action="${path}/default">${csrfInput(call)}<button class="link" aria-describedby=${id}>${strings.makeDefault}</button></form>`
      }<a href="${path}/remove" aria-describedby=${id}>${strings.remove}</a></div>`
}</li>`;
}

/** An address for reading, with the country by its name. */
export function addressLines(address: AddressClaim, { tag }: Pick<Language, 'tag'>): unknown {
  const country = countriesIn(tag).find(({ code }) => code === address.country)?.name ?? address.country;
  return isolateLines(formatAddress({ ...address, ...(country && { country }) }));
}
