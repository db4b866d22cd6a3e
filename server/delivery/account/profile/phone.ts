import type { FastifyReply } from 'fastify';
import { notifyAccount } from '#domain/accounts/notify.ts';
import { phoneNumberSchema } from '#domain/accounts/profile.ts';
import { textField } from '#pages/forms.ts';
import { callInTransaction } from '#portal/call-in-transaction.ts';
import type { PersonCall } from '#portal/route.ts';
import { checkForm, type FieldError, textOf } from './check-form.ts';
import { sendQuestion, toProfile } from './question-page.ts';

const SCHEMAS = { phone_number: phoneNumberSchema };

export function getPhone(call: PersonCall): Promise<FastifyReply> {
  return sendPhone(call, 200, call.account.phoneNumber ?? '');
}

export async function postPhone(call: PersonCall): Promise<FastifyReply> {
  const form = checkForm(SCHEMAS, call.body);
  if (form.errors) return sendPhone(call, 400, form.typed.phone_number, form.errors.phone_number);
  const phoneNumber = form.values.phone_number || null;
  if (phoneNumber !== (call.account.phoneNumber ?? null)) {
    await callInTransaction(call, async ({ context, account, languages, audit }) => {
      await context.rows.accounts.updateProfile(account.id, { phoneNumber });
      await audit('account.profile_changed', `account:${account.id}`, { fields: ['phone_number'] });
      await notifyAccount(context, account, { kind: 'phone_changed' }, { languages });
    });
  }
  return toProfile(call, phoneNumber ? 'phone' : 'phoneRemoved');
}

function sendPhone(call: PersonCall, status: number, typed: string, error?: FieldError): Promise<FastifyReply> {
  const { t } = call.language;
  return sendQuestion(call, status, {
    title: t('account.profile.phone.title'),
    lead: t('account.profile.phone.lead'),
    action: '/profile/phone',
    fields: textField({
      name: 'phone_number',
      label: t('shared.inputs.phone_number'),
      type: 'tel',
      value: typed,
      autocomplete: 'tel',
      direction: 'ltr',
      autofocus: true,
      error: textOf(error, call.language),
    }),
  });
}
