import { html } from '@lit-labs/ssr';
import type { FastifyReply } from 'fastify';
import { nothing } from 'lit';
import { formFrame } from '#pages/forms.ts';
import { isolate } from '#pages/text.ts';
import { linkUri } from '#pages/uris.ts';
import { formButtons } from '#portal/form-buttons.ts';
import { sendPortalPage } from '#portal/layout.ts';
import type { PersonCall } from '#portal/route.ts';
import { statement } from '#portal/statement.ts';
import type { ConnectedShop } from '#storage/connected-shops.ts';
import { outsideLink } from './outside-link.ts';
import { shopPath } from './shop-path.ts';
import { logoOf, shopTile } from './shop-tile.ts';

/** Asks once more, and says what comes of it. */
export function sendDisconnect(call: PersonCall, shop: ConnectedShop): Promise<FastifyReply> {
  const { csrf, language, context } = call;
  const { t } = language;
  const path = shopPath(call, shop);
  const name = isolate(shop.name);
  const platform = isolate(context.config.platformName);
  const policy = linkUri(shop.privacyPolicyUri);
  const policyLink = policy && outsideLink(policy, t('shared.common.privacyPolicy'), language);
  return sendPortalPage(call, 200, {
    navItem: 'shops',
    ...statement({
      kind: 'danger',
      title: t('account.shops.disconnectTitle', { shop: language.isolate(shop.name) }),
      details: html`<div class="card"><div class="row">${shopTile(shop, language.tag)}<b class="grow">${name}</b></div>
<ul class="points"><li>${t.rich('account.shops.consequences.atOnce', { shop: name })}</li>
<li>${t.rich('account.shops.consequences.keeps', { shop: name })}${policyLink ? html` ${policyLink}` : nothing}</li>
<li>${t.rich('account.shops.consequences.comeBack', { shop: name, platform })}</li></ul></div>`,
      next: formFrame(
        { action: `${path}/disconnect`, csrf },
        formButtons({ submit: t('account.shops.disconnect'), isDanger: true, cancel: path }, language),
      ),
    }),
    back: { href: path, label: name },
    images: [logoOf(shop) ?? []].flat(),
  });
}
