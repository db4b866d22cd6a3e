import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { listPersonas } from '../../domain/sandbox/personas.ts';
import { SHOP_ORIGIN, startTestPlatform, type TestPlatform } from '../../testing/test-platform.ts';

describe('POST persona', () => {
  let platform: TestPlatform;
  before(async () => {
    platform = await startTestPlatform();
  });
  after(() => platform.close());

  async function pick(persona: string, fields?: string) {
    const { clientId } = await platform.createApp();
    const browser = platform.browser();
    const request = { client_id: clientId, origin: SHOP_ORIGIN, state: 's', nonce: 'n', ...(fields && { fields }) };
    const first = await browser.openPopup(request);
    return { browser, request, page: await browser.submit(first, '/persona', { persona }) };
  }

  for (const { key, name } of listPersonas().filter(
    ({ trait }) => !['declines', 'blocked', 'returning'].includes(trait),
  )) {
    it(`${key} (${name}) gets as far as consent, by one click`, async () => {
      const { browser, page } = await pick(key);
      assert.match(page.heading, /^Share your details/);
      const typed = key === 'newcomer' ? { given_name: 'Noa' } : {};
      const { claims } = await browser.submit(page, '/consent', typed);
      assert.equal(claims['is_new_user'], true);
      assert.equal(claims['environment'], 'localhost');
      assert.equal(claims['email_verified'], key !== 'unverified_email');
    });
  }

  it('newcomer has to fill in a name', async () => {
    const { browser, page } = await pick('newcomer');
    const again = await browser.submit(page, '/consent');
    assert.equal(again.status, 400);
    assert.match(again.html, /id="given_name-error"/);
  });

  it('returning has been here before: the credential comes at once, with what was agreed to then', async () => {
    const { page } = await pick('returning', 'email');
    assert.equal(page.claims['is_new_user'], false);
    assert.equal(page.claims['email'], 'remy.laurent@example.com');
  });

  it('declines says no', async () => {
    const { page } = await pick('declines');
    assert.equal(page.message.error, 'access_denied');
  });

  it('blocked cannot sign in', async () => {
    const { page } = await pick('blocked');
    assert.equal(page.status, 403);
    assert.equal(page.delivery, undefined);
    assert.match(page.html, /You can’t sign in with this account/);
  });

  for (const persona of ['', 'nobody', '__proto__', 'constructor', 'x'.repeat(1_000)]) {
    it(`does not know ${JSON.stringify(persona.slice(0, 20))}`, async () => {
      const { page } = await pick(persona);
      assert.equal(page.status, 404);
      assert.equal(page.delivery, undefined);
    });
  }

  it('exists in the sandbox only', async () => {
    const { clientId } = await platform.createApp({ environment: 'production' });
    const browser = platform.browser();
    const first = await browser.openPopup({ client_id: clientId, origin: SHOP_ORIGIN, state: 's', nonce: 'n' });
    assert.ok(!/\/persona"|Jane Doe/.test(first.html));
    const { action, values } = first.form('/sign-in');
    const page = await browser.post(action.replace('/sign-in', '/persona'), { ...values, persona: 'complete' });
    assert.equal(page.status, 404);
    assert.equal(page.delivery, undefined);
    const { accounts } = platform.storage.realm('production');
    assert.equal(await accounts.findPersona('complete'), undefined);
    // Nor would it be, were there one.
    await accounts.create({ persona: 'complete', email: 'jane.doe@example.com', givenName: 'Jane' });
    const again = await browser.post(action.replace('/sign-in', '/persona'), { ...values, persona: 'complete' });
    assert.equal(again.status, 404);
  });
});
