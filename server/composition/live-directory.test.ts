import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import type { HttpBrowser, Page } from '../testing/http-journey.ts';
import { mailedCode } from '../testing/mailed-code.ts';
import { TestDirectory } from '../testing/test-directory.ts';
import { SHOP_ORIGIN, startTestPlatform, type TestPlatform } from '../testing/test-platform.ts';

const PASSWORD = 'correct horse battery';
const PASSWORD_URL = 'https://www.example.com/change-password';
let seed = 0;

/** The pages of a platform that asks a live directory: in the popup and at the account pages. */
for (const mode of ['always', 'migrate'] as const)
  describe(`the pages with a live directory (${mode})`, () => {
    let directory: TestDirectory;
    let platform: TestPlatform;
    let clientId: string;
    before(async () => {
      directory = await TestDirectory.start();
      const more = { DIRECTORY_MODE: mode, DIRECTORY_PASSWORD_URL: PASSWORD_URL, TRUST_PROXY: 'loopback' };
      platform = await startTestPlatform(directory.settings(more));
      ({ clientId } = await platform.createApp({ environment: 'production' }));
    });
    after(async () => {
      await platform.close();
      await directory.stop();
    });
    beforeEach(() => {
      directory.instead = undefined;
    });

    const newBrowser = (): HttpBrowser => {
      const browser = platform.browser();
      browser.headers = { ...browser.headers, 'x-forwarded-for': `203.0.113.${++seed % 250}` };
      return browser;
    };
    const newPerson = () => {
      const email = `person${++seed}@example.com`;
      const person = {
        id: `u-${seed}`,
        email,
        email_verified: true,
        given_name: 'Ada',
        password: PASSWORD,
        blocked: false,
      };
      directory.people.push(person);
      return person;
    };
    const openPopup = async (browser = newBrowser()) => ({
      browser,
      first: await browser.openPopup({ client_id: clientId, origin: SHOP_ORIGIN, state: 's', nonce: 'n' }),
    });
    const inPopup = async (email: string, password = PASSWORD): Promise<Page> => {
      const { browser, first } = await openPopup();
      return browser.submit(first, '/sign-in', { email, password });
    };
    /** Asks for a code from the first page. */
    const askForCode = (browser: HttpBrowser, first: Page, email: string, way: string): Promise<Page> => {
      const { action, values } = first.form('/sign-in');
      return browser.post(action.replace(/sign-in$/, 'code'), { ...values, email, way });
    };
    const atPortal = async (browser: HttpBrowser, email: string, password = PASSWORD): Promise<Page> =>
      browser.submit(await browser.get('/account/sign-in'), '/sign-in', { email, password });

    it('lead people of the directory to consent in the popup, and into their account', async () => {
      const { email } = newPerson();
      assert.match((await inPopup(email)).html, /Share and continue/);
      const browser = newBrowser();
      assert.equal((await atPortal(browser, email)).url.pathname, '/account');
    });

    it('say in plain words that they cannot tell, with 503, and lose no address that was typed', async () => {
      directory.instead = (response) => void response.writeHead(500).end();
      const page = await inPopup('somebody@example.com');
      assert.equal(page.status, 503);
      assert.match(page.html, /a system of .*Platform.* isn’t answering/);
      assert.doesNotMatch(page.html, /don’t match/);
      assert.equal(page.form('/sign-in').values['email'], 'somebody@example.com');
      const portal = await atPortal(newBrowser(), 'somebody@example.com');
      assert.equal(portal.status, 503);
      assert.match(portal.html, /a system of .*Platform.* isn’t answering/);
    });

    it('tell whom the directory has blocked, and only whoever has the password', async () => {
      const person = newPerson();
      await inPopup(person.email);
      person.blocked = true;
      const other = newPerson();
      other.blocked = true;
      for (const { email } of mode === 'always' ? [person, other] : [other]) {
        assert.match((await inPopup(email)).html, /You can’t sign in with this account/);
        assert.match((await atPortal(newBrowser(), email)).html, /You can’t sign in with this account/);
        assert.match((await inPopup(email, 'wrong')).html, /Email and password don’t match/);
      }
    });

    it('lead in by a mailed code, too, with the name that the directory knows', async () => {
      const { email } = newPerson();
      const { browser, first } = await openPopup();
      const asked = await askForCode(browser, first, email, 'sign_in');
      const page = await browser.submit(asked, '/code-check', { code: await mailedCode(platform, asked) });
      assert.match(page.html, /Share and continue/);
      assert.equal((await platform.storage.realm('production').accounts.findVerified(email))?.givenName, 'Ada');
    });

    it('ask for a code once of whose address an account here has verified', async () => {
      const { email } = newPerson();
      await platform.storage.realm('production').accounts.create({ email, emailVerified: true });
      for (const page of [await inPopup(email), await atPortal(newBrowser(), email)])
        assert.match(page.html, /Your password is right\. There’s already an account here/);
    });

    it('ask the directory about nobody in the sandbox', async () => {
      directory.asked.length = 0;
      const browser = newBrowser();
      const page = await browser.submit(await browser.get('/sandbox/account/sign-in'), '/sign-in', {
        email: newPerson().email,
        password: PASSWORD,
      });
      assert.equal(page.status, 400);
      assert.deepEqual(directory.asked, []);
    });

    if (mode === 'always') {
      it('say where the password is changed, and change nothing of it or the address', async () => {
        const { email } = newPerson();
        const browser = newBrowser();
        await atPortal(browser, email);
        const page = await browser.get('/account/security');
        assert.ok(page.html.includes(PASSWORD_URL));
        assert.match(page.html, /kept in another of its systems/);
        for (const path of ['/account/security/password', '/account/security/email'])
          assert.equal((await browser.get(path)).url.pathname, '/account/security');
        const forgot = await newBrowser().get('/account/forgot-password');
        assert.ok(forgot.html.includes(PASSWORD_URL));
        const { browser: other, first } = await openPopup();
        const inside = await other.get(first.form('/sign-in').action.replace('/sign-in', '/forgot-password'));
        assert.ok(inside.html.includes(PASSWORD_URL));
      });

      it('go on after a forgotten password without asking for another one', async () => {
        const { email } = newPerson();
        await inPopup(email);
        const { browser, first } = await openPopup();
        const asked = await askForCode(browser, first, email, 'forgot');
        const page = await browser.submit(asked, '/code-check', { code: await mailedCode(platform, asked) });
        assert.match(page.html, /Share and continue/);
        assert.equal(
          (await platform.storage.realm('production').accounts.findVerified(email))?.passwordHash,
          undefined,
        );
      });
    } else {
      it('let people choose another password, which the directory is not asked about', async () => {
        const { email } = newPerson();
        const browser = newBrowser();
        await atPortal(browser, email);
        const form = await browser.get('/account/security/password');
        await browser.submit(form, '/password', { password: 'a loom of many cards' });
        directory.asked.length = 0;
        assert.match((await inPopup(email, 'a loom of many cards')).html, /Share and continue/);
        assert.match((await inPopup(email)).html, /Email and password don’t match/);
        assert.deepEqual(directory.asked, []);
      });
    }

    it('write no password into the events or the audit log', async () => {
      const { email } = newPerson();
      await inPopup(email, 'a secret that is wrong');
      await inPopup(email);
      directory.instead = (response) => void response.writeHead(200).end('{"nobody":true}');
      await inPopup(email, 'another secret of theirs');
      const { events } = await platform.storage.appEvents.list(clientId, { limit: 100 });
      const kept = JSON.stringify([events, await platform.storage.auditLog.list({ limit: 200 })]);
      for (const secret of [PASSWORD, 'a secret that is wrong', 'another secret of theirs'])
        assert.ok(!kept.includes(secret));
    });

    // The last one, because nobody is asked for a while afterwards.
    it('answer everybody else while the directory hangs and many sign in', async () => {
      directory.instead = () => {};
      const attempts = await Promise.all(
        Array.from({ length: 30 }, async () => {
          const browser = newBrowser();
          return { browser, form: await browser.get('/account/sign-in') };
        }),
      );
      const isOver = Promise.all(
        attempts.map(({ browser, form }) =>
          browser.submit(form, '/sign-in', { email: newPerson().email, password: 'x' }),
        ),
      );
      let slowestMs = 0;
      for (let time = 0; time < 10; time += 1) {
        const startMs = performance.now();
        assert.equal((await newBrowser().get('/account/sign-in')).status, 200);
        slowestMs = Math.max(slowestMs, performance.now() - startMs);
      }
      assert.ok(slowestMs < 2_500, `a page took ${slowestMs} ms`);
      for (const page of await isOver) assert.equal(page.status, 503);
    });
  });
