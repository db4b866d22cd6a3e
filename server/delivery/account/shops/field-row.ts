import { html } from '@lit-labs/ssr';
import { claimsOfField, type Field } from '@signup-with-platform/protocol';
import { nothing } from 'lit';
import { priorConsent } from '#domain/consent/consent-request.ts';
import { fieldName } from '#pages/field-name.ts';
import { formFrame } from '#pages/forms.ts';
import { fieldIcon } from '#pages/icons.ts';
import { relativeTime } from '#pages/time.ts';
import type { PersonCall } from '#portal/route.ts';
import type { ConnectedShop } from '#storage/connected-shops.ts';
import type { LastDisclosure } from '#storage/disclosures.ts';
import type { NotShared } from './not-shared.ts';
import { sharedValue } from './shared-value.ts';
import { shopPath } from './shop-path.ts';

export function isRequired({ fields }: ConnectedShop, field: Field): boolean {
  return fields.some((one) => one.field === field && one.required);
}

/** A field that the shop gets: what it is now, when the shop got it last, and the button that stops it. */
export function sharedRow(
  call: PersonCall,
  shop: ConnectedShop,
  field: Field,
  disclosure: LastDisclosure | undefined,
): unknown {
  const { language } = call;
  const { t } = language;
  const { granted } = priorConsent(shop.grant);
  const claims = claimsOfField(field).filter((claim) => granted.has(claim));
  const { receivedAt, readAt } = disclosure ?? {};
  const received = receivedAt
    ? t.rich('account.shops.received', { when: relativeTime(receivedAt, language) })
    : t('account.shops.notReceived');
  const read = readAt
    ? t.rich('account.shops.read', { when: relativeTime(readAt, language) })
    : t('account.shops.notRead');
  return html`<li class="row top">${fieldIcon(field)}<div class="grow"><p>${labelOf(call, shop, field)}</p>
<div>${sharedValue(call, field, claims) ?? notFilledIn(call)}</div>
<p class="small muted">${received} · ${read}</p></div>
${fieldForm(call, shop, field, { action: 'stop', button: t('account.shops.stop') })}</li>`;
}

/** A field that the shop asks for and does not get: what it would be, and the button that shares it. */
export function notSharedRow(
  call: PersonCall,
  shop: ConnectedShop,
  { field, value }: NotShared,
  wasShared: boolean,
): unknown {
  const { account, language } = call;
  const { t } = language;
  const isUnverified = field === 'email' && !account.emailVerified && value !== undefined;
  const unverified = html` <span class="tag">${t('shared.common.unverified')}</span>`;
  const shown = sharedValue(call, field, claimsOfField(field)) ?? notFilledIn(call);
  const button = t(wasShared ? 'account.shops.shareAgain' : 'account.shops.share');
  return html`<li class="row top">${fieldIcon(field)}<div class="grow"><p>${labelOf(call, shop, field)}</p>
<div>${shown}${isUnverified ? unverified : nothing}</div></div>
${value === undefined ? nothing : fieldForm(call, shop, field, { action: 'share', button })}</li>`;
}

function labelOf({ language, context }: PersonCall, shop: ConnectedShop, field: Field): unknown {
  const required = html` <span class="tag">${language.t('account.frame.required')}</span>`;
  return html`<b>${fieldName(field, language, context.fields)}</b>${isRequired(shop, field) ? required : nothing}`;
}

function notFilledIn({ language: { t } }: PersonCall): unknown {
  return html`<span class="muted">${t('account.shops.notFilledIn')}</span>`;
}

function fieldForm(
  call: PersonCall,
  shop: ConnectedShop,
  field: Field,
  { action, button }: { action: 'stop' | 'share'; button: string },
): unknown {
  const label = html`<span class="hidden"> &ndash; ${fieldName(field, call.language, call.context.fields)}</span>`;
  return formFrame(
    {
      action: `${shopPath(call, shop)}/${action}`,
      csrf: call.csrf,
      ...(action === 'share' && { deliberate: call.language.t('shared.common.pressAgain') }),
    },
    html`<input type="hidden" name="field" value=${field}><button class="link">${button}${label}</button>`,
  );
}
