import assert from 'node:assert/strict';
import { it } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { sweep } from '../sweeper.ts';
import { onEachEngine } from './engines.ts';
import { atOnce, signUp } from './fixtures.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

onEachEngine('signing keys', (context) => {
  it('begin as one, whichever process comes first', async () => {
    await atOnce(10, (index) =>
      (index % 2 ? context.elsewhere.storage : context.storage)
        .realm('production')
        .signingKeys.addFirst({ kid: `key-${index}`, kty: 'EC', d: `secret-${index}` }),
    );
    const here = await context.storage.realm('production').signingKeys.list();
    assert.equal(here.length, 1);
    assert.deepEqual(await context.elsewhere.storage.realm('production').signingKeys.list(), here);
    assert.equal(here[0]?.d, `secret-${here[0]?.kid?.slice('key-'.length)}`);
  });

  it('are not replaced by a later start, nor by the same key again', async () => {
    const keys = context.storage.realm('sandbox').signingKeys;
    assert.deepEqual(await keys.list(), []);
    await keys.addFirst({ kid: 'mine', kty: 'EC' });
    await keys.addFirst({ kid: 'mine', kty: 'EC' });
    await keys.addFirst({ kid: 'later', kty: 'EC' });
    assert.deepEqual(await keys.list(), [{ kid: 'mine', kty: 'EC' }]);
  });

  it('are listed with the active one first, then the newest', async () => {
    const { db } = context.database;
    const retired = (kid: string, created_at: number) =>
      db
        .insertInto('signing_keys')
        .values({ kid, realm: 'sandbox', active: null, private_jwk: JSON.stringify({ kid, kty: 'EC' }), created_at })
        .execute();
    await retired('older', 1);
    await retired('newer', Date.now() + DAY_MS);
    const keys = await context.storage.realm('sandbox').signingKeys.list();
    assert.deepEqual(
      keys.map(({ kid }) => kid),
      ['mine', 'newer', 'older'],
    );
  });
});

onEachEngine('secrets', (context) => {
  it('are made on first use, and all processes get the same', async () => {
    const values = await atOnce(20, (index) =>
      (index % 2 ? context.elsewhere.storage : context.storage).secrets.ensure('cookie-keys'),
    );
    assert.equal(new Set(values).size, 1);
    assert.ok(Buffer.from(values[0] ?? '', 'base64url').length >= 32);
    assert.equal(await context.storage.secrets.ensure('cookie-keys'), values[0]);
    assert.notEqual(await context.storage.secrets.ensure('something-else'), values[0]);
  });
});

onEachEngine('the outbox', (context) => {
  const mail = (subject: string) => ({ to: 'Person <person@example.com>', subject, text: 'Hello\n\nBye' });
  const LEASE_MS = 60_000;

  it('lists what is kept, newest first, as it was written, and gives none of it out for sending', async () => {
    const { mails } = context.storage;
    assert.deepEqual(await mails.list(), []);
    for (const subject of ['first', 'second']) {
      await mails.add(mail(subject), false);
      await delay(2);
    }
    const listed = await mails.list();
    assert.deepEqual(
      listed.map(({ to, subject, text, attempts }) => ({ to, subject, text, attempts })),
      ['second', 'first'].map((subject) => ({ ...mail(subject), attempts: 0 })),
    );
    assert.ok(listed.every(({ createdAt }) => Math.abs(createdAt.getTime() - Date.now()) < 60_000));
    assert.equal(await mails.claim(LEASE_MS), undefined);
  });

  it('gives a mail that is due to one of several processes', async () => {
    await context.storage.mails.add(mail('due'), true);
    const claims = await atOnce(10, (index) =>
      (index % 2 ? context.elsewhere.storage : context.storage).mails.claim(LEASE_MS),
    );
    const [claimed, ...others] = claims.filter((claim) => claim !== undefined);
    assert.equal(claimed?.subject, 'due');
    assert.equal(claimed.attempts, 1);
    assert.deepEqual(others, []);
    await context.storage.mails.delete(claimed.id);
    assert.ok((await context.storage.mails.list()).every(({ id }) => id !== claimed.id));
  });

  it('gives it to another once the one that had it has died, and later when it was postponed', async () => {
    const { mails } = context.storage;
    const letTimePass = () =>
      context.database.db
        .updateTable('mails')
        .set({ due_at: Date.now() - 1 })
        .where('subject', '=', 'retried')
        .execute();
    await mails.add(mail('retried'), true);
    const dying = await mails.claim(LEASE_MS);
    assert.equal(await mails.claim(LEASE_MS), undefined);
    await letTimePass();
    const second = await context.elsewhere.storage.mails.claim(LEASE_MS);
    assert.deepEqual([second?.id, second?.attempts], [dying?.id, 2]);
    await letTimePass();
    await mails.postpone(second?.id ?? '', LEASE_MS);
    assert.equal(await mails.claim(LEASE_MS), undefined);
    await letTimePass();
    assert.equal((await mails.claim(LEASE_MS))?.attempts, 3);
  });

  it('does not list endlessly', async () => {
    await atOnce(120, () => context.storage.mails.add(mail('flood'), false));
    assert.equal((await context.storage.mails.list()).length, 100);
  });
});

onEachEngine('the sweeper', (context) => {
  it('deletes what has expired and nothing else', async () => {
    const { db } = context.database;
    const { oidcRecords, emailCodes, accounts } = context.storage.realm('production');
    const account = await signUp(context.storage);
    await oidcRecords.save('Session', 'expired', {}, -1);
    await oidcRecords.save('Session', 'alive', {}, 60);
    await oidcRecords.save('Session', 'lasting', {}, undefined);
    await emailCodes.create(account.id, 'person@example.com', -1);
    const code = await emailCodes.create(account.id, 'person@example.com', 60);
    await context.storage.mails.add({ to: 'x@example.com', subject: 'old', text: '' }, false);
    await db
      .updateTable('mails')
      .set({ created_at: Date.now() - 8 * DAY_MS })
      .execute();
    await context.storage.mails.add({ to: 'x@example.com', subject: 'new', text: '' }, false);

    await sweep(db);
    await Promise.all([sweep(db), sweep(context.elsewhere.database.db)]);

    const count = async (table: 'oidc_records' | 'email_codes') =>
      (await db.selectFrom(table).select('realm').execute()).length;
    assert.equal(await count('oidc_records'), 2);
    assert.ok(await oidcRecords.find('Session', 'alive'));
    assert.ok(await oidcRecords.find('Session', 'lasting'));
    assert.equal(await count('email_codes'), 1);
    assert.ok(await emailCodes.consume(code));
    assert.deepEqual(
      (await context.storage.mails.list()).map(({ subject }) => subject),
      ['new'],
    );
    assert.ok(await accounts.find(account.id));
  });
});
