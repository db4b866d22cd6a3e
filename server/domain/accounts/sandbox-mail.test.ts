import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { openTestRealm, type TestRealm } from '../../testing/test-realm.ts';
import { requestEmailChange } from './change-email.ts';
import { mailNewAddress } from './confirm-email.ts';
import { requestPasswordReset } from './reset-password.ts';
import { mailForPages } from './sandbox-mail.ts';

describe('mail about accounts of the sandbox', () => {
  let realm: TestRealm;
  let mine: string;
  let other: string;
  before(async () => {
    realm = await openTestRealm();
    const newApp = async () =>
      (await realm.storage.apps.create({ name: 'Fern', environment: 'localhost', origins: [] })).appId;
    [mine, other] = [await newApp(), await newApp()];
  });
  after(() => realm.close());

  const subjects = async (appId: string, to: string) =>
    (await realm.storage.sandboxInbox.list(appId, { limit: 10, to })).mails.map(({ subject }) => subject);
  const RESET = 'Choose a new password for Platform';
  const NO_ACCOUNT = 'No account at Platform with this address';

  const cases: [title: string, owner: () => string | undefined, inMine: string[], recovered: boolean][] = [
    ['of this app is recovered', () => mine, [RESET], true],
    ['of another app is none here', () => other, [NO_ACCOUNT], false],
    ['of no app is recovered, and this app is not told', () => undefined, [NO_ACCOUNT], true],
  ];
  for (const [title, owner, inMine, recovered] of cases) {
    it(`an account ${title}`, async () => {
      const email = `${crypto.randomUUID()}@example.com`;
      const appId = owner();
      await realm.rows.accounts.create({ email, emailVerified: true, ...(appId && { appId }) });
      await requestPasswordReset(realm, { email, address: undefined, languages: [], appId: mine });
      assert.deepEqual([await subjects(mine, email), await subjects(other, email)], [inMine, []]);
      const kept = (await realm.storage.mails.list()).filter(({ to, subject }) => to === email && subject === RESET);
      assert.equal(kept.length, recovered ? 1 : 0, 'in /dev/mail');
    });
  }

  it('prefers the app’s own account to one that has confirmed the address elsewhere', async () => {
    const email = 'both@example.com';
    await realm.rows.accounts.create({ email, emailVerified: true, appId: other });
    await realm.rows.accounts.create({ email, emailVerified: false, appId: mine });
    await requestPasswordReset(realm, { email, address: undefined, languages: [], appId: mine });
    assert.deepEqual([await subjects(mine, email), await subjects(other, email)], [[RESET], []]);
  });

  it('gives pages a link whether or not the address is known, and none on recovery', async () => {
    const account = await realm.rows.accounts.create({ email: 'page@example.com', emailVerified: false, appId: mine });
    assert.equal(await mailForPages(realm, account), undefined);
    for (const addressKnown of [false, true]) {
      await mailNewAddress(realm, { account, email: 'page@example.com', languages: [], addressKnown });
      const shown = await mailForPages(realm, account);
      assert.equal(shown?.to, 'page@example.com');
      assert.match(shown.link, /^https:\/\/id\.example\/sandbox\/confirm-email\?code=/);
    }
    await requestEmailChange(realm, account, 'new@example.com', { languages: [], address: undefined });
    const changed = await mailForPages(realm, account);
    assert.equal(changed?.to, 'new@example.com');
    await requestPasswordReset(realm, { email: 'page@example.com', address: undefined, languages: [], appId: mine });
    assert.deepEqual(await mailForPages(realm, account), changed);
  });

  it('gives pages nothing of an account that belongs to no app, and nothing in production', async () => {
    const email = 'nothing@example.com';
    const mail = { email, languages: [], addressKnown: false };
    const account = await realm.rows.accounts.create({ email, emailVerified: false });
    await mailNewAddress(realm, { account, ...mail });
    assert.equal(await mailForPages(realm, account), undefined);
    const production = await openTestRealm('production');
    const real = await production.rows.accounts.create({ email, emailVerified: false });
    await mailNewAddress(production, { account: { ...real, appId: mine }, ...mail });
    assert.equal(await mailForPages(production, { ...real, appId: mine }), undefined);
    await production.close();
  });
});
