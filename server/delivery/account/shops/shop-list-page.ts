import { html } from '@lit-labs/ssr';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { chevronIcon } from '#pages/icons.ts';
import { fill, isolateLeftToRight } from '#pages/text.ts';
import { sendPortalPage } from '#portal/layout.ts';
import { relativeTime } from '#portal/relative-time.ts';
import type { PersonCall } from '#portal/route.ts';
import { portalStrings } from '#portal/strings.ts';
import type { ConnectedShop } from '#storage/connected-shops.ts';
import { shopPath } from './shop-page.ts';
import { logoOf, placeOf, shopTile } from './shop-tile.ts';
import { shopStrings } from './strings.ts';

const querySchema = z.object({ done: z.enum(['disconnected']).optional().catch(undefined) });

export function sendShopList(call: PersonCall, shops: readonly ConnectedShop[]): Promise<FastifyReply> {
  const strings = shopStrings(call.language);
  const { done } = querySchema.parse(call.query);
  return sendPortalPage(call, 200, {
    section: 'shops',
    title: portalStrings(call.language).nav.shops,
    lead: strings.lead,
    notice: done && strings.done[done],
    images: shops.flatMap((shop) => logoOf(shop) ?? []),
    main:
      shops.length > 0
        ? html`<div class="rows">${shops.map((shop) => row(call, shop))}</div>`
        : html`<p class="empty">${strings.none}</p>`,
  });
}

function row(call: PersonCall, shop: ConnectedShop): unknown {
  const { tag } = call.language;
  const since = fill(shopStrings(call.language).since, { when: relativeTime(shop.since, tag) });
  return html`<a class="row" href=${shopPath(call, shop)}>${shopTile(shop, tag)}<span class="grow"><b><bdi>${shop.name}</bdi></b><br><span class="small muted">${isolateLeftToRight(placeOf(shop))} · ${since}</span></span>${chevronIcon}</a>`;
}
