import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { SHOP_ORIGIN, startTestPlatform, type TestPlatform } from '../../testing/test-platform.ts';

const EMAIL = 'ada.lovelace@example.com';
const PASSWORD = 'an engine of difference';
const NAME = 'Augusta Ada';

describe('the audit log of the popup', () => {
  let platform: TestPlatform;
  before(async () => {
    platform = await startTestPlatform();
  });
  after(() => platform.close());

  it('tells who did what from where, and neither what was typed nor what was shared', async () => {
    const { appId, clientId } = await platform.createApp();
    const browser = platform.browser();
    const open = () =>
      browser.openPopup({ client_id: clientId, origin: SHOP_ORIGIN, state: 's', nonce: 'n', fields: 'name email' });
    const signIn = await open();
    await browser.submit(signIn, '/sign-in', { email: EMAIL, password: 'not the password' });
    const signUp = await browser.get(signIn.signUpAddress);
    const form = { given_name: NAME, family_name: 'King', email: EMAIL, password: PASSWORD };
    const consent = await browser.submit(signUp, '/sign-up', form);
    const delivered = await browser.submit(consent, '/consent');
    const { credential = '' } = delivered.message;
    const second = await platform.storage.appEnvironments.add(appId, 'development:sandbox', [SHOP_ORIGIN]);
    const afterwards = await browser.openPopup({
      client_id: second?.clientId ?? '',
      origin: SHOP_ORIGIN,
      state: 's',
      nonce: 'n',
      fields: 'email',
    });
    const anew = await browser.submit(afterwards, '/switch-account');
    await browser.submit(anew, '/sign-in', { email: EMAIL, password: PASSWORD });

    const [account] = await platform.storage.realm('sandbox').accounts.findByEmail(EMAIL);
    const person = `account:${account?.id}`;
    const entries = await platform.storage.auditLog.list();
    const acts = entries.map(({ act, actor, subject }) => [act, actor, subject]);
    assert.deepEqual(acts.toSorted(), [
      ['account.created', 'anyone', person],
      ['consent.given', person, `environment:${clientId}`],
      ['session.ended', person, person],
      ['session.refused', 'anyone', undefined],
      ['session.started', person, person],
      ['session.started', person, person],
    ]);
    for (const { realm, address, requestId } of entries) {
      assert.equal(realm, 'sandbox');
      assert.match(address ?? '', /^(127\.0\.0\.1|::1|::ffff:127\.0\.0\.1)$/);
      assert.match(requestId ?? '', /\S{8,}/);
    }
    assert.deepEqual(entries.find(({ act }) => act === 'consent.given')?.detail, {
      shared: ['name', 'email'],
      declined: [],
    });
    const written = JSON.stringify(entries);
    for (const unwanted of [EMAIL, 'ada.lovelace', PASSWORD, 'not the password', NAME, 'King', credential, 'csrf']) {
      assert.ok(!written.includes(unwanted), unwanted);
    }
  });
});
