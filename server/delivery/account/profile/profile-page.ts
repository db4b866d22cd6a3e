import { html } from '@lit-labs/ssr';
import type { FastifyReply } from 'fastify';
import { nothing } from 'lit';
import { z } from 'zod';
import { alertBox } from '#pages/forms.ts';
import { chevronIcon } from '#pages/icons.ts';
import { formatLanguage, isolate, isolateLeftToRight } from '#pages/text.ts';
import { imageSource } from '#pages/uris.ts';
import { sendPortalPage } from '#portal/layout.ts';
import type { PersonCall } from '#portal/route.ts';
import { addressList } from './address-list.ts';
import { spokenLanguage } from './language-names.ts';
import { portraitOf } from './portrait.ts';

/** What the page says has just been done. */
const DONE = [
  'name',
  'phone',
  'phoneRemoved',
  'language',
  'picture',
  'pictureRemoved',
  'addressAdded',
  'addressSaved',
  'addressRemoved',
  'addressDefault',
] as const;
export type ProfileDone = (typeof DONE)[number];
const querySchema = z.object({ done: z.enum(DONE).optional().catch(undefined) }).catch({});

/** Everything at a glance, each with the way to change it. */
export function getProfile(call: PersonCall): Promise<FastifyReply> {
  return sendProfile(call, 200);
}

/** @param alert what could not be done */
export function sendProfile(call: PersonCall, status: number, alert?: string): Promise<FastifyReply> {
  const { account, language } = call;
  const { t } = language;
  const { done } = querySchema.parse(call.query);
  const picture = imageSource(account.picture);
  const name = [account.givenName, account.familyName].filter(Boolean).join(' ');
  return sendPortalPage(call, status, {
    section: 'profile',
    title: t('account.profile.title'),
    lead: t(account.persona ? 'account.profile.testPerson' : 'account.profile.lead'),
    notice: done && t(`account.profile.done.${done}`),
    ...(picture && { images: [picture] }),
    main: html`${alert ? alertBox(alert) : nothing}
<section class="card" aria-labelledby="about"><h2 id="about">${t('account.profile.aboutYou')}</h2><div class="rows">
${pictureRow(call)}
${row(call, 'name', t('shared.fields.name'), name && isolate(name))}
${row(call, 'phone', t('shared.fields.phone_number'), account.phoneNumber && isolateLeftToRight(account.phoneNumber))}
${row(call, 'language', t('shared.fields.locale'), languageName(call))}
</div></section>
${addressList(call)}`,
  });
}

function pictureRow(call: PersonCall): unknown {
  const label = html`<span class="grow"><b>${call.language.t('shared.fields.picture')}</b></span>`;
  return rowFrame(call, 'picture', html`${label}${portraitOf(call)}`);
}

function row(call: PersonCall, page: string, label: string, value: unknown): unknown {
  const none = html`<span class="muted">${call.language.t('account.profile.nothingYet')}</span>`;
  const shown = value ? html`<b>${value}</b>` : none;
  return rowFrame(call, page, html`<span class="grow"><span class="small muted">${label}</span><br>${shown}</span>`);
}

/** A link to where it is changed; of a test person, what there is. */
function rowFrame({ base, account }: PersonCall, page: string, content: unknown): unknown {
  return account.persona
    ? html`<div class="row">${content}</div>`
    : html`<a class="row" href="${base}/profile/${page}">${content}${chevronIcon}</a>`;
}

function languageName({ account: { locale }, language }: PersonCall): unknown {
  if (locale === undefined) return language.t('account.profile.language.browser');
  const spoken = spokenLanguage(locale);
  return spoken ? html`<bdi lang=${spoken.tag}>${spoken.name}</bdi>` : isolate(formatLanguage(locale, language.tag));
}
