import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { PASSWORD, resident } from '#portal/testing/resident.ts';
import type { HttpBrowser, Page } from '#testing/http-journey.ts';
import { SHOP_ORIGIN, startTestPlatform, type TestPlatform } from '#testing/test-platform.ts';

const UNSENT = 'We haven’t emailed';

/** All browsers of a test are one network, which may have an address mailed three times about sign-ups. */
describe('when an address has had enough mails', () => {
  let platform: TestPlatform;
  let clientId: string;
  before(async () => {
    platform = await startTestPlatform();
    ({ clientId } = await platform.createApp({ environment: 'production' }));
  });
  after(() => platform.close());

  const mailsTo = async (email: string) => (await platform.storage.mails.list()).filter(({ to }) => to === email);
  let count = 0;
  const person = (email: string) => ({
    given_name: 'Ada',
    family_name: 'B',
    email,
    password: `${PASSWORD} ${++count}`,
  });
  const newAddress = () => `${randomUUID()}@example.com`;
  const textOf = (page: Page, email: string) =>
    /<(?:p|div)[^>]*role="status"[\s\S]*?<\/(?:p|div)>/.exec(page.html)?.[0].replaceAll(email, 'EMAIL') ?? '';

  async function atPortal(email: string): Promise<{ browser: HttpBrowser; page: Page }> {
    const browser = platform.browser();
    return { browser, page: await browser.submit(await browser.get('/account/sign-up'), '/sign-up', person(email)) };
  }
  async function inPopup(email: string): Promise<{ browser: HttpBrowser; page: Page }> {
    const browser = platform.browser();
    const first = await browser.openPopup({ client_id: clientId, origin: SHOP_ORIGIN, state: 's', nonce: 'n' });
    const form = await browser.get(first.signUpAddress);
    return { browser, page: await browser.submit(form, '/sign-up', person(email)) };
  }

  for (const [title, signUp] of [
    ['the portal', atPortal],
    ['the popup', inPopup],
  ] as const) {
    it(`a sign-up at ${title} goes on, and says that there is no mail, alike for known and unknown addresses`, async () => {
      const known = (await resident(platform)).email;
      const texts: string[] = [];
      for (const email of [known, newAddress()]) {
        for (let claim = 0; claim < 3; claim += 1)
          assert.ok(!(await signUp(email)).page.html.includes(UNSENT), `mail ${claim + 1}`);
        const mails = (await mailsTo(email)).length;
        const { page } = await signUp(email);
        assert.equal(page.status, 200);
        assert.ok(page.html.includes(UNSENT));
        assert.equal((await mailsTo(email)).length, mails);
        texts.push(textOf(page, email));
      }
      assert.ok(texts[0]?.includes('EMAIL'));
      assert.equal(texts[0], texts[1]);
    });
  }

  it('is told until a mail is sent after all', async () => {
    const email = newAddress();
    for (let claim = 0; claim < 3; claim += 1) await atPortal(email);
    const { browser } = await atPortal(email);
    const security = await browser.get('/account/security');
    assert.ok(security.html.includes(UNSENT));
    const sent = await browser.submit(security, '/security/confirmation');
    assert.equal(sent.url.search, '?done=confirmation_sent');
    assert.ok(!(await browser.get('/account/security')).html.includes(UNSENT));
    assert.equal((await mailsTo(email)).length, 4);
  });

  it('a link that is asked for again is not sent, and the page says so', async () => {
    const email = newAddress();
    const pages: Page[] = [];
    for (let claim = 0; claim < 5; claim += 1) {
      const { browser } = await atPortal(email);
      pages.push(await browser.submit(await browser.get('/account/security'), '/security/confirmation'));
    }
    assert.deepEqual(
      pages.map(({ url, status }) => [url.search, status]),
      [...Array(4).fill(['?done=confirmation_sent', 200]), ['?unsent=confirmation', 200]],
    );
    assert.match(
      pages.at(-1)?.html ?? '',
      /We haven’t sent another email, because this address has had too many today/,
    );
  });

  it('a change to that address is not begun, and the page says so', async () => {
    const wanted = newAddress();
    const pages: Page[] = [];
    for (let number = 0; number < 5; number += 1) {
      const { browser } = await resident(platform);
      pages.push(
        await browser.submit(await browser.get('/account/security/email'), '/security/email', { email: wanted }),
      );
    }
    assert.deepEqual(
      pages.map(({ url, status }) => [url.search, status]),
      [...Array(4).fill(['?done=email_requested', 200]), ['?unsent=new_address', 200]],
    );
    const last = pages.at(-1)?.html ?? '';
    assert.match(last, /We haven’t sent an email to that address, because it has had too many today/);
    assert.ok(!last.includes(wanted), 'nothing waits for a link that was never mailed');
    assert.equal((await mailsTo(wanted)).length, 4);
  });
});
