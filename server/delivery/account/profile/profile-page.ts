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
import { profileStrings } from './strings.ts';

const querySchema = z.object({ done: z.string().catch('') }).catch({ done: '' });

/** Everything at a glance, each with the way to change it. */
export function getProfile(call: PersonCall): Promise<FastifyReply> {
  return sendProfile(call, 200);
}

/** @param alert what could not be done */
export function sendProfile(call: PersonCall, status: number, alert?: string): Promise<FastifyReply> {
  const { account, language } = call;
  const strings = profileStrings(language);
  const { fields } = language.strings;
  const { done } = querySchema.parse(call.query);
  const picture = imageSource(account.picture);
  const name = [account.givenName, account.familyName].filter(Boolean).join(' ');
  return sendPortalPage(call, status, {
    section: 'profile',
    title: strings.title,
    lead: account.persona ? strings.testPerson : strings.lead,
    notice: Object.hasOwn(strings.done, done) ? strings.done[done as keyof typeof strings.done] : undefined,
    ...(picture && { images: [picture] }),
    main: html`${alert ? alertBox(alert) : nothing}
<section class="card" aria-labelledby="about"><h2 id="about">${strings.aboutYou}</h2><div class="rows">
${row(call, 'picture', fields.picture, undefined, portraitOf(call))}
${row(call, 'name', fields.name, name && isolate(name))}
${row(call, 'phone', fields.phone_number, account.phoneNumber && isolateLeftToRight(account.phoneNumber))}
${row(call, 'language', fields.locale, languageName(call))}
</div></section>
${addressList(call)}`,
  });
}

/** A link to where it is changed; of a test person, what there is. */
function row(call: PersonCall, page: string, label: string, value: unknown, picture: unknown = nothing): unknown {
  const { base, account, language } = call;
  const shown = value ? html`<b>${value}</b>` : html`<span class="muted">${profileStrings(language).nothingYet}</span>`;
  const text =
    page === 'picture'
      ? html`<span class="grow"><b>${label}</b></span>${picture}`
      : html`<span class="grow"><span class="small muted">${label}</span><br>${shown}</span>`;
  return account.persona
    ? html`<div class="row">${text}</div>`
    : html`<a class="row" href="${base}/profile/${page}">${text}${chevronIcon}</a>`;
}

function languageName({ account: { locale }, language }: PersonCall): unknown {
  if (locale === undefined) return profileStrings(language).language.browser;
  const spoken = spokenLanguage(locale);
  return spoken ? html`<bdi lang=${spoken.tag}>${spoken.name}</bdi>` : isolate(formatLanguage(locale, language.tag));
}
