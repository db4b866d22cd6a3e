import { html } from '@lit-labs/ssr';
import type { FastifyReply } from 'fastify';
import { nameSchema } from '#domain/accounts/profile.ts';
import { textField } from '#pages/forms.ts';
import type { PersonCall } from '#portal/route.ts';
import { checkForm, type FieldError, textOf } from './check-form.ts';
import { sendQuestion, toProfile } from './question-page.ts';

const SCHEMAS = { given_name: nameSchema, family_name: nameSchema };
type Names = Record<keyof typeof SCHEMAS, string>;

export function getName(call: PersonCall): Promise<FastifyReply> {
  const { givenName = '', familyName = '' } = call.account;
  return sendName(call, 200, { given_name: givenName, family_name: familyName });
}

/** Not everybody has a family name. */
export async function postName(call: PersonCall): Promise<FastifyReply> {
  const form = checkForm(SCHEMAS, call.body, ['given_name']);
  if (form.errors) return sendName(call, 400, form.typed, form.errors);
  await call.context.rows.accounts.updateProfile(call.account.id, {
    givenName: form.values.given_name,
    familyName: form.values.family_name || null,
  });
  await call.audit('account.profile_changed', `account:${call.account.id}`, { fields: ['name'] });
  return toProfile(call, 'name');
}

function sendName(
  call: PersonCall,
  status: number,
  typed: Names,
  errors: Partial<Record<keyof Names, FieldError>> = {},
): Promise<FastifyReply> {
  const { language } = call;
  const { t } = language;
  const focused = errors.family_name && !errors.given_name ? 'family_name' : 'given_name';
  const field = (part: keyof Names, autocomplete: string) =>
    textField({
      name: part,
      label: t(`shared.inputs.${part}`),
      value: typed[part],
      autocomplete,
      required: part === 'given_name',
      autofocus: part === focused,
      error: textOf(errors[part], language),
    });
  return sendQuestion(call, status, {
    title: t('account.profile.name.title'),
    lead: t('account.profile.name.lead'),
    action: '/profile/name',
    alert: status === 200 ? undefined : t('account.frame.checkFields'),
    fields: html`<div class="pair">${field('given_name', 'given-name')}${field('family_name', 'family-name')}</div>`,
  });
}
