import { html, type ServerRenderedTemplate } from '@lit-labs/ssr';
import { countryName } from '../registration/countries.ts';
import { type FieldName, type Knowledge, ownCopies } from '../registration/sharing.ts';
import type { Customer } from '../storage/customers.ts';

/** What the shop has of its customer, row by row, and whether the customer still shares it at the platform. */
export function details(known: Knowledge, platformName: string): ServerRenderedTemplate {
  const { customer, claims } = known;
  const copies = ownCopies(known);
  const copy = (field: FieldName) =>
    copies.includes(field) ? html` <span class="chip chip-plain">Our own copy</span>` : '';
  const entries: [string, ServerRenderedTemplate | string][] = [
    ['Name', html`<bdi>${[customer.given_name, customer.family_name].filter(Boolean).join(' ')}</bdi>${copy('name')}`],
    ['Email', html`<bdi>${customer.email}</bdi> ${confirmation(customer)}${copy('email')}`],
  ];
  if (customer.phone_number) entries.push(['Phone', html`<bdi>${customer.phone_number}</bdi>${copy('phone_number')}`]);
  const address = addressLines(customer);
  if (address.length > 0)
    entries.push([
      'Address',
      html`<span>${address.map((text) => html`<bdi class="line">${text}</bdi>`)}</span>${copy('address')}`,
    ]);
  entries.push(['Came from', claims ? source(platformName, copies.length) : 'The form you filled in']);
  return html`<dl class="details">${entries.map(([term, row]) => html`<div><dt>${term}</dt><dd>${row}</dd></div>`)}</dl>`;
}

function source(platformName: string, copies: number): string {
  const consented = `${platformName}, with your consent`;
  return copies > 0 ? `${consented}; what is marked as our own copy, you don’t share with us there` : consented;
}

function addressLines(customer: Customer): string[] {
  const street = customer.street_address.split('\n');
  const place = [customer.postal_code, customer.locality].filter(Boolean).join(' ');
  return [...street, place, customer.region, customer.country && countryName(customer.country)].filter(Boolean);
}

function confirmation({ emailVerified }: Customer): ServerRenderedTemplate {
  return emailVerified
    ? html`<span class="chip chip-good">Email confirmed</span>`
    : html`<span class="chip chip-warn">Email not confirmed</span>`;
}
