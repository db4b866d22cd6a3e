import { html } from '@lit-labs/ssr';
import type { FastifyReply } from 'fastify';
import { nothing } from 'lit';
import { z } from 'zod';
import { formatLanguage, isolate } from '#pages/text.ts';
import type { PersonCall } from '#portal/route.ts';
import { SPOKEN_LANGUAGES, spokenLanguage } from './language-names.ts';
import { sendQuestion, toProfile } from './question-page.ts';
import { profileStrings } from './strings.ts';

/** No BCP 47 tag: the browser decides. */
const BROWSER = 'browser';
const MAX_TAG_LENGTH = 100;
const formSchema = z.object({ language: z.string().max(MAX_TAG_LENGTH) });

export function getLanguage(call: PersonCall): Promise<FastifyReply> {
  return sendLanguage(call, 200);
}

/** Among the choices is what the account has already, though we may not speak it: a shop may. */
export async function postLanguage(call: PersonCall): Promise<FastifyReply> {
  const { account, context } = call;
  const chosen = formSchema.safeParse(call.body).data?.language ?? '';
  const isOffered =
    chosen === BROWSER || chosen === account.locale || SPOKEN_LANGUAGES.some(({ tag }) => tag === chosen);
  if (!isOffered) return sendLanguage(call, 400);
  await context.rows.accounts.updateProfile(account.id, { locale: chosen === BROWSER ? null : chosen });
  await call.audit('account.profile_changed', `account:${account.id}`, { fields: ['locale'] });
  return toProfile(call, 'language');
}

function sendLanguage(call: PersonCall, status: number): Promise<FastifyReply> {
  const { account, language } = call;
  const strings = profileStrings(language);
  const spoken = account.locale === undefined ? undefined : spokenLanguage(account.locale);
  const current = account.locale === undefined ? BROWSER : (spoken?.tag ?? account.locale);
  const choice = (value: string, name: unknown) =>
    html`<label class="choice"><input type="radio" name="language" value=${value} ?checked=${value === current} required>${name}</label>`;
  return sendQuestion(call, status, {
    title: strings.language.title,
    lead: strings.language.lead,
    action: '/profile/language',
    alert: status === 200 ? undefined : strings.language.notOffered,
    fields: html`<fieldset><legend class="hidden">${strings.language.title}</legend>
${choice(BROWSER, html`<span>${strings.language.browser}</span>`)}
${SPOKEN_LANGUAGES.map(({ tag, name, direction }) => choice(tag, html`<span lang=${tag} dir=${direction}>${name}</span>`))}
${account.locale !== undefined && !spoken ? choice(account.locale, isolate(formatLanguage(account.locale, language.tag))) : nothing}</fieldset>`,
  });
}
