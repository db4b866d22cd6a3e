import { html } from '@lit-labs/ssr';
import type { FastifyReply } from 'fastify';
import { nothing } from 'lit';
import { csrfInput } from '#pages/forms.ts';
import { fill, isolate } from '#pages/text.ts';
import { linkUri } from '#pages/uris.ts';
import { sendPortalPage } from '#portal/layout.ts';
import type { PersonCall } from '#portal/route.ts';
import { portalStrings } from '#portal/strings.ts';
import type { ConnectedShop } from '#storage/connected-shops.ts';
import { shopPath } from './shop-page.ts';
import { logoOf, shopTile } from './shop-tile.ts';
import { shopStrings } from './strings.ts';

/** Asks once more, and says what comes of it. */
export function sendDisconnect(call: PersonCall, shop: ConnectedShop): Promise<FastifyReply> {
  const { language, context } = call;
  const strings = shopStrings(language);
  const path = shopPath(call, shop);
  const shopName = isolate(shop.name);
  const values = { shop: shopName, platform: isolate(context.config.platformName) };
  const policy = linkUri(shop.privacyPolicyUri);
  return sendPortalPage(call, 200, {
    section: 'shops',
    title: strings.disconnectTitle.replace('{shop}', () => shop.name),
    back: { href: path, label: shopName },
    images: [logoOf(shop) ?? []].flat(),
    main: html`<form class="card" method="post" action="${path}/disconnect">${csrfInput(call)}
<div class="row">${shopTile(shop, language.tag)}<b class="grow">${shopName}</b></div>
<ul class="points"><li>${fill(strings.consequences.atOnce, values)}</li>
<li>${fill(strings.consequences.keeps, values)}${
      policy
        ? html` <a href=${policy} target="_blank" rel="noopener noreferrer">${language.strings.consent.privacyPolicy}<span class="hidden"> ${language.strings.common.opensNewWindow}</span></a>`
        : nothing
    }</li>
<li>${fill(strings.consequences.comeBack, values)}</li></ul>
<div class="buttons"><button class="button danger">${strings.disconnect}</button><a class="button secondary" href=${path}>${portalStrings(language).cancel}</a></div></form>`,
  });
}
