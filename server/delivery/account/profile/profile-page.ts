import { html } from '@lit-labs/ssr';
import { claimsOfField, type Field } from '@signup-with-platform/protocol';
import type { FastifyReply } from 'fastify';
import { nothing } from 'lit';
import { z } from 'zod';
import { FIELD_PAGES } from '#domain/claims/fields.ts';
import { ownNameOf } from '#domain/claims/own-field.ts';
import { shownValue } from '#domain/consent/answers.ts';
import { fieldName } from '#pages/field-name.ts';
import { fieldValue } from '#pages/field-value.ts';
import { alertBox } from '#pages/forms.ts';
import { chevronIcon } from '#pages/icons.ts';
import { formatLanguage, isolate } from '#pages/text.ts';
import { imageSource } from '#pages/uris.ts';
import { sendPortalPage } from '#portal/layout.ts';
import type { PersonCall } from '#portal/route.ts';
import { isShared } from '#storage/accounts.ts';
import type { OwnField } from '../../../../process/settings/own-fields.ts';
import { addressList } from './address-list.ts';
import { isDone } from './done.ts';
import { spokenLanguage } from './language-names.ts';
import { portraitOf } from './portrait.ts';

const querySchema = z.object({ done: z.string().catch('') }).catch({ done: '' });

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
  return sendPortalPage(call, status, {
    navItem: 'profile',
    title: t('account.profile.title'),
    lead: t(isShared(account) ? 'account.frame.testPerson.shared' : 'account.profile.lead'),
    notice: isDone(done) ? t(`account.profile.done.${done}`) : undefined,
    ...(picture && { images: [picture] }),
    main: html`${alert ? alertBox(alert) : nothing}
<section class="card" aria-labelledby="about"><h2 id="about">${t('account.profile.aboutYou')}</h2><div class="rows">
${pictureRow(call)}
${FIELD_PAGES.map(({ field, page }) => row(call, page.name, t(`shared.fields.${field}`), fieldText(call, field)))}
${row(call, 'language', t('shared.fields.locale'), languageName(call))}
${call.context.fields.own.map((own) => ownRow(call, own))}
</div></section>
${addressList(call)}`,
  });
}

function fieldText({ account, language, context: { fields } }: PersonCall, field: Field): unknown {
  const value = shownValue(fields, account, field, claimsOfField(field), language.tag);
  return value === undefined ? undefined : fieldValue(field, value, language, () => nothing, fields);
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

/** An operator's own field: with the way to change it, or where it comes from. What comes from elsewhere and is not there says nothing. */
function ownRow(call: PersonCall, own: OwnField): unknown {
  const { language, context } = call;
  const field = ownNameOf(own);
  const label = fieldName(field, language, context.fields);
  const value = fieldText(call, field);
  if (own.editable) return row(call, `own/${own.name}`, label, value);
  if (value === undefined) return nothing;
  const from = language.t('account.profile.fromPlatform', { platform: context.config.platformName });
  return html`<div class="row"><span class="grow"><span class="small muted">${label}</span><br><b>${value}</b><br><span
 class="small muted">${from}</span></span></div>`;
}

/** A link to where it is changed; of a test person, what there is. */
function rowFrame({ base, account }: PersonCall, page: string, content: unknown): unknown {
  return isShared(account)
    ? html`<div class="row">${content}</div>`
    : html`<a class="row" href="${base}/profile/${page}">${content}${chevronIcon}</a>`;
}

function languageName({ account: { locale }, language }: PersonCall): unknown {
  if (locale === undefined) return language.t('account.profile.language.browser');
  const spoken = spokenLanguage(locale);
  return spoken ? html`<bdi lang=${spoken.tag}>${spoken.name}</bdi>` : isolate(formatLanguage(locale, language.tag));
}
