import { html } from '@lit-labs/ssr';
import type { BuiltInField } from '@signup-with-platform/protocol';
import type { FastifyReply } from 'fastify';
import { notifyAccount } from '#domain/accounts/notify.ts';
import { accountClaims } from '#domain/claims/claims.ts';
import {
  FIELD_DESCRIPTORS,
  FIELD_PAGES,
  inputsOf,
  type PageName,
  type RemovablePageName,
  toProfile as toParts,
} from '#domain/claims/fields.ts';
import { homeOf } from '#domain/claims/home.ts';
import { fieldInput } from '#pages/field-inputs.ts';
import { callInTransaction } from '#portal/call-in-transaction.ts';
import { forPerson, type PersonCall, type PortalRoute } from '#portal/route.ts';
import type { AccountProfileChanges } from '#storage/accounts.ts';
import { checkForm, type FieldError, textOf } from './check-form.ts';
import { sendQuestion, toProfile } from './question-page.ts';

type FieldPage = (typeof FIELD_PAGES)[number];
type Texts = Readonly<Record<string, string>>;

/** The pages of fields that are typed in, such as the name and the phone number: one each. @param guard of every page */
export function fieldPageRoutes(guard: { notShared: boolean }): PortalRoute[] {
  return FIELD_PAGES.flatMap((one) => [
    forPerson('GET', `/profile/${one.page.name}`, (call) => sendField(call, 200, one, known(call, one.field)), guard),
    forPerson('POST', `/profile/${one.page.name}`, (call) => postField(call, one), guard),
  ]);
}

/** What the account has for each input; inputs are named after claims. */
function known({ account }: PersonCall, field: BuiltInField): Texts {
  const claims: Readonly<Record<string, unknown>> = accountClaims(account);
  return Object.fromEntries(inputsOf(field).map(({ name }) => [name, String(claims[name] ?? '')]));
}

async function postField(call: PersonCall, one: FieldPage): Promise<FastifyReply> {
  const { field, page } = one;
  const inputs = inputsOf(field);
  const form = checkForm(FIELD_DESCRIPTORS[field].inputs, call.body, { mayBeEmpty: page.removable === true });
  if (form.errors) return sendField(call, 400, one, form.typed, form.errors);
  const changes: AccountProfileChanges = {
    ...Object.fromEntries(page.parts.map((part) => [part, null])),
    ...toParts(form.values, homeOf(call.account)),
  };
  if (page.parts.some((part) => (changes[part] ?? undefined) !== call.account[part])) {
    await callInTransaction(call, async ({ context, account, languages, audit }) => {
      await context.rows.accounts.updateProfile(account.id, changes);
      await audit('account.profile_changed', `account:${account.id}`, { fields: [field] });
      if (page.notice) await notifyAccount(context, account, { kind: page.notice }, { languages });
    });
  }
  const isEmpty = inputs.every(({ name }) => form.values[name] === '');
  return toProfile(call, isEmpty ? `${page.name as RemovablePageName}Removed` : page.name);
}

function sendField(
  call: PersonCall,
  status: number,
  one: FieldPage,
  texts: Texts,
  errors: Partial<Record<string, FieldError>> = {},
): Promise<FastifyReply> {
  const { field, page } = one;
  const { language } = call;
  const { t } = language;
  const inputs = inputsOf(field);
  const first = inputs.find(({ name }) => errors[name]) ?? inputs[0];
  const controls = inputs.map(({ name, needed }) => {
    const error = errors[name];
    const required = needed && !page.removable;
    const state = { value: texts[name], required, optional: !required, autofocus: name === first?.name };
    return fieldInput({ name, ...state, error: textOf(error, language) }, language);
  });
  return sendQuestion(call, status, {
    title: t(`account.profile.${page.name satisfies PageName}.title`),
    lead: t(`account.profile.${page.name}.lead`),
    action: `/profile/${page.name}`,
    alert: status === 200 || inputs.length === 1 ? undefined : t('account.frame.checkFields'),
    fields: inputs.length === 1 ? controls : html`<div class="pair">${controls}</div>`,
  });
}
