import assert from 'node:assert/strict';
import { it } from 'node:test';
import { eraseDeletedApps } from '../erase-app.ts';
import { INBOX_SIZE } from '../sandbox-inbox.ts';
import { onEachEngine } from './engines.ts';
import { atOnce, registerShop, signUp, storageOf } from './fixtures.ts';

onEachEngine('the sandbox inbox', (context) => {
  const newApp = async () => (await registerShop(context.storage, 'localhost')).appId;
  const MAIL = { to: 'Ada@example.com', subject: 'Hello', text: 'Hello\n\nBye' };
  const idsOf = async (appId: string, query = {}) =>
    (await context.storage.sandboxInbox.list(appId, { limit: 500, ...query })).mails.map(({ id }) => id);

  it('keeps a mail as it is, for its app alone, and gives it to no mailer', async () => {
    const [appId, other] = [await newApp(), await newApp()];
    const { sandboxInbox, mails } = context.storage;
    const id = await sandboxInbox.add(appId, { ...MAIL, link: 'https://id.example/x?code=c', code: 'c' });
    const { createdAt, ...mail } = (await sandboxInbox.find(appId, id)) ?? {};
    assert.ok(createdAt);
    assert.deepEqual(mail, { id, ...MAIL, link: 'https://id.example/x?code=c', code: 'c' });
    assert.equal(await mails.claim(1_000), undefined);
    assert.ok(
      (await mails.list()).some((one) => one.id === id),
      '/dev/mail shows it, too',
    );
    assert.equal(await sandboxInbox.find(other, id), undefined);
    assert.equal(await sandboxInbox.delete(other, id), false);
    assert.equal(await sandboxInbox.clear(other), 0);
    assert.equal(await sandboxInbox.delete(appId, id), true);
    assert.equal(await sandboxInbox.delete(appId, id), false);
  });

  it(`keeps ${INBOX_SIZE} mails of an app, the newest, however many come at once`, async () => {
    const [appId, other] = [await newApp(), await newApp()];
    const bystander = await context.storage.sandboxInbox.add(other, MAIL);
    const first = await context.storage.sandboxInbox.add(appId, MAIL);
    for (let round = 0; round < 5; round += 1) {
      await atOnce(INBOX_SIZE / 4, (index) => storageOf(context, index).sandboxInbox.add(appId, MAIL));
    }
    // Several at once leave one too many for each of the others at most, until the next one comes.
    const last = await context.storage.sandboxInbox.add(appId, MAIL);
    const ids = await idsOf(appId);
    assert.equal(ids.length, INBOX_SIZE);
    assert.ok(ids.includes(last) && !ids.includes(first));
    assert.deepEqual(await idsOf(other), [bystander]);
  });

  it('is filtered, paged and emptied', async () => {
    const appId = await newApp();
    const { sandboxInbox } = context.storage;
    for (let count = 0; count < 5; count += 1)
      await sandboxInbox.add(appId, { ...MAIL, to: `a${count % 2}@example.com` });
    assert.equal((await idsOf(appId, { to: 'A1@EXAMPLE.com' })).length, 2);
    await sandboxInbox.add(appId, { ...MAIL, to: 'Änne@bücher.example' });
    assert.equal((await idsOf(appId, { to: 'ÄNNE@xn--bcher-kva.example' })).length, 1);
    assert.equal(await sandboxInbox.clear(appId, 'änne@BÜCHER.example'), 1);
    assert.equal((await idsOf(appId, { since: new Date(Date.now() + 60_000) })).length, 0);
    const all = await idsOf(appId);
    const { mails, more } = await sandboxInbox.list(appId, { limit: 2 });
    assert.equal(more, true);
    const before = mails.at(-1);
    for (const { id } of mails) await sandboxInbox.delete(appId, id);
    assert.deepEqual([...mails.map(({ id }) => id), ...(await idsOf(appId, { before }))], all, 'in the same order');
    assert.equal((await sandboxInbox.clear(appId, 'A0@example.com')) + (await sandboxInbox.clear(appId)), 3);
  });

  it('goes with its app', async () => {
    const appId = await newApp();
    const id = await context.storage.sandboxInbox.add(appId, MAIL);
    await context.storage.apps.delete(appId);
    await eraseDeletedApps(context.database.db);
    assert.equal(await context.storage.sandboxInbox.find(appId, id), undefined);
  });

  it('tells an account of the sandbox nothing about an address that it has confirmed there, and takes nothing away', async () => {
    const email = 'owner@example.com';
    await context.database.db.deleteFrom('mails').execute();
    const appId = await newApp();
    const test = await signUp(
      context.storage,
      { email, emailVerified: true, appId, deletionDueAt: new Date(Date.now() - 1) },
      'sandbox',
    );
    const real = await signUp(context.storage, { email, emailVerified: true });
    const { mails, sandboxInbox, appInvitations } = context.storage;
    await mails.add({ to: email, subject: 'Of production', text: 'x' }, true);
    await sandboxInbox.add(await newApp(), { ...MAIL, to: email, subject: 'Of another app' });
    await sandboxInbox.add(appId, { ...MAIL, to: email, subject: 'About the account', accountId: test.id });
    const invitation = { appId, email, role: 'owner', invitedBy: real.id, mailed: true, lifetimeMs: 60_000 } as const;
    await appInvitations.create(invitation);

    const subjects = async (realm: 'sandbox' | 'production', id: string) => {
      const records = await context.storage.realm(realm).accountRecords.read(id);
      return [records?.mails.map(({ subject }) => subject), records?.invitationsReceived.length];
    };
    assert.deepEqual(await subjects('sandbox', test.id), [['About the account'], 0]);
    assert.deepEqual(await subjects('production', real.id), [['Of production'], 1]);
    assert.ok(await context.storage.realm('sandbox').accountDeletion.erase(test.id));
    assert.deepEqual((await mails.list()).map(({ subject }) => subject).sort(), ['Of another app', 'Of production']);
    assert.deepEqual(await subjects('production', real.id), [['Of production'], 1]);
    await context.database.db.deleteFrom('mails').execute();
  });
});
