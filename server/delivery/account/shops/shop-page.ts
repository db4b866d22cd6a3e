import { html } from '@lit-labs/ssr';
import type { Field } from '@signup-with-platform/protocol';
import type { FastifyReply } from 'fastify';
import { nothing } from 'lit';
import { z } from 'zod';
import { priorConsent } from '#domain/consent/consent-request.ts';
import { staysConnected } from '#domain/consent/offline-access.ts';
import { isolate, isolateLeftToRight } from '#pages/text.ts';
import { relativeTime } from '#pages/time.ts';
import { linkUri } from '#pages/uris.ts';
import { sendPortalPage } from '#portal/layout.ts';
import type { PersonCall } from '#portal/route.ts';
import type { ConnectedShop } from '#storage/connected-shops.ts';
import type { LastDisclosure } from '#storage/disclosures.ts';
import { isRequired, notSharedRow, sharedRow } from './field-row.ts';
import { notShared } from './not-shared.ts';
import { outsideLink } from './outside-link.ts';
import { pictureOf } from './shared-value.ts';
import { shopPath } from './shop-path.ts';
import { logoOf, placeOf, shopTile } from './shop-tile.ts';

const fieldSchema = z.string().max(60).optional().catch(undefined);
const querySchema = z.object({ stopped: fieldSchema, shared: fieldSchema });

/** What one shop may receive, field by field, with what it did receive and when. */
export function sendShop(
  call: PersonCall,
  shop: ConnectedShop,
  disclosures: readonly LastDisclosure[],
): Promise<FastifyReply> {
  const { language, account } = call;
  const shared = sharedFields(call, shop);
  const isPictureShown = [
    ...shared,
    ...notShared(call.context.fields, account, shop, call.language.tag).map(({ field }) => field),
  ].includes('picture');
  const picture = isPictureShown ? pictureOf(account) : undefined;
  return sendPortalPage(call, 200, {
    navItem: 'shops',
    title: language.isolate(shop.name),
    back: { href: `${call.base}/shops`, label: language.t('account.frame.nav.shops') },
    notice: noticeOf(call, shop),
    images: [logoOf(shop) ?? [], picture ?? []].flat(),
    main: html`${about(call, shop)}
${sharedCard(call, shop, shared, disclosures)}
${notSharedCard(call, shop, disclosures)}
${disconnectCard(call, shop)}`,
  });
}

/** What was just done; of a required field that is no longer shared, also what that means. */
function noticeOf(call: PersonCall, shop: ConnectedShop): unknown {
  const { t } = call.language;
  const asked = querySchema.parse(call.query);
  const [stopped, shared] = [asked.stopped, asked.shared].filter(
    (name) => name === undefined || call.context.fields.hasField(name),
  );
  const name = isolate(shop.name);
  const isShared = (field: Field) => sharedFields(call, shop).includes(field);
  if (shared && isShared(shared)) return t.rich('account.shops.sharedNow', { shop: name, field: shared });
  if (!stopped || isShared(stopped)) return undefined;
  const willAskAgain = html` ${t.rich('account.shops.willAskAgain', { shop: name })}`;
  return html`${t.rich('account.shops.stopped', { shop: name, field: stopped })}${
    isRequired(shop, stopped) ? willAskAgain : nothing
  }`;
}

function about({ language }: PersonCall, shop: ConnectedShop): unknown {
  const { t, tag } = language;
  const links = [
    { href: linkUri(shop.homePageUri) ?? linkUri(shop.origins[0]), label: t('account.shops.homePage') },
    { href: linkUri(shop.privacyPolicyUri), label: t('shared.common.privacyPolicy') },
    { href: linkUri(shop.termsUri), label: t('shared.common.terms') },
  ].flatMap(({ href, label }) => (href === undefined ? [] : [html` · ${outsideLink(href, label, language)}`]));
  const since = t.rich('account.shops.since', { when: relativeTime(shop.since, language) });
  return html`<div class="row">${shopTile(shop, tag)}<div class="grow"><p>${isolateLeftToRight(placeOf(shop))}</p>
<p class="small muted">${since}${links}</p></div></div>`;
}

function sharedCard(
  call: PersonCall,
  shop: ConnectedShop,
  fields: readonly Field[],
  disclosures: readonly LastDisclosure[],
): unknown {
  const { t } = call.language;
  const name = isolate(shop.name);
  const requiredAgain = html` ${t.rich('account.shops.requiredAgain', { shop: name })}`;
  const row = (field: Field) =>
    sharedRow(
      call,
      shop,
      field,
      disclosures.find((one) => one.field === field),
    );
  return html`<section class="card" aria-labelledby="shared">
<header><h2 id="shared">${t.rich('account.shops.mayReceive', { shop: name })}</h2>
<p class="small muted">${t('account.shops.onlyThese')}${
    fields.some((field) => isRequired(shop, field)) ? requiredAgain : nothing
  }</p></header>
${
  fields.length > 0
    ? html`<ul class="rows">${fields.map(row)}</ul>`
    : html`<p>${t.rich('account.shops.onlyIdentifier', { shop: name })}</p>`
}${staysConnected(shop.grant) ? html`<p class="small muted">${t.rich('account.shops.stays', { shop: name })}</p>` : nothing}</section>`;
}

/** The other fields that the shop asks for, with what it would get. */
function notSharedCard(call: PersonCall, shop: ConnectedShop, disclosures: readonly LastDisclosure[]): unknown {
  const fields = notShared(call.context.fields, call.account, shop, call.language.tag);
  if (fields.length === 0) return nothing;
  const { t } = call.language;
  const rows = fields.map((declined) => {
    const wasShared = disclosures.some((one) => one.field === declined.field);
    return notSharedRow(call, shop, declined, wasShared);
  });
  return html`<section class="card" aria-labelledby="not-shared">
<header><h2 id="not-shared">${t('account.shops.notShared')}</h2>
<p class="small muted">${t.rich('account.shops.notSharedLead', { shop: isolate(shop.name) })}</p></header>
<ul class="rows">${rows}</ul></section>`;
}

function disconnectCard(call: PersonCall, shop: ConnectedShop): unknown {
  const { t } = call.language;
  const name = isolate(shop.name);
  const label = html`<span>${t.rich('account.shops.disconnectFrom', { shop: name })}</span>`;
  return html`<section class="card" aria-labelledby="disconnect">
<header><h2 id="disconnect">${t('account.shops.disconnect')}</h2>
<p class="muted">${t.rich('account.shops.disconnectLead', { shop: name })}</p></header>
<div class="buttons"><a class="button danger" href="${shopPath(call, shop)}/disconnect">${label}</a></div></section>`;
}

/** What the person has agreed to, also to what the operator's file has no more: it may come back, and can be stopped until then. */
function sharedFields({ context }: PersonCall, { grant }: ConnectedShop): Field[] {
  return context.fields.fieldsOf(priorConsent(grant).granted);
}
