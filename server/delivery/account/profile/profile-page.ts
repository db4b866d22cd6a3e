import { html } from '@lit-labs/ssr';
import { CLAIMS_OF_FIELD, type Field } from '@signup-with-platform/protocol';
import type { FastifyReply } from 'fastify';
import { nothing } from 'lit';
import { z } from 'zod';
import { FIELD_PAGES } from '#domain/claims/fields.ts';
import { shownValue } from '#domain/consent/answers.ts';
import { fieldValue } from '#pages/field-value.ts';
import { alertBox } from '#pages/forms.ts';
import { chevronIcon } from '#pages/icons.ts';
import { formatLanguage, isolate } from '#pages/text.ts';
import { imageSource } from '#pages/uris.ts';
import { sendPortalPage } from '#portal/layout.ts';
import type { PersonCall } from '#portal/route.ts';
import { addressList } from './address-list.ts';
import { isDone } from './done.ts';
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
  const { done } = querySchema.parse(call.query);
  const picture = imageSource(account.picture);
  return sendPortalPage(call, status, {
    section: 'profile',
    title: strings.title,
    lead: account.persona ? strings.testPerson : strings.lead,
    notice: isDone(done) ? language.t(`account.profile.done.${done}`) : undefined,
    ...(picture && { images: [picture] }),
    main: html`${alert ? alertBox(alert) : nothing}
<section class="card" aria-labelledby="about"><h2 id="about">${strings.aboutYou}</h2><div class="rows">
${row(call, 'picture', language.t('shared.fields.picture'), undefined, portraitOf(call))}
${FIELD_PAGES.map(({ field, page }) => row(call, page.name, language.t(`shared.fields.${field}`), fieldText(call, field)))}
${row(call, 'language', language.t('shared.fields.locale'), languageName(call))}
</div></section>
${addressList(call)}`,
  });
}

function fieldText({ account, language }: PersonCall, field: Field): unknown {
  const value = shownValue(account, field, CLAIMS_OF_FIELD[field]);
  return value === undefined ? undefined : fieldValue(field, value, language, () => nothing);
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
