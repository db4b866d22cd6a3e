import assert from 'node:assert/strict';
import { afterEach, it } from 'node:test';
import type { Realm, WebhookEventType } from '@signup-with-platform/protocol';
import { sql } from 'kysely';
import { type AccountProfileChanges, EmailTakenError } from '../accounts.ts';
import { UserChangedError } from '../app-users.ts';
import { randomId } from '../ids.ts';
import { NO_BELONGINGS } from '../imported-belongings.ts';
import type { PresentValues } from '../imports.ts';
import { sweep } from '../sweeper.ts';
import type { ClaimedDelivery, Saturated } from '../webhook-deliveries.ts';
import { MAX_WEBHOOKS, TooManyWebhooksError } from '../webhooks.ts';
import { onEachEngine } from './engines.ts';
import { atOnce, registerShop, signUp, storageOf } from './fixtures.ts';

const LEASE_MS = 60_000;
const ANYTHING: Saturated = { webhooks: [], failing: false, sandbox: false };
const TRY = { at: '2026-11-30T12:00:00.000Z', took_ms: 100, status: 500 };
const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

onEachEngine('webhooks', (context) => {
  const webhooks = () => context.storage.webhooks;
  const deliveries = () => context.storage.webhookDeliveries;
  const rows = (realm: Realm = 'production') => context.storage.realm(realm);
  const db = () => context.database.db;
  afterEach(() => db().deleteFrom('webhooks').execute());

  const endpoint = async (clientId: string, events?: WebhookEventType[], realm: Realm = 'production') => {
    const id = randomId();
    await webhooks().create({ id, realm, clientId, url: `https://shop.example/${id}`, events, secret: `sealed-${id}` });
    return id;
  };
  const stored = () =>
    db().selectFrom('webhook_deliveries').selectAll().orderBy('created_at').orderBy('sequence').execute();
  /** What would be sent, without what differs each time. */
  const told = async () =>
    (await stored()).map(({ type, body }) => {
      const { data } = JSON.parse(body ?? '{}') as { data: { sequence?: number; changed?: string[] } };
      return [type, data.sequence, ...(data.changed ?? [])].filter((part) => part !== undefined).join(' ');
    });
  const forget = () => db().deleteFrom('webhook_deliveries').execute();
  const claim = (saturated = ANYTHING) => deliveries().claim(LEASE_MS, saturated);
  const claimed = async () => (await claim()) ?? assert.fail('nothing to claim');
  const grantOf = (accountId: string, clientId: string, claims: string[]) => ({
    id: randomId(),
    clientId,
    accountId,
    payload: { accountId, clientId, openid: { scope: 'openid', claims } },
  });

  /** A person who shares some claims with a shop, and the shop's user. */
  const customer = async (claims: string[], wanted?: WebhookEventType[]) => {
    const { clientId, appId } = await registerShop(context.storage);
    const webhookId = await endpoint(clientId, wanted);
    const email = `${randomId(6)}@example.com`;
    const { id: accountId } = await signUp(context.storage, { email, givenName: 'Ada', familyName: 'L' });
    const { id: userId } = await rows().users.ensure(clientId, accountId);
    const grant = grantOf(accountId, clientId, claims);
    await rows().grants.create(grant);
    return { clientId, appId, webhookId, email, accountId, userId, grant };
  };

  it('cost nothing where nobody wants to be told', async () => {
    const { clientId } = await registerShop(context.storage);
    const { id } = await signUp(context.storage, { email: 'quiet@example.com', givenName: 'Ada' });
    await rows().users.ensure(clientId, id);
    const grant = grantOf(id, clientId, ['given_name']);
    await rows().grants.create(grant);
    await endpoint((await registerShop(context.storage)).clientId);
    await rows().accounts.updateProfile(id, { givenName: 'Grace' });
    await rows().connectedShops.disconnect(id, clientId);
    assert.deepEqual(await told(), []);
    const { event_sequence: count } = await db()
      .selectFrom('users')
      .select('event_sequence')
      .where('account_id', '=', id)
      .executeTakeFirstOrThrow();
    assert.equal(count, 0);
  });

  it('tell of a person, in order, and only of what is shared', async () => {
    const { clientId, accountId, userId, grant } = await customer(['given_name', 'email', 'email_verified']);
    await rows().users.markFirstCredential(userId);
    await rows().accounts.updateProfile(accountId, { givenName: 'Grace', phoneNumber: '+31 20 624 1111' });
    await rows().accounts.updateProfile(accountId, { phoneNumber: '+31 20 624 2222' });
    await rows().accounts.updateProfile(accountId, { givenName: 'Grace' });
    await rows().accounts.changeAddresses(accountId, () => [{ locality: 'Delft' }]);
    const wider = { ...grant.payload, openid: { claims: ['email', 'email_verified', 'address'] } };
    assert.equal(await rows().grants.replace(grant, wider), true);
    assert.equal(await rows().grants.replace(grant, wider), false, 'somebody else was faster');
    await rows().accounts.changeAddresses(accountId, () => [{ locality: 'Leiden' }]);
    await rows().connectedShops.changeGrant(accountId, clientId, () => ({ openid: { claims: ['email'] } }));
    const { email } = (await rows().accounts.find(accountId)) ?? {};
    await rows().accounts.markEmailVerified(accountId, email ?? '');
    await rows().accounts.changeEmail(accountId, `new.${email}`);
    await rows().connectedShops.disconnect(accountId, clientId);
    await rows().grants.create(grantOf(accountId, clientId, ['given_name']));
    assert.deepEqual(await told(), [
      'user.created 1',
      'user.updated 2 given_name',
      'user.consent_changed 3 given_name address',
      'user.updated 4 address',
      'user.consent_changed 5 email_verified address',
      'email.verified 6',
      'user.updated 7 email',
      'email.verified 8',
      'user.disconnected 9',
      'user.consent_changed 10 given_name',
    ]);
    const [first] = await stored();
    const { data, ...event } = JSON.parse(first?.body ?? '{}');
    assert.deepEqual(Object.keys(event), ['type', 'timestamp']);
    assert.deepEqual(data, {
      version: 1,
      client_id: clientId,
      environment: 'production',
      user_id: userId,
      sequence: 1,
    });
    await rows().grants.delete((await rows().grants.findFor(clientId, accountId))?.id ?? '');
    assert.equal((await told()).at(-1), 'user.disconnected 11');
  });

  it('tell of nothing that was undone', async () => {
    const { accountId, email } = await customer(['given_name', 'email']);
    await forget();
    await assert.rejects(
      context.storage.transaction(async (storage) => {
        await storage.realm('production').accounts.updateProfile(accountId, { givenName: 'Grace' });
        throw new Error('undone');
      }),
    );
    const taken = await signUp(context.storage, { email: `taken.${email}`, emailVerified: true });
    await assert.rejects(rows().accounts.changeEmail(accountId, taken.email ?? ''), EmailTakenError);
    assert.deepEqual(await told(), []);
  });

  it('change nothing that cannot be told', async () => {
    const { accountId } = await customer(['given_name']);
    await sql`alter table webhook_deliveries rename to away`.execute(db());
    try {
      await assert.rejects(rows().accounts.updateProfile(accountId, { givenName: 'Grace' }));
    } finally {
      await sql`alter table away rename to webhook_deliveries`.execute(db());
    }
    assert.equal((await rows().accounts.find(accountId))?.givenName, 'Ada');
  });

  it('tell of a picture, and of what an import changes', async () => {
    const { accountId } = await customer(['picture', 'name']);
    await forget();
    const picture = { contentType: 'image/webp', bytes: Buffer.from('x') };
    const owner = { account: accountId, realm: 'production' } as const;
    await context.storage.pictures.replace(owner, picture, (id) => `https://id.example/${id}`);
    await context.storage.pictures.remove(owner);
    const account = (await rows().accounts.find(accountId)) ?? assert.fail();
    assert.equal(await rows().accountChanges.change(account, { profile: { familyName: 'Byron' } }), true);
    assert.equal(await rows().accountChanges.change(account, { profile: { familyName: 'King' } }), false);
    assert.deepEqual(await told(), ['user.updated 2 picture', 'user.updated 3 picture', 'user.updated 4 name']);
  });

  it('tell of what an import changes', async () => {
    const { accountId } = await customer(['family_name']);
    await forget();
    const importId = await rows().imports.begin('people.ndjson');
    const person = {
      id: accountId,
      key: 'id:1',
      digest: 'd',
      account: { familyName: 'Byron' },
      belongings: NO_BELONGINGS,
    };
    const before = { accountId, digest: '', told: null, brought: null };
    const present = { isBlocked: false } as PresentValues;
    await rows().imports.update(importId, person, before, present);
    assert.deepEqual(await told(), ['user.updated 2 family_name']);
  });

  it('tell of what is said about a value, of ages and of the operator’s own fields', async () => {
    const asked = ['phone_number', 'is_over_18', 'tier'];
    const { accountId } = await customer(asked);
    await forget();
    const change = (changes: AccountProfileChanges) => rows().accounts.updateProfile(accountId, changes);
    await change({ phoneNumber: '+31206241111', verifiedPhoneNumber: '+31206241111' });
    await change({ birthdate: '1990-05-17' });
    await change({ birthdate: '1990-05-18' });
    await change({ ownClaims: { tier: 'gold', secret: 'x' } });
    await change({ ownClaims: { secret: 'y' } });
    assert.deepEqual(await told(), [
      'user.updated 2 phone_number phone_number_verified',
      'user.updated 3 is_over_18',
      'user.updated 4 tier',
    ]);
  });

  it('tell of users that the vendor makes', async () => {
    const { clientId } = await registerShop(context.storage);
    await endpoint(clientId);
    const users = rows().appUsers(clientId);
    const made = await users.create({ email: 'made@example.com', firstName: 'Ada' });
    await users.update(made.id, { firstName: 'Grace', roles: ['buyer'], emailVerified: true });
    await users.update(made.id, { firstName: 'Grace' });
    await users.update(made.id, { lastSigninAt: new Date(), passwordHash: 'hash' });
    await assert.rejects(users.update(made.id, { firstName: 'Late' }, made), UserChangedError);
    assert.deepEqual(await told(), ['user.created 1', 'user.updated 2 email_verified given_name roles']);
    await users.delete((await users.find(made.id)) ?? assert.fail());
    assert.deepEqual(await told(), ['user.deleted 3'], 'and of nothing else any more');
  });

  it('tell of the end of an account, and keep nothing of it once that has arrived', async () => {
    const { accountId, userId } = await customer(['email']);
    await rows().accountDeletion.request(accountId, new Date(Date.now() - 1));
    await rows().accountDeletion.erase(accountId);
    assert.deepEqual(await told(), ['user.deleted 2']);
    const delivery = await claimed();
    assert.equal(delivery.userId, userId);
    await deliveries().settle(delivery, { ...TRY, status: 204 });
    const [row] = await stored();
    assert.deepEqual([row?.state, row?.user_id, row?.body], ['delivered', null, null]);
    assert.ok(!JSON.stringify(row).includes(userId));
  });

  it('tell that a claim to an address has ended', async () => {
    const { accountId } = await customer(['given_name']);
    await rows().accountDeletion.endClaim(accountId);
    assert.deepEqual(await told(), ['user.created 1', 'user.disconnected 2']);
    await rows().accountDeletion.erase(accountId);
    assert.deepEqual(await told(), ['user.deleted 3']);
  });

  it('tell an environment of itself', async () => {
    const { clientId, appId } = await registerShop(context.storage);
    const id = await endpoint(clientId);
    const [key] = await context.storage.apiKeys.list(clientId);
    await context.storage.apiKeys.replace(clientId, key?.id ?? '', 0);
    await context.storage.clientSecrets.replace(clientId, 0);
    await webhooks().replaceSecret(id, { next: 'b', previous: 'a' }, 1_000);
    const jwk = (kid: string) => ({ kid, kty: 'EC', alg: 'ES256' }) as const;
    await rows().signingKeys.add([jwk('next')], new Date());
    await rows().signingKeys.replaceAll([jwk('clean')]);
    await context.storage.appReviews.setSuspended(appId, 'spam');
    await context.storage.appReviews.setSuspended(appId, undefined);
    assert.deepEqual((await told()).sort(), [
      'app.suspended',
      'key.rotated api_key',
      'key.rotated client_secret',
      'key.rotated signing_key',
      'key.rotated signing_key',
      'key.rotated webhook_secret',
    ]);
  });

  it('go only to endpoints that want them, under one identifier', async () => {
    const { clientId, accountId } = await customer(['given_name'], ['user.deleted']);
    const wanting = [await endpoint(clientId, ['user.updated']), await endpoint(clientId)];
    const disabled = await endpoint(clientId);
    assert.equal(await webhooks().disable(disabled, 'asked'), true);
    assert.equal(await webhooks().disable(disabled, 'asked'), false);
    await rows().accounts.updateProfile(accountId, { givenName: 'Grace' });
    const all = await stored();
    assert.deepEqual(all.map((row) => row.webhook_id).sort(), wanting.sort());
    assert.equal(new Set(all.map((row) => row.event_id)).size, 1);
    assert.equal(new Set(all.map((row) => row.id)).size, 2);
  });

  it('count the events of a user without a gap, however many happen at once', async () => {
    const { accountId } = await customer(['given_name']);
    await atOnce(20, (index) =>
      storageOf(context, index)
        .realm('production')
        .accounts.updateProfile(accountId, { givenName: `Ada ${index}` }),
    );
    const numbers = (await stored()).map(({ sequence }) => sequence);
    assert.deepEqual(
      numbers.sort((one, other) => (one ?? 0) - (other ?? 0)),
      Array.from({ length: 21 }, (_, index) => index + 1),
    );
  });

  it('go to one of several processes each', async () => {
    for (let count = 0; count < 5; count += 1) await customer(['given_name']);
    const got = await atOnce(20, (index) => storageOf(context, index).webhookDeliveries.claim(LEASE_MS, ANYTHING));
    const ids = got.filter((one): one is ClaimedDelivery => one !== undefined).map(({ id }) => id);
    assert.equal(ids.length, 5);
    assert.equal(new Set(ids).size, 5);
  });

  it('go to another process once the lease has run out, and what the first writes then is nothing', async () => {
    await customer(['given_name']);
    const dying = await claimed();
    await db().updateTable('webhook_deliveries').set({ due_at: 1 }).execute();
    const second = await context.elsewhere.storage.webhookDeliveries.claim(LEASE_MS + 1, ANYTHING);
    assert.deepEqual([second?.id, second?.attempts], [dying.id, 2]);
    assert.equal(await deliveries().renew(dying, LEASE_MS), false);
    await deliveries().settle(dying, TRY);
    await deliveries().giveUp(dying, TRY);
    await deliveries().postpone(dying, TRY, 1);
    const [row] = await stored();
    assert.deepEqual([row?.state, row?.due_at, row?.tries], ['waiting', second?.leasedUntil, null]);
  });

  it('of a user wait for earlier ones, for ten minutes at most', async () => {
    const { accountId } = await customer(['given_name']);
    await rows().accounts.updateProfile(accountId, { givenName: 'Grace' });
    const other = await customer(['given_name']);
    const first = await claimed();
    assert.equal(first.sequence, 1);
    assert.equal((await claimed()).userId, other.userId, 'nobody else waits');
    assert.equal(await claim(), undefined, 'the second waits while the first is on its way');
    await deliveries().postpone(first, TRY, 60 * MINUTE_MS);
    assert.equal(await claim(), undefined, 'and while it is repeated');
    const [, second] = (await stored()).filter(({ user_id: id }) => id === first.userId);
    assert.ok(second?.due_at && second.due_at === second.held_until, 'it is looked at again when it need not wait');
    await db()
      .updateTable('webhook_deliveries')
      .set({ held_until: 1, due_at: 1 })
      .where('id', '=', second.id)
      .execute();
    assert.equal((await claimed()).sequence, 2);
  });

  it('of a user go on once the earlier one has arrived or was given up', async () => {
    const { accountId } = await customer(['given_name']);
    await rows().accounts.updateProfile(accountId, { givenName: 'Grace' });
    await rows().accounts.updateProfile(accountId, { givenName: 'Joan' });
    await deliveries().settle(await claimed(), TRY);
    const second = await claimed();
    assert.equal(second.sequence, 2);
    await deliveries().giveUp(second, TRY);
    assert.equal((await claimed()).sequence, 3);
  });

  it('of a deletion or a disconnection overtake', async () => {
    const { accountId, clientId } = await customer(['given_name']);
    await deliveries().postpone(await claimed(), TRY, 60 * MINUTE_MS);
    await rows().connectedShops.disconnect(accountId, clientId);
    assert.equal((await claimed()).type, 'user.disconnected');
  });

  it('leave out what a process has its share of', async () => {
    const { webhookId } = await customer(['given_name']);
    assert.equal(await claim({ ...ANYTHING, webhooks: [webhookId, 'another'] }), undefined);
    await webhooks().noteFailure(webhookId, () => 0);
    assert.equal(await claim({ ...ANYTHING, failing: true }), undefined);
    await webhooks().noteSuccess(webhookId);
    assert.equal((await webhooks().find(webhookId))?.failures, 0);
    await db().updateTable('webhook_deliveries').set({ realm: 'sandbox' }).execute();
    assert.equal(await claim({ ...ANYTHING, sandbox: true }), undefined);
    assert.ok(await claim({ ...ANYTHING, failing: true }));
  });

  it('of an endpoint that fails are put off together, and so is what comes meanwhile', async () => {
    const { webhookId, clientId, accountId } = await customer(['given_name']);
    const { id: another } = await signUp(context.storage, { givenName: 'Joan' });
    await rows().users.ensure(clientId, another);
    await rows().grants.create(grantOf(another, clientId, ['given_name']));
    const failed = await webhooks().noteFailure(webhookId, (failures) => failures * MINUTE_MS);
    assert.ok(failed?.pausedUntil && failed.failingSince);
    await rows().accounts.updateProfile(accountId, { givenName: 'Grace' });
    const dueAts = (await stored()).map(({ due_at: dueAt }) => dueAt);
    assert.deepEqual(dueAts, Array(3).fill(failed.pausedUntil.getTime()));
    assert.equal(await claim(), undefined);
  });

  it('are tried for three days, and the attempts are kept', async () => {
    await customer(['given_name']);
    for (let count = 1; count <= 12; count += 1) {
      const delivery = await claimed();
      assert.equal(delivery.isLast, false);
      await deliveries().postpone(delivery, { ...TRY, took_ms: count }, 0);
    }
    await db()
      .updateTable('webhook_deliveries')
      .set({ give_up_at: Date.now() - 1 })
      .execute();
    const last = await claimed();
    assert.ok(last.isLast);
    assert.deepEqual(
      last.tries.map(({ took_ms: ms }) => ms),
      [3, 4, 5, 6, 7, 8, 9, 10, 11, 12],
    );
    await deliveries().giveUp(last, TRY);
    const [row] = await stored();
    assert.deepEqual([row?.state, row?.due_at], ['given_up', null]);
  });

  it('are listed, found and sent again', async () => {
    const { webhookId, accountId, userId } = await customer(['given_name']);
    await deliveries().settle(await claimed(), TRY);
    await rows().accounts.updateProfile(accountId, { givenName: 'Grace' });
    await deliveries().giveUp(await claimed(), TRY);
    await rows().accounts.updateProfile(accountId, { givenName: 'Joan' });
    const list = (filter = {}, page: { limit: number; before?: string } = { limit: 10 }) =>
      deliveries().list(webhookId, filter, page);
    const all = await list();
    assert.deepEqual(new Set(all.map(({ state }) => state)), new Set(['waiting', 'given_up', 'delivered']));
    const [newest] = await list({}, { limit: 1 });
    assert.deepEqual((await list({}, { limit: 10, before: newest?.id ?? '' })).length, 2);
    const [parked] = await list({
      state: 'given_up',
      type: 'user.updated',
      userId,
      since: new Date(0),
      until: new Date(),
    });
    assert.equal(parked?.tries[0]?.status, 500);
    assert.equal((await list({ eventId: parked.eventId })).length, 1);
    assert.equal(await deliveries().replay(webhookId, { eventId: parked.eventId }, new Date()), 1);
    const replayed = await claimed();
    assert.deepEqual([replayed.id, replayed.eventId, replayed.attempts], [parked.id, parked.eventId, 1]);
    assert.equal(JSON.parse(replayed.body).data.is_replay, true);
    await deliveries().letOthersFirst(replayed);
    await deliveries().settle(replayed, TRY);
    assert.equal(await deliveries().replay(webhookId, {}, new Date()), 2, 'not what still waits');
    assert.equal(await deliveries().replay(webhookId, {}, new Date()), 0);
  });

  it('are given up with their endpoint, and begin anew with it', async () => {
    const { webhookId } = await customer(['given_name']);
    await webhooks().noteFailure(webhookId, () => MINUTE_MS);
    assert.equal(await webhooks().noteWarning(webhookId, undefined), true);
    assert.equal(await webhooks().noteWarning(webhookId, undefined), false);
    await webhooks().disable(webhookId, 'failing');
    await webhooks().giveUpWaiting(webhookId);
    assert.equal(await claim(), undefined);
    assert.equal((await webhooks().find(webhookId))?.disabledBecause, 'failing');
    assert.equal(await webhooks().sendTest(webhookId, { type: 'user.updated', data: {} }), undefined);
    assert.equal(await webhooks().enable(webhookId), true);
    assert.equal(await webhooks().enable(webhookId), false);
    const { failures, failingSince, pausedUntil, disabledAt } = (await webhooks().find(webhookId)) ?? assert.fail();
    assert.deepEqual([failures, failingSince, pausedUntil, disabledAt], [0, undefined, undefined, undefined]);
    const test = await webhooks().sendTest(webhookId, { type: 'user.updated', data: { user_id: 'none' } });
    const sent = await claimed();
    assert.deepEqual([sent.id, sent.eventId], [test?.deliveryId, test?.eventId]);
    assert.deepEqual((await deliveries().queue()).waiting, 1);
  });

  it('are a bounded number for each environment, and show no secret', async () => {
    const { clientId } = await registerShop(context.storage);
    const results = await Promise.allSettled(
      Array.from({ length: MAX_WEBHOOKS + 3 }, (_, index) => {
        const id = randomId();
        const made = { id, realm: 'production', clientId, url: 'https://shop.example', secret: 'sealed' } as const;
        return storageOf(context, index).webhooks.create(made);
      }),
    );
    const refused = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
    assert.equal(refused.length, 3);
    assert.ok(refused.every((error) => error instanceof TooManyWebhooksError));
    const list = await webhooks().list(clientId);
    assert.equal(list.length, MAX_WEBHOOKS);
    assert.ok(!JSON.stringify(list).includes('sealed'));
    const [{ id = '' } = {}] = list;
    assert.deepEqual(await webhooks().secrets(id), [{ column: 'secret', sealed: 'sealed' }]);
    await webhooks().replaceSecret(id, { next: 'next', previous: 'before' }, MINUTE_MS);
    assert.deepEqual(await webhooks().secrets(id), [
      { column: 'secret', sealed: 'next' },
      { column: 'previous_secret', sealed: 'before' },
    ]);
    await db().updateTable('webhooks').set({ previous_secret_ends_at: 1 }).execute();
    assert.equal((await webhooks().secrets(id)).length, 1);
    assert.deepEqual(await webhooks().secrets('none'), []);
    assert.equal(await webhooks().replaceSecret('none', { next: 'a', previous: 'b' }, 1), false);
    assert.equal(await webhooks().delete(id), true);
  });

  it('are forgotten after thirty days, and with their app', async () => {
    const { appId, clientId } = await customer(['given_name']);
    const old = await customer(['given_name']);
    await db()
      .updateTable('webhook_deliveries')
      .set({ created_at: Date.now() - 31 * DAY_MS })
      .where('webhook_id', '=', old.webhookId)
      .execute();
    await sweep(db());
    assert.equal((await stored()).length, 1);
    await context.storage.apps.delete(appId);
    await sweep(db());
    assert.deepEqual(await stored(), []);
    assert.deepEqual(await webhooks().list(clientId), []);
  });
});
