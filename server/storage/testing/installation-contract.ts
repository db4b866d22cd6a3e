import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { IdTokenAlg, Realm } from '@signup-with-platform/protocol';
import { sql } from 'kysely';
import { nextMillisecond } from '../../../scripts/testing/until.ts';
import { type AuditAct, type AuditFilter, closeRefusalWindows } from '../audit-log.ts';
import { SIGNING_KEY_RETENTION_MS, type SigningJwk } from '../signing-key-schedule.ts';
import { sweep } from '../sweeper.ts';
import { onEachEngine } from './engines.ts';
import { atOnce, signUp } from './fixtures.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const HOUR_SECONDS = 3_600;

onEachEngine('signing keys', (context) => {
  const jwk = (kid: string, alg: IdTokenAlg = 'ES256') => ({ kid, kty: 'EC', alg }) satisfies SigningJwk;

  it('begin as one, whichever process comes first', async () => {
    await atOnce(10, (index) =>
      (index % 2 ? context.elsewhere.storage : context.storage)
        .realm('production')
        .signingKeys.addFirst({ ...jwk(`key-${index}`), d: `secret-${index}` }),
    );
    const here = await context.storage.realm('production').signingKeys.list();
    assert.equal(here.length, 1);
    assert.deepEqual(await context.elsewhere.storage.realm('production').signingKeys.list(), here);
    assert.equal(here[0]?.d, `secret-${here[0]?.kid?.slice('key-'.length)}`);
  });

  it('are not replaced by a later start, nor by the same key again', async () => {
    const keys = context.storage.realm('sandbox').signingKeys;
    assert.deepEqual(await keys.list(), []);
    await keys.addFirst(jwk('mine'));
    await keys.addFirst(jwk('mine'));
    await keys.addFirst(jwk('later'));
    assert.deepEqual(await keys.list(), [jwk('mine')]);
  });

  const kidsOf = async (realm: Realm) =>
    (await context.elsewhere.storage.realm(realm).signingKeys.list()).map(({ kid }) => kid);

  it('are joined by one that waits, and signs from its moment on', async () => {
    const keys = context.storage.realm('sandbox').signingKeys;
    const signsFrom = new Date(Date.now() + 60_000);
    await keys.add([jwk('next')], signsFrom);
    assert.deepEqual(await kidsOf('sandbox'), ['mine', 'next']);
    assert.deepEqual(
      (await keys.listAll()).find((key) => key.jwk.kid === 'next')?.signsFrom.getTime(),
      signsFrom.getTime(),
    );
    await keys.addFirst(jwk('late'));
    assert.deepEqual(await kidsOf('sandbox'), ['mine', 'next'], 'a process that starts now adds none');
    await keys.add([jwk('sooner')], new Date());
    assert.deepEqual(await kidsOf('sandbox'), ['sooner', 'next', 'mine']);
  });

  it('are added one after the other by processes that rotate at once', async () => {
    const { length } = await kidsOf('production');
    await atOnce(8, (index) =>
      // Within one process, SQLite's connections would wait for each other in vain.
      (index % 2 && context.engine === 'PostgreSQL' ? context.elsewhere.storage : context.storage)
        .realm('production')
        .signingKeys.add(
          [jwk(`rotated-${index}`), jwk(`rotated-rsa-${index}`, 'RS256')],
          new Date(Date.now() + 60_000 + index),
        ),
    );
    assert.equal((await kidsOf('production')).length, length + 16);
    const newest = context.database.db.selectFrom('signing_keys').where('realm', '=', 'production');
    const active = await newest.where('active', '=', 1).select('alg').execute();
    assert.deepEqual(active.map(({ alg }) => alg).toSorted(), ['ES256', 'RS256'], 'one of each algorithm');
  });

  it('are all replaced by one of each algorithm, of that realm alone', async () => {
    const before = await kidsOf('production');
    const clean = [jwk('clean'), jwk('clean-rsa', 'RS256')];
    const gone = await context.storage.realm('production').signingKeys.replaceAll(clean);
    assert.deepEqual(gone.toSorted(), before.toSorted());
    assert.deepEqual(await kidsOf('production'), ['clean', 'clean-rsa']);
    assert.equal((await kidsOf('sandbox')).length, 3);
  });

  it('are swept once nothing valid is signed by them, and not before', async () => {
    const { db } = context.database;
    const start = (kid: string, agoMs: number) =>
      db
        .updateTable('signing_keys')
        .set({ signs_from: Date.now() - agoMs })
        .where('kid', '=', kid)
        .execute();
    const sweptKids = async () => {
      await sweep(db);
      const rows = await db.selectFrom('signing_keys').select('kid').where('realm', '=', 'sandbox').execute();
      return rows.map(({ kid }) => kid).toSorted();
    };
    // A key of another algorithm is no successor, however much later it signs.
    const { signingKeys } = context.storage.realm('sandbox');
    await signingKeys.addFirst(jwk('rsa', 'RS256'));
    await start('mine', 3 * SIGNING_KEY_RETENTION_MS);
    await start('sooner', SIGNING_KEY_RETENTION_MS - 60_000);
    assert.deepEqual(await sweptKids(), ['mine', 'next', 'rsa', 'sooner']);
    await start('sooner', SIGNING_KEY_RETENTION_MS);
    assert.deepEqual(await sweptKids(), ['next', 'rsa', 'sooner'], 'the one that signs stays, however old');
    await start('sooner', 9 * SIGNING_KEY_RETENTION_MS);
    assert.deepEqual(await sweptKids(), ['next', 'rsa', 'sooner']);
    await start('rsa', 9 * SIGNING_KEY_RETENTION_MS);
    assert.deepEqual(await sweptKids(), ['next', 'rsa', 'sooner'], 'it signs, so it stays as well');
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
      await nextMillisecond();
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
    await oidcRecords.save('Session', 'expired', {}, -HOUR_SECONDS);
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

onEachEngine('the audit log', (context) => {
  const append = (act: AuditAct, subject: string) =>
    context.storage.auditLog.append({ realm: 'sandbox', act, actor: 'operator', subject, detail: { by: 'test' } });

  it('keeps who did what to whom, and from where, in the order of happening', async () => {
    const { auditLog } = context.storage;
    await auditLog.append({
      realm: null,
      act: 'app.disabled',
      actor: 'account:a',
      subject: 'app:1',
      address: '192.0.2.7',
      requestId: 'request-1',
    });
    await nextMillisecond();
    await append('account.blocked', 'account:b');
    const [first, second, ...others] = await context.elsewhere.storage.auditLog.list();
    assert.deepEqual(others, []);
    const { id, at, ...rest } = first ?? assert.fail();
    assert.ok(id.length > 8 && Math.abs(at.getTime() - Date.now()) < 60_000);
    assert.deepEqual(rest, {
      realm: null,
      act: 'app.disabled',
      actor: 'account:a',
      subject: 'app:1',
      address: '192.0.2.7',
      requestId: 'request-1',
    });
    assert.deepEqual([second?.subject, second?.detail, second?.address], ['account:b', { by: 'test' }, undefined]);
  });

  it('is looked through by act, actor, subject and time', async () => {
    const { auditLog } = context.storage;
    const subjects = async (filter: AuditFilter) => (await auditLog.list(filter)).map(({ subject }) => subject);
    assert.deepEqual(await subjects({ act: 'account.blocked' }), ['account:b']);
    assert.deepEqual(await subjects({ actor: 'account:a' }), ['app:1']);
    assert.deepEqual(await subjects({ subject: 'app:1' }), ['app:1']);
    assert.deepEqual(await subjects({ limit: 1 }), ['account:b'], 'the latest');
    assert.deepEqual(await subjects({ since: new Date(Date.now() + 60_000) }), []);
    assert.deepEqual(await subjects({ since: new Date(Date.now() - 60_000), actor: 'nobody' }), []);
  });

  it('takes no change and no deletion, whoever asks', async () => {
    const { db } = context.database;
    const before = await context.storage.auditLog.list();
    const refused = (error: unknown) => /append-only/.test(String(error));
    await assert.rejects(db.updateTable('audit_log').set({ actor: 'nobody' }).execute(), refused);
    await assert.rejects(db.deleteFrom('audit_log').where('act', '=', 'app.disabled').execute(), refused);
    await assert.rejects(sql`delete from audit_log`.execute(db), refused);
    if (context.engine === 'PostgreSQL') {
      await assert.rejects(sql`truncate audit_log`.execute(db), refused);
      await assert.rejects(sql`truncate apps, audit_log cascade`.execute(db), refused);
    }
    if (context.engine === 'SQLite')
      await assert.rejects(sql`insert or replace into audit_log select * from audit_log`.execute(db), refused);
    await sweep(db);
    assert.deepEqual(await context.storage.auditLog.list(), before);
  });

  it('keeps the whole address for ninety days, and only the network with the entry', async () => {
    const { db } = context.database;
    const refused = (error: unknown) => /append-only/.test(String(error));
    const [{ id, address } = { id: '', address: '' }] = await context.storage.auditLog.list({ subject: 'app:1' });
    assert.equal(address, '192.0.2.7');
    const row = () => db.selectFrom('audit_log').select('address').where('id', '=', id).executeTakeFirstOrThrow();
    assert.equal((await row()).address, '192.0.2.0/24');
    const kept = await db
      .selectFrom('audit_addresses')
      .selectAll()
      .where('entry_id', '=', id)
      .executeTakeFirstOrThrow();
    const days = (Number(kept.expires_at) - Date.now()) / DAY_MS;
    assert.ok(days > 89.9 && days < 90.1, `${days}`);
    // Before its time, nobody changes or deletes it.
    await assert.rejects(db.updateTable('audit_addresses').set({ address: '192.0.2.8' }).execute(), refused);
    await assert.rejects(db.updateTable('audit_addresses').set({ expires_at: 0 }).execute(), refused);
    await assert.rejects(db.deleteFrom('audit_addresses').execute(), refused);
    if (context.engine === 'PostgreSQL') await assert.rejects(sql`truncate audit_addresses`.execute(db), refused);
    if (context.engine === 'SQLite')
      await assert.rejects(
        sql`insert or replace into audit_addresses select * from audit_addresses`.execute(db),
        refused,
      );
    // Afterwards, the sweeper does.
    await context.storage.auditLog.append({ realm: null, act: 'app.enabled', actor: 'operator', subject: 'app:old' });
    const [old = { id: '' }] = await context.storage.auditLog.list({ subject: 'app:old' });
    const past = { entry_id: old.id, address: '192.0.2.9', expires_at: Date.now() - 61_000 };
    await db.insertInto('audit_addresses').values(past).execute();
    // One that expires in this very second, by the clock of the database, waits for the next round.
    await context.storage.auditLog.append({ realm: null, act: 'app.enabled', actor: 'operator', subject: 'app:new' });
    const [fresh = { id: '' }] = await context.storage.auditLog.list({ subject: 'app:new' });
    const now = { entry_id: fresh.id, address: '192.0.2.10', expires_at: Date.now() - 1 };
    await db.insertInto('audit_addresses').values(now).execute();
    await sweep(db);
    assert.equal((await context.storage.auditLog.list({ subject: 'app:old' }))[0]?.address, undefined);
    assert.equal((await context.storage.auditLog.list({ subject: 'app:1' }))[0]?.address, '192.0.2.7');
  });

  it('counts refusals of one kind from one network, and gets one entry of them when the window closes', async () => {
    const { db } = context.database;
    const { auditLog } = context.storage;
    const refuse = (address: string, reason = 'invalid_credentials') =>
      auditLog.append({ realm: 'sandbox', act: 'session.refused', actor: 'anyone', address, detail: { reason } });
    await Promise.all(Array.from({ length: 40 }, (_, host) => refuse(`2001:db8:9:${host}::1`)));
    await refuse('2001:db8:9:1::1', 'account_blocked');
    await refuse('198.51.100.7');
    const written = () => db.selectFrom('audit_log').select('id').where('act', '=', 'session.refused').execute();
    assert.deepEqual(await written(), []);
    const counts = async () =>
      (await auditLog.list({ act: 'session.refused' })).map(
        ({ detail }) => `${detail?.['reason']} ${detail?.['count']}`,
      );
    const expected = ['account_blocked 1', 'invalid_credentials 1', 'invalid_credentials 40'];
    assert.deepEqual((await counts()).toSorted(), expected, 'seen while they are counted');
    await sweep(db);
    assert.deepEqual(await written(), [], 'the window is open');
    await Promise.all([
      closeRefusalWindows(db, Date.now() + DAY_MS),
      closeRefusalWindows(context.elsewhere.database.db, Date.now() + DAY_MS),
    ]);
    assert.equal((await written()).length, 3);
    assert.deepEqual((await counts()).toSorted(), expected);
    await refuse('198.51.100.7');
    assert.equal((await counts()).length, 4, 'a window of its own');
  });
});
