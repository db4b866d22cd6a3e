import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { hashPassword } from '../../domain/accounts/passwords.ts';
import { startTestPlatform, type TestPlatform } from '../../testing/test-platform.ts';

describe('the page behind the link in a mail', () => {
  let platform: TestPlatform;
  before(async () => {
    platform = await startTestPlatform();
  });
  after(() => platform.close());

  const PASSWORD = 'an engine of difference';
  const REFUSED = 'This link no longer works';
  const FORBIDDEN = 'We couldn’t accept this form';

  /** A claim to an address, and the page that its link leads to in the browser in which the person is signed in. */
  async function ask(email: string) {
    const { accounts, emailCodes } = platform.storage.realm('sandbox');
    const { id } = await accounts.create({ email, emailVerified: false, passwordHash: await hashPassword(PASSWORD) });
    const code = await emailCodes.create(id, email, 60);
    const browser = platform.browser();
    const signIn = await browser.get('/sandbox/account/sign-in');
    await browser.submit(signIn, '/account/sign-in', { email, password: PASSWORD });
    const page = await browser.get(`/sandbox/confirm-email?code=${code}`);
    const isVerified = async () => (await accounts.find(id))?.emailVerified;
    return { browser, page, code, form: page.form('/confirm-email'), isVerified };
  }

  it('asks first: what merely opens links confirms nothing', async () => {
    const { browser, page, code, isVerified } = await ask('ada@example.com');
    assert.equal(page.heading, 'Confirm your email address');
    assert.match(page.html, /<b><bdi dir="ltr">ada@example\.com<\/bdi><\/b>/, 'which one');
    await browser.get(`/sandbox/confirm-email?code=${code}`);
    assert.equal(await isVerified(), false);
    const done = await browser.submit(page, '/confirm-email');
    assert.equal(done.status, 200);
    assert.equal(done.heading, 'Your email address is confirmed');
    assert.equal(await isVerified(), true);
  });

  it('does not say whether a code is known before it is used', async () => {
    const unknown = await platform.browser().get('/sandbox/confirm-email?code=unknown');
    assert.equal(unknown.heading, 'Confirm your email address');
    assert.equal((await platform.browser().submit(unknown, '/confirm-email')).heading, REFUSED);
  });

  it('names the address also for somebody who is not signed in, and before everything is removed', async () => {
    const { code } = await ask('ida@example.com');
    for (const path of ['/sandbox/confirm-email', '/sandbox/confirm-email/anew']) {
      const page = await platform.browser().get(`${path}?code=${code}`);
      assert.match(page.html, /<b><bdi dir="ltr">ida@example\.com<\/bdi><\/b>/);
    }
  });

  it('keeps a code for its own realm', async () => {
    const { code, isVerified } = await ask('b@example.com');
    const page = await platform.browser().get(`/confirm-email?code=${code}`);
    assert.equal((await platform.browser().submit(page, '/confirm-email')).heading, REFUSED);
    assert.equal(await isVerified(), false);
  });

  for (const query of ['', '?code=', '?code=a&code=b', `?code=${'x'.repeat(201)}`, '?code[a]=b']) {
    it(`is no page without a code (${query.slice(0, 20)})`, async () => {
      const page = await platform.browser().get(`/sandbox/confirm-email${query}`);
      assert.equal(page.status, 400);
      assert.equal(page.heading, REFUSED);
    });
  }

  const forged: [title: string, values: Record<string, string | string[]>, headers?: Record<string, string>][] = [
    ['from another site', {}, { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }],
    ['from an opaque origin', {}, { origin: 'null' }],
    ['without a token', { csrf: '' }],
    ['with another’s token', { csrf: 'x'.repeat(43) }],
    ['with the code twice', { code: ['a', 'b'] }],
    ['with the code of somebody else', { code: 'somebody else’s' }],
  ];
  for (const [title, values, headers] of forged) {
    it(`refuses a form ${title}`, async () => {
      const { browser, form, isVerified } = await ask(`${title.replaceAll(/\W/g, '')}@example.com`);
      for (const action of [form.action, `${form.action}/anew`]) {
        const page = await browser.post(action, { ...form.values, password: PASSWORD, ...values }, headers);
        assert.equal(page.status, 403);
        assert.equal(page.heading, FORBIDDEN);
      }
      assert.equal(await isVerified(), false);
    });
  }

  it('refuses what is no form', async () => {
    const { browser, form } = await ask('c@example.com');
    const send = (body: string, type: string) => browser.post(form.action, body, { 'content-type': type });
    assert.equal((await send(JSON.stringify(form.values), 'application/json')).status, 415);
    assert.equal((await send('x'.repeat(5_000), 'application/x-www-form-urlencoded')).status, 413);
  });
});
