import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import { type Resident, resident } from '../../portal/testing/resident.ts';
import { emailKey } from '../../storage/accounts.ts';
import type { AppSecrets } from '../../storage/app-environments.ts';
import { startTestPlatform, type TestPlatform } from '../../testing/test-platform.ts';

describe('the owners of an app are mailed', () => {
  let platform: TestPlatform;
  before(async () => {
    platform = await startTestPlatform();
  });
  after(() => platform.close());

  interface Team {
    app: AppSecrets;
    owner: Resident;
    other: Resident;
    developer: Resident;
    path: string;
  }
  /**
   * An app with a developer and three owners: one who reads English, one who reads French, and one whose address is not confirmed.
   */
  async function team(environment: 'production' | 'localhost' = 'production'): Promise<Team> {
    const owner = await resident(platform, { givenName: 'Olga', familyName: 'Owner' });
    const other = await resident(platform, { locale: 'fr' });
    const developer = await resident(platform, { givenName: 'Dev' });
    const claimed = await platform.storage
      .realm('production')
      .accounts.create({ email: `claimed.${owner.email}`, emailVerified: false });
    const app = await platform.createApp({
      name: 'Fern & Field',
      environment,
      ownerId: owner.account.id,
      privacyPolicyUri: 'https://shop.example/privacy',
    });
    const { appMembers } = platform.storage;
    await appMembers.put(app.appId, other.account.id, 'owner');
    await appMembers.put(app.appId, claimed.id, 'owner');
    await appMembers.put(app.appId, developer.account.id, 'developer');
    await platform.database.db.deleteFrom('mails').execute();
    return { app, owner, other, developer, path: `/account/apps/${app.appId}` };
  }
  /** The subjects of the mails to each of them, and all of the texts. */
  async function sent({ owner, other, developer }: Team) {
    const mails = await platform.storage.mails.list();
    const to = ({ email }: Resident) =>
      mails.filter((mail) => emailKey(mail.to) === emailKey(email)).map(({ subject }) => subject);
    return {
      owner: to(owner),
      other: to(other),
      developer: to(developer),
      texts: mails.map(({ text }) => text),
      mails,
    };
  }

  it('when it is disabled, enabled and deleted, each once', async () => {
    const one = await team();
    const { browser } = one.owner;
    const settings = () => browser.get(`${one.path}/settings`);
    const form = (await settings()).form('/disable');
    await browser.post(form.action, form.values);
    await browser.post(form.action, form.values);
    await browser.submit(await settings(), '/enable');
    await browser.submit(await browser.get(`${one.path}/delete`), '/delete', { name: 'Fern & Field' });
    const { owner, other, developer, texts, mails } = await sent(one);
    assert.deepEqual(owner.toReversed(), [
      'Fern & Field was disabled',
      'Fern & Field was enabled',
      'Fern & Field was deleted',
    ]);
    assert.equal(other.length, 3);
    assert.ok(other.includes('L’application Fern & Field a été supprimée'));
    assert.deepEqual(developer, []);
    assert.equal(mails.length, 6, 'an address that nobody has confirmed gets none');
    for (const text of texts) assert.match(text, /(by|par) Olga Owner/);
  });

  it('when real people’s details may go to a new address, but not about test environments', async () => {
    for (const environment of ['production', 'localhost'] as const) {
      const one = await team(environment);
      const { browser } = one.developer;
      const path = `${one.path}/${environment}`;
      const setup = () => browser.get(path);
      await browser.submit(await setup(), '/origins', { origin: 'https://new.example' });
      await browser.submit(await setup(), '/redirect-uris', { redirect_uri: 'https://new.example/cb' });
      const typed = { url: 'https://shop.example/sign-up?token=hidden', key: 'secret-key' };
      await browser.submit(await setup(), '/signup-endpoint', typed);
      // These are refused, or remove an address: nothing goes to a new one.
      await browser.submit(await setup(), '/origins', { origin: 'https://new.example' });
      await browser.submit(await setup(), '/origins', { origin: 'nonsense' });
      await browser.submit(await setup(), '/origins/remove', { address: 'https://new.example' });
      const { owner, other, developer, texts } = await sent(one);
      if (environment === 'localhost') {
        assert.deepEqual([owner, other, developer], [[], [], []]);
        continue;
      }
      assert.deepEqual(owner.toReversed(), [
        'Fern & Field has a new origin',
        'Fern & Field has a new redirect URI',
        'The sign-up endpoint of Fern & Field was changed',
      ]);
      assert.equal(other.length, 3);
      assert.deepEqual(developer, [], 'owners are told');
      const all = texts.join('\n');
      for (const part of ['https://new.example/cb', 'https://shop.example/sign-up', 'by Dev', 'production']) {
        assert.ok(all.includes(part), part);
      }
      assert.doesNotMatch(all, /hidden|secret-key/);
    }
  });

  it('when production is added', async () => {
    const one = await team('localhost');
    const { browser } = one.owner;
    const form = await browser.get(`${one.path}/add?environment=production`);
    const page = await browser.submit(form, '/add', { origin: 'https://fern.example' });
    assert.equal(page.status, 200);
    const { owner, other } = await sent(one);
    assert.deepEqual([owner, other.length], [['Fern & Field has a new origin'], 1]);
  });

  it('when a role changes or a member is removed, and so is the member', async () => {
    const one = await team();
    const { browser } = one.owner;
    const member = () => browser.get(`${one.path}/members/${one.developer.account.id}`);
    await browser.submit(await member(), '/role', { role: 'read-only' });
    await browser.submit(await member(), '/role', { role: 'read-only' });
    await browser.submit(await member(), '/remove');
    const { owner, other, developer, texts } = await sent(one);
    assert.deepEqual(owner.toReversed(), [
      'A role at Fern & Field was changed',
      'The members of Fern & Field have changed',
    ]);
    assert.equal(other.length, 2);
    assert.deepEqual(developer.toReversed(), [
      'Your role at Fern & Field was changed',
      'You no longer work on Fern & Field',
    ]);
    assert.ok(texts.some((text) => text.includes('The role of Dev Byron at Fern & Field is now: Read-only.')));
    assert.ok(texts.some((text) => text.includes('est désormais\u00a0: Lecture seule.')));
  });

  it('when an owner gets another role: that one too', async () => {
    const one = await team();
    const { browser } = one.owner;
    const page = await browser.get(`${one.path}/members/${one.other.account.id}`);
    await browser.submit(page, '/role', { role: 'developer' });
    const { owner, other } = await sent(one);
    assert.deepEqual(owner, ['A role at Fern & Field was changed']);
    assert.deepEqual(other, ['Votre rôle dans Fern & Field a été modifié']);
  });

  it('when a member leaves', async () => {
    const one = await team();
    const { browser } = one.developer;
    await browser.submit(await browser.get(`${one.path}/members`), '/leave');
    const { owner, other, developer, texts } = await sent(one);
    assert.deepEqual([owner, other.length, developer], [['The members of Fern & Field have changed'], 1, []]);
    assert.ok(texts.some((text) => text.includes('Dev Byron may no longer work on Fern & Field.')));
  });

  it('in the same transaction: when the mail cannot be written, nothing is changed', async () => {
    const one = await team();
    const { db } = platform.database;
    await sql`create trigger broken before insert on mails begin select raise(abort, 'broken'); end`.execute(db);
    try {
      const { browser } = one.owner;
      const page = await browser.submit(await browser.get(`${one.path}/settings`), '/disable');
      assert.equal(page.status, 500);
    } finally {
      await sql`drop trigger broken`.execute(db);
    }
    assert.equal((await platform.storage.apps.find(one.app.appId))?.disabled, false);
    assert.deepEqual(await platform.storage.auditLog.list({ subject: `app:${one.app.appId}` }), []);
  });
});
