import { type Field, fieldOf } from '@signup-with-platform/protocol';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { priorConsent } from '#domain/consent/consent-request.ts';
import { noteWithdrawal } from '#domain/consent/note-withdrawal.ts';
import { shareField } from '#domain/consent/share-field.ts';
import { withdrawField } from '#domain/consent/withdraw-field.ts';
import { PortalError } from '#portal/portal-error.ts';
import { forPerson, type PersonCall } from '#portal/route.ts';
import type { ConnectedShop } from '#storage/connected-shops.ts';
import { sendDisconnect } from './disconnect-page.ts';
import { notShared } from './not-shared.ts';
import { sendShopList } from './shop-list-page.ts';
import { sendShop } from './shop-page.ts';
import { shopPath } from './shop-path.ts';

// Whoever shares a test person must not see with which shops others have tried it out.
const NOT_SHARED = { notShared: true };

export const shopRoutes = [
  forPerson('GET', '/shops', getShops, NOT_SHARED),
  forPerson('GET', '/shops/:clientId', getShop, NOT_SHARED),
  forPerson('POST', '/shops/:clientId/stop', postStop, NOT_SHARED),
  forPerson('POST', '/shops/:clientId/share', postShare, NOT_SHARED),
  forPerson('GET', '/shops/:clientId/disconnect', getDisconnect, NOT_SHARED),
  forPerson('POST', '/shops/:clientId/disconnect', postDisconnect, NOT_SHARED),
];

const fieldSchema = z.object({ field: z.string() });

/**
 * The field that a form names: one of the platform's, or one that this consent has, although the operator's file has it no more.
 * @throws PortalError `invalid_request` for any other
 */
function fieldIn({ context, body }: PersonCall, { grant }: ConnectedShop): Field {
  const form = fieldSchema.safeParse(body ?? {});
  if (!form.success) throw new PortalError('invalid_request');
  const { granted, declined } = priorConsent(grant);
  const name = form.data.field;
  const field = context.fields.hasField(name)
    ? name
    : [...granted, ...declined].map(fieldOf).find((one) => one === name);
  if (field === undefined) throw new PortalError('invalid_request');
  return field;
}

async function getShops(call: PersonCall): Promise<FastifyReply> {
  return sendShopList(call, await call.context.rows.connectedShops.list(call.account.id));
}

async function getShop(call: PersonCall): Promise<FastifyReply> {
  const { disclosures, storage } = call.context;
  const shop = await findShop(call);
  // What was read a moment ago may not be written down yet.
  await disclosures.flush();
  return sendShop(call, shop, shop.userId === undefined ? [] : await storage.disclosures.list(shop.userId));
}

/** Stops sharing one field, optional or required alike: the grant without it counts from the very next request. */
async function postStop(call: PersonCall): Promise<FastifyReply> {
  const shop = await findShop(call);
  const field = fieldIn(call, shop);
  const changed = await call.context.rows.connectedShops.changeGrant(call.account.id, shop.clientId, (grant) =>
    withdrawField(grant, field),
  );
  if (changed) await noteChange(call, shop, { stopped: field });
  return call.reply.redirect(`${shopPath(call, shop)}?${new URLSearchParams({ stopped: field })}`, 303);
}

/** Shares one field that was stopped or declined, of those that the shop asks for and the account knows. */
async function postShare(call: PersonCall): Promise<FastifyReply> {
  const shop = await findShop(call);
  const field = fieldIn(call, shop);
  const isOffered = notShared(call.context.fields, call.account, shop, call.language.tag).some(
    (one) => one.field === field && one.value !== undefined,
  );
  const changed =
    isOffered &&
    (await call.context.rows.connectedShops.changeGrant(call.account.id, shop.clientId, (grant) =>
      shareField(grant, field),
    ));
  if (changed) await noteChange(call, shop, { shared: field });
  return call.reply.redirect(`${shopPath(call, shop)}?${new URLSearchParams({ shared: field })}`, 303);
}

/** Writes it down for the operator, and for the app's developers. */
async function noteChange(
  { audit, context, request }: PersonCall,
  { clientId, userId }: ConnectedShop,
  detail: { stopped: Field } | { shared: Field },
): Promise<void> {
  await audit('consent.changed', `environment:${clientId}`, detail);
  context.events.record(clientId, { kind: 'consent.changed', requestId: request.id, userId, detail });
}

async function getDisconnect(call: PersonCall): Promise<FastifyReply> {
  return sendDisconnect(call, await findShop(call));
}

async function postDisconnect(call: PersonCall): Promise<FastifyReply> {
  const shop = await findShop(call);
  const ended = await call.context.rows.connectedShops.disconnect(call.account.id, shop.clientId);
  if (ended) {
    const { context, account, request } = call;
    await call.audit('consent.withdrawn', `environment:${shop.clientId}`);
    await noteWithdrawal(context, { clientId: shop.clientId, accountId: account.id, requestId: request.id });
  }
  return call.reply.redirect(`${call.base}/shops?done=disconnected`, 303);
}

/** @throws PortalError `not_found` when the account shares nothing with it, whether or not there is such an app */
async function findShop({ context, account, params }: PersonCall): Promise<ConnectedShop> {
  const clientId = params['clientId'] ?? '';
  // Nothing else is looked for: PostgreSQL refuses some texts, such as those with a NUL.
  const shop = /^\w{1,64}$/.test(clientId) && (await context.rows.connectedShops.find(account.id, clientId));
  if (!shop) throw new PortalError('not_found');
  return shop;
}
