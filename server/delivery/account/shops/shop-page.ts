import { html } from '@lit-labs/ssr';
import { CLAIMS_OF_FIELD, FIELDS, type Field } from '@signup-with-platform/protocol';
import type { FastifyReply } from 'fastify';
import { nothing } from 'lit';
import { z } from 'zod';
import { priorConsent } from '#domain/consent/consent-request.ts';
import { csrfInput } from '#pages/forms.ts';
import { fieldIcons } from '#pages/icons.ts';
import { fill, isolate, isolateLeftToRight } from '#pages/text.ts';
import { linkUri } from '#pages/uris.ts';
import { sendPortalPage } from '#portal/layout.ts';
import { relativeTime } from '#portal/relative-time.ts';
import type { PersonCall } from '#portal/route.ts';
import { portalStrings } from '#portal/strings.ts';
import type { ConnectedShop } from '#storage/connected-shops.ts';
import type { LastDisclosure } from '#storage/disclosures.ts';
import { notShared } from './not-shared.ts';
import { pictureOf, sharedValue } from './shared-value.ts';
import { logoOf, placeOf, shopTile } from './shop-tile.ts';
import { shopStrings } from './strings.ts';

const fieldSchema = z.enum(FIELDS).optional().catch(undefined);
const querySchema = z.object({ stopped: fieldSchema, shared: fieldSchema });

export function shopPath({ base }: Pick<PersonCall, 'base'>, { clientId }: Pick<ConnectedShop, 'clientId'>): string {
  return `${base}/shops/${clientId}`;
}

/** What one shop may receive, field by field, with what it did receive and when. */
export function sendShop(
  call: PersonCall,
  shop: ConnectedShop,
  disclosures: readonly LastDisclosure[],
): Promise<FastifyReply> {
  const { language, account } = call;
  const strings = shopStrings(language);
  const { granted } = priorConsent(shop.grant);
  const shared = FIELDS.filter((field) => CLAIMS_OF_FIELD[field].some((claim) => granted.has(claim)));
  const name = isolate(shop.name);
  const isPictureShown = [...shared, ...notShared(account, shop).map(({ field }) => field)].includes('picture');
  const picture = isPictureShown ? pictureOf(account) : undefined;
  return sendPortalPage(call, 200, {
    section: 'shops',
    title: shop.name,
    back: { href: `${call.base}/shops`, label: portalStrings(language).nav.shops },
    notice: noticeOf(call, shop),
    images: [logoOf(shop) ?? [], picture ?? []].flat(),
    main: html`${about(call, shop)}
<section class="card" aria-labelledby="shared"><header><h2 id="shared">${fill(strings.mayReceive, { shop: name })}</h2><p class="small muted">${strings.onlyThese}${shared.some((field) => isRequired(shop, field)) ? html` ${fill(strings.requiredAgain, { shop: name })}` : nothing}</p></header>
${
  shared.length > 0
    ? html`<ul class="rows">${shared.map((field) =>
        fieldRow(
          call,
          shop,
          field,
          disclosures.find((one) => one.field === field),
        ),
      )}</ul>`
    : html`<p>${fill(strings.onlyIdentifier, { shop: name })}</p>`
}</section>
${notSharedCard(call, shop, disclosures)}
<section class="card" aria-labelledby="disconnect"><header><h2 id="disconnect">${strings.disconnect}</h2><p class="muted">${fill(strings.disconnectLead, { shop: name })}</p></header><div class="buttons"><a class="button danger" href="${shopPath(call, shop)}/disconnect"><span>${fill(strings.disconnectFrom, { shop: name })}</span></a></div></section>`,
  });
}

/** What a required field that is no longer shared means is said with it. */
function noticeOf(call: PersonCall, shop: ConnectedShop): unknown {
  const { stopped, shared } = querySchema.parse(call.query);
  const strings = shopStrings(call.language);
  if (shared && isShared(shop, shared)) {
    return fill(strings.sharedNow, { shop: isolate(shop.name), field: call.language.t(`shared.fields.${shared}`) });
  }
  if (!stopped || isShared(shop, stopped)) return undefined;
  const values = { shop: isolate(shop.name), field: call.language.t(`shared.fields.${stopped}`) };
  return html`${fill(strings.stopped, values)}${isRequired(shop, stopped) ? html` ${fill(strings.willAskAgain, values)}` : nothing}`;
}

function about(call: PersonCall, shop: ConnectedShop): unknown {
  const { tag, strings } = call.language;
  const own = shopStrings(call.language);
  const home = linkUri(shop.homePageUri) ?? linkUri(shop.origins[0]);
  const links = [
    { href: home, label: own.homePage },
    { href: linkUri(shop.privacyPolicyUri), label: strings.consent.privacyPolicy },
    { href: linkUri(shop.termsUri), label: strings.consent.terms },
  ].filter(({ href }) => href !== undefined);
  return html`<div class="row">${shopTile(shop, tag)}<div class="grow"><p>${isolateLeftToRight(placeOf(shop))}</p>
<p class="small muted">${fill(own.since, { when: relativeTime(shop.since, tag) })}${links.map(
    ({ href, label }) =>
      html` · <a href=${href} target="_blank" rel="noopener noreferrer">${label}<span class="hidden"> ${strings.common.opensNewWindow}</span></a>`,
  )}</p></div></div>`;
}

function fieldRow(
  call: PersonCall,
  shop: ConnectedShop,
  field: Field,
  disclosure: LastDisclosure | undefined,
): unknown {
  const { tag, t } = call.language;
  const own = shopStrings(call.language);
  const label = t(`shared.fields.${field}`);
  const { granted } = priorConsent(shop.grant);
  const claims = CLAIMS_OF_FIELD[field].filter((claim) => granted.has(claim));
  const when = (at: Date | undefined, text: string, never: string) =>
    at ? fill(text, { when: relativeTime(at, tag) }) : never;
  return html`<li class="row top">${fieldIcons[field]}<div class="grow"><p><b>${label}</b>${isRequired(shop, field) ? html` <span class="tag">${portalStrings(call.language).required}</span>` : nothing}</p>
<div>${sharedValue(call.account, field, claims, call.language) ?? html`<span class="muted">${own.notFilledIn}</span>`}</div>
<p class="small muted">${when(disclosure?.receivedAt, own.received, own.notReceived)} · ${when(disclosure?.readAt, own.read, own.notRead)}</p></div>
<form method="post" action="${shopPath(call, shop)}/stop">${csrfInput(call)}<input type="hidden" name="field" value=${field}><button class="link">${own.stop}<span class="hidden"> – ${label}</span></button></form></li>`;
}

/** The other fields that the shop asks for, with what it would get. */
function notSharedCard(call: PersonCall, shop: ConnectedShop, disclosures: readonly LastDisclosure[]): unknown {
  const fields = notShared(call.account, shop);
  if (fields.length === 0) return nothing;
  const strings = shopStrings(call.language);
  return html`<section class="card" aria-labelledby="not-shared"><header><h2 id="not-shared">${strings.notShared}</h2><p class="small muted">${fill(strings.notSharedLead, { shop: isolate(shop.name) })}</p></header>
<ul class="rows">${fields.map(({ field, value }) => notSharedRow(call, shop, field, value, disclosures))}</ul></section>`;
}

function notSharedRow(
  call: PersonCall,
  shop: ConnectedShop,
  field: Field,
  value: string | undefined,
  disclosures: readonly LastDisclosure[],
): unknown {
  const { account, language } = call;
  const { consent } = language.strings;
  const own = shopStrings(language);
  const label = language.t(`shared.fields.${field}`);
  const wasShared = disclosures.some((one) => one.field === field);
  const isUnverified = field === 'email' && !account.emailVerified;
  return html`<li class="row top">${fieldIcons[field]}<div class="grow"><p><b>${label}</b>${isRequired(shop, field) ? html` <span class="tag">${portalStrings(language).required}</span>` : nothing}</p>
<div>${sharedValue(account, field, CLAIMS_OF_FIELD[field], language) ?? html`<span class="muted">${own.notFilledIn}</span>`}${isUnverified && value !== undefined ? html` <span class="tag">${consent.unverified}</span>` : nothing}</div></div>
${
  value === undefined
    ? nothing
    : html`<form method="post" action="${shopPath(call, shop)}/share">${csrfInput(call)}<input type="hidden" name="field" value=${field}><button class="link">${wasShared ? own.shareAgain : own.share}<span class="hidden"> – ${label}</span></button></form>`
}</li>`;
}

function isShared({ grant }: ConnectedShop, field: Field): boolean {
  const { granted } = priorConsent(grant);
  return CLAIMS_OF_FIELD[field].some((claim) => granted.has(claim));
}

function isRequired({ fields }: ConnectedShop, field: Field): boolean {
  return fields.some((one) => one.field === field && one.required);
}
