import type { FastifyReply } from 'fastify';
import { ownNameOf, withoutValue } from '#domain/claims/own-field.ts';
import { fieldInput } from '#pages/field-inputs.ts';
import { fieldName } from '#pages/field-name.ts';
import { callInTransaction } from '#portal/call-in-transaction.ts';
import { PortalError } from '#portal/portal-error.ts';
import { forPerson, type PersonCall, type PortalRoute } from '#portal/route.ts';
import type { OwnField } from '../../../../process/settings/own-fields.ts';
import { checkForm, type FieldError, textOf } from './check-form.ts';
import { sendQuestion, toProfile } from './question-page.ts';

/** The page of each of the operator's own fields that people may change. @param guard of every page */
export function ownFieldRoutes(guard: { notShared: boolean }): PortalRoute[] {
  return [
    forPerson('GET', '/profile/own/:field', (call) => sendOwn(call, 200, editableOf(call), known(call)), guard),
    forPerson('POST', '/profile/own/:field', (call) => postOwn(call, editableOf(call)), guard),
  ];
}

/** @throws PortalError `not_found` for a field that there is not, and for one that comes from the operator alone */
function editableOf({ params, context }: PersonCall): OwnField {
  const field = context.fields.ownField(params['field'] ?? '');
  if (!field?.editable) throw new PortalError('not_found');
  return field;
}

function known(call: PersonCall): string {
  const field = ownNameOf(editableOf(call));
  return String(call.context.fields.claimsOfAccount(call.account)[field] ?? '');
}

async function postOwn(call: PersonCall, own: OwnField): Promise<FastifyReply> {
  const { fields } = call.context;
  const form = checkForm(fields.descriptorOf(ownNameOf(own)).inputs, call.body, { mayBeEmpty: true });
  const [typed = ''] = Object.values(form.typed);
  if (form.errors) return sendOwn(call, 400, own, typed, Object.values(form.errors)[0]);
  const { ownClaims } = fields.toProfile(form.values);
  if (known(call) !== String(ownClaims?.[own.name] ?? ''))
    await callInTransaction(call, async ({ context, account, audit }) => {
      await context.rows.accounts.updateProfile(account.id, { ownClaims: ownClaims ?? withoutValue(own) });
      await audit('account.profile_changed', `account:${account.id}`, { fields: [own.name] });
    });
  return toProfile(call, ownClaims ? 'own' : 'ownRemoved');
}

function sendOwn(
  call: PersonCall,
  status: number,
  own: OwnField,
  value: string,
  error?: FieldError,
): Promise<FastifyReply> {
  const { language, context } = call;
  const field = ownNameOf(own);
  const [input] = context.fields.inputsOf(field);
  const state = { value, required: false, optional: true, autofocus: true, error: textOf(error, language) };
  return sendQuestion(call, status, {
    title: fieldName(field, language, context.fields),
    lead: language.t('account.profile.own.lead'),
    action: `/profile/own/${own.name}`,
    fields: input && fieldInput({ name: input.name, ...state }, language, context.fields),
  });
}
