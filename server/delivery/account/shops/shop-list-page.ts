import { html } from '@lit-labs/ssr';
import type { FastifyReply } from 'fastify';
import { nothing } from 'lit';
import { z } from 'zod';
import { chevronIcon } from '#pages/icons.ts';
import { isolate, isolateLeftToRight } from '#pages/text.ts';
import { relativeTime } from '#pages/time.ts';
import { sendPortalPage } from '#portal/layout.ts';
import type { PersonCall } from '#portal/route.ts';
import type { ConnectedShop } from '#storage/connected-shops.ts';
import { shopPath } from './shop-path.ts';
import { logoOf, placeOf, shopTile } from './shop-tile.ts';

const querySchema = z.object({ done: z.enum(['disconnected']).optional().catch(undefined) });

export function sendShopList(call: PersonCall, shops: readonly ConnectedShop[]): Promise<FastifyReply> {
  const { t } = call.language;
  const { done } = querySchema.parse(call.query);
  return sendPortalPage(call, 200, {
    navItem: 'shops',
    title: t('account.frame.nav.shops'),
    lead: t('account.shops.lead'),
    notice: done && t(`account.shops.done.${done}`),
    images: shops.flatMap((shop) => logoOf(shop) ?? []),
    main: shops.length > 0 ? html`<div class="rows">${shops.map((shop) => row(call, shop))}</div>` : firstUse(call),
  });
}

/** What will be here, and what can be done before it is. */
function firstUse({ base, context, language: { t } }: PersonCall): unknown {
  const platform = isolate(context.config.platformName);
  return html`<div class="empty stack"><div><p>${t('account.shops.none')}</p>
<p>${t.rich('account.shops.noneYet', { platform })}</p></div>
<p><a class="button secondary" href="${base}/profile">${t('account.shops.toProfile')}</a></p></div>`;
}

function row(call: PersonCall, shop: ConnectedShop): unknown {
  const { language } = call;
  const since = language.t.rich('account.shops.since', { when: relativeTime(shop.since, language) });
  const place = placeOf(shop);
  const text = html`<span class="grow"><b>${isolate(shop.name)}</b><br>
<span class="small muted">${place === '' ? nothing : html`${isolateLeftToRight(place)} · `}${since}</span></span>`;
  return html`<a class="row" href=${shopPath(call, shop)}>${shopTile(shop, language.tag)}${text}${chevronIcon}</a>`;
}
