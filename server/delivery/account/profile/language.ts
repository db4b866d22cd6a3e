import { html } from '@lit-labs/ssr';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { formatLanguage, isolate } from '#pages/text.ts';
import { choices } from '#portal/choices.ts';
import type { PersonCall } from '#portal/route.ts';
import { SPOKEN_LANGUAGES, spokenLanguage } from './language-names.ts';
import { sendQuestion, toProfile } from './question-page.ts';

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
  const { t } = language;
  const { locale } = account;
  const spoken = locale === undefined ? undefined : spokenLanguage(locale);
  const unspoken = locale === undefined || spoken ? [] : [locale];
  const title = t('account.profile.language.title');
  return sendQuestion(call, status, {
    title,
    lead: t('account.profile.language.lead'),
    action: '/profile/language',
    alert: status === 200 ? undefined : t('account.profile.language.notOffered'),
    fields: choices({
      name: 'language',
      legend: title,
      isLegendHidden: true,
      chosen: spoken?.tag ?? locale ?? BROWSER,
      required: true,
      options: [
        { value: BROWSER, label: t('account.profile.language.browser') },
        ...SPOKEN_LANGUAGES.map(({ tag, name, direction }) => ({
          value: tag,
          label: html`<span lang=${tag} dir=${direction}>${name}</span>`,
        })),
        ...unspoken.map((tag) => ({ value: tag, label: isolate(formatLanguage(tag, language.tag)) })),
      ],
    }),
  });
}
