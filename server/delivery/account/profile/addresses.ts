import { html } from '@lit-labs/ssr';
import type { FastifyReply } from 'fastify';
import { nothing } from 'lit';
import {
  type AddressBook,
  AddressBookError,
  addressBookOf,
  indexOfAddress,
  MAX_ADDRESSES,
  withAddress,
  withDefault,
  without,
  withReplaced,
} from '#domain/accounts/address-book.ts';
import { PortalError } from '#portal/portal-error.ts';
import type { PersonCall } from '#portal/route.ts';
import type { AuditAct } from '#storage/audit-log.ts';
import { checkAddress, sendAddressForm, toTypedAddress } from './address-form.ts';
import { addressKey, addressLines } from './address-list.ts';
import { sendProfile } from './profile-page.ts';
import { sendQuestion, toProfile } from './question-page.ts';

export async function getAddAddress(call: PersonCall): Promise<FastifyReply> {
  const isFull = addressBookOf(call.account).length >= MAX_ADDRESSES;
  return isFull
    ? sendProfile(call, 409, call.language.t('account.profile.addresses.full', { count: MAX_ADDRESSES }))
    : sendAddressForm(call, 200, {});
}

export async function postAddAddress(call: PersonCall): Promise<FastifyReply> {
  const form = checkAddress(call.body);
  if (form.errors) return sendAddressForm(call, 400, form);
  const problem = await change(call, 'account.address_added', (book) =>
    withAddress(book, form.address, form.asDefault),
  );
  return problem ? sendAddressForm(call, 409, { ...form, problem }) : toProfile(call, 'addressAdded');
}

export async function getEditAddress(call: PersonCall): Promise<FastifyReply> {
  const { address, name } = shown(call);
  return sendAddressForm(call, 200, { typed: toTypedAddress(address), edited: name });
}

export async function postEditAddress(call: PersonCall): Promise<FastifyReply> {
  const { address: edited = '' } = call.params;
  const form = checkAddress(call.body);
  if (form.errors) return sendAddressForm(call, 400, { ...form, edited });
  const problem = await change(call, 'account.address_changed', (book) => {
    const index = indexOfAddress(book, addressKey(call), edited);
    const next = withReplaced(book, index, form.address);
    return form.asDefault ? withDefault(next, index) : next;
  });
  // What was typed for an address that is no more can still become a new one.
  if (problem) return sendAddressForm(call, 409, { ...form, problem, ...(problem !== 'gone' && { edited }) });
  return toProfile(call, 'addressSaved');
}

export async function postDefaultAddress(call: PersonCall): Promise<FastifyReply> {
  const { address: name = '' } = call.params;
  const problem = await change(call, 'account.default_address_changed', (book) =>
    withDefault(book, indexOfAddress(book, addressKey(call), name)),
  );
  return problem ? sendGone(call) : toProfile(call, 'addressDefault');
}

/** Asks first, and says who gets which address afterwards. */
export async function getRemoveAddress(call: PersonCall): Promise<FastifyReply> {
  const { book, index, name, address } = shown(call);
  const { t } = call.language;
  const next = index === 0 ? book[1] : undefined;
  const outcome = t(next ? 'account.profile.addresses.removeDefault' : 'account.profile.addresses.removeLast');
  return sendQuestion(call, 200, {
    title: t('account.profile.addresses.removeTitle'),
    action: `/profile/addresses/${name}/remove`,
    submit: t('account.profile.addresses.removeSubmit'),
    isDanger: true,
    fields: html`<p>${addressLines(address, call.language)}</p>
${index === 0 ? html`<p class="muted">${outcome}</p>` : nothing}
${next ? html`<p>${addressLines(next, call.language)}</p>` : nothing}`,
  });
}

export async function postRemoveAddress(call: PersonCall): Promise<FastifyReply> {
  const { address: name = '' } = call.params;
  const problem = await change(call, 'account.address_removed', (book) =>
    without(book, indexOfAddress(book, addressKey(call), name)),
  );
  return problem ? sendGone(call) : toProfile(call, 'addressRemoved');
}

/** The address that the path names. @throws PortalError `not_found`, also for what it was before it was changed */
function shown(call: PersonCall) {
  const book = addressBookOf(call.account);
  const { address: name = '' } = call.params;
  try {
    const index = indexOfAddress(book, addressKey(call), name);
    return { book, index, name, address: book[index] ?? {} };
  } catch (error) {
    throw error instanceof AddressBookError ? new PortalError('not_found', { cause: error }) : error;
  }
}

/** @returns why the addresses stay as they are */
async function change(
  call: PersonCall,
  act: AuditAct,
  work: (book: AddressBook) => AddressBook,
): Promise<AddressBookError['code'] | undefined> {
  const { account, context } = call;
  try {
    await context.rows.accounts.changeAddresses(account.id, work);
  } catch (error) {
    if (error instanceof AddressBookError) return error.code;
    throw error;
  }
  await call.audit(act, `account:${account.id}`);
  return undefined;
}

function sendGone(call: PersonCall): Promise<FastifyReply> {
  return sendProfile(call, 409, call.language.t('account.profile.addresses.errors.gone'));
}
