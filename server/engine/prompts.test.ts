import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { LOGIN_HINTS } from '../../scripts/testing/hostile-inputs.ts';
import { hashPassword } from '../domain/accounts/passwords.ts';
import type { HttpBrowser, Page } from '../testing/http-journey.ts';
import { SoftwareAuthenticator } from '../testing/software-authenticator.ts';
import { SHOP_ORIGIN, startTestPlatform, type TestPlatform } from '../testing/test-platform.ts';

const BACK = `${SHOP_ORIGIN}/back`;
const PASSWORD = 'an engine of difference';
const [ADA, GRACE] = ['ada@example.com', 'grace@example.com'];

describe('what a request may ask for besides a credential', () => {
  let platform: TestPlatform;
  let app: Awaited<ReturnType<TestPlatform['createApp']>>;
  before(async () => {
    platform = await startTestPlatform();
    app = await platform.createApp({ redirectUris: [BACK], environment: 'production' });
    const passwordHash = await hashPassword(PASSWORD);
    const { accounts } = platform.storage.realm('production');
    for (const email of [ADA, GRACE])
      await accounts.create({ email, emailVerified: true, givenName: email.slice(0, -12), passwordHash });
  });
  after(() => platform.close());

  const ask = (browser: HttpBrowser, more: Record<string, string> = {}, { clientId } = app) =>
    browser.follow(
      `${app.issuer}/authorize?${new URLSearchParams({
        client_id: clientId,
        response_type: 'id_token',
        response_mode: 'web_message',
        redirect_uri: SHOP_ORIGIN,
        scope: 'openid email',
        state: 's',
        nonce: 'n',
        ...more,
      })}`,
      SHOP_ORIGIN,
    );
  const signIn = (browser: HttpBrowser, page: Page, email = ADA) =>
    browser.submit(page, '/sign-in', { email, password: PASSWORD });
  /** Signs in and agrees, where that is still to be done. */
  async function visit(browser: HttpBrowser, page: Page, email = ADA): Promise<Page> {
    const next = await signIn(browser, page, email);
    return next.delivery ? next : browser.submit(next, '/consent');
  }
  async function signedIn(email = ADA): Promise<HttpBrowser> {
    const browser = platform.browser();
    await visit(browser, await ask(browser), email);
    return browser;
  }

  describe('prompt', () => {
    for (const [prompt, error] of [
      ['dance', 'invalid_request'],
      ['login dance', 'invalid_request'],
      ['none login', 'invalid_request'],
      ['none select_account', 'invalid_request'],
      ['none create', 'invalid_request'],
      ['continue', 'invalid_request'],
    ] as const)
      it(`${prompt}: ${error}`, async () => {
        assert.equal((await ask(await signedIn(), { prompt })).message.error, error);
      });

    it('select_account offers the present account', async () => {
      const browser = await signedIn();
      const page = await ask(browser, { prompt: 'select_account' });
      assert.match(page.heading, /^Continue to/);
      assert.ok(page.html.includes(ADA));
      const last = await browser.submit(page, '/continue');
      assert.equal(last.claims['email'], ADA);
    });

    it('select_account does not say that going on shares anything, where it does not', async () => {
      const browser = await signedIn();
      const other = await platform.createApp({ environment: 'production' });
      const page = await ask(browser, { prompt: 'select_account' }, other);
      assert.match(page.html, /Nothing is shared until you agree/);
      assert.doesNotMatch(page.html, /Only an ID made for/);
      const consent = await browser.submit(page, '/continue');
      assert.match(consent.heading, /^Share your details/);
    });

    it('select_account offers another account', async () => {
      const browser = await signedIn();
      const page = await ask(browser, { prompt: 'select_account' });
      const form = await browser.submit(page, '/switch-account');
      assert.equal(form.heading, 'Sign in');
      assert.equal((await visit(browser, form, GRACE)).claims['email'], GRACE);
    });

    it('select_account is the sign-in page where nobody is signed in, once', async () => {
      const browser = platform.browser();
      const page = await ask(browser, { prompt: 'select_account login' });
      assert.equal(page.heading, 'Sign in');
      // Going on is for who is signed in.
      const csrf = page.form('/sign-in').values['csrf'] ?? '';
      const address = page.form('/sign-in').action.replace('sign-in', 'continue');
      assert.equal((await browser.post(address, { csrf })).heading, 'Sign in');
      assert.equal((await visit(browser, page)).claims['email'], ADA);
    });

    it('select_account and login ask both', async () => {
      const browser = await signedIn();
      const page = await ask(browser, { prompt: 'select_account login' });
      const form = await browser.submit(page, '/continue');
      assert.equal(form.heading, 'Sign in');
      assert.equal((await visit(browser, form)).claims['email'], ADA);
    });

    it('consent asks again, also beside another', async () => {
      const browser = await signedIn();
      for (const prompt of ['consent', 'login consent', 'select_account consent']) {
        let page = await ask(browser, { prompt });
        if (page.heading === 'Sign in') page = await signIn(browser, page);
        else if (/^Continue/.test(page.heading)) page = await browser.submit(page, '/continue');
        assert.match(page.heading, /^Share your details/, prompt);
        assert.match(page.html, /ada@example\.com[\s\S]*Share and continue/, 'what was agreed to is asked again');
      }
    });

    it('create opens sign-up, for who is signed in, too, and leads to sign-in', async () => {
      for (const browser of [platform.browser(), await signedIn()]) {
        const page = await ask(browser, { prompt: 'create' });
        assert.match(page.heading, /^Create your/);
        const reloaded = await browser.get(page.form('/code').action.replace(/\/code$/, '/'));
        assert.match(reloaded.heading, /^Create your/);
        const email = `${crypto.randomUUID()}@example.com`;
        const person = { given_name: 'New', family_name: 'Person', email, password: PASSWORD };
        const consent = await browser.submit(await browser.get(page.signUpAddress), '/sign-up', person);
        assert.equal((await browser.submit(consent, '/consent')).claims['email'], email);
      }
      const browser = platform.browser();
      const page = await ask(browser, { prompt: 'create' });
      const [, instead = ''] = /<a href="([^"]*)">Sign in instead/.exec(page.html) ?? [];
      const form = await browser.get(instead);
      assert.equal(form.heading, 'Sign in');
      assert.equal((await visit(browser, form)).claims['email'], ADA);
    });

    it('the back button does not ask again what signing in has answered', async () => {
      const browser = platform.browser();
      const page = await ask(browser, { prompt: 'login create' });
      await visit(browser, await browser.get(page.form('/code').action.replace(/code$/, 'sign-in')));
      const back = await browser.get(page.form('/code').action.replace(/code$/, ''));
      assert.notEqual(back.heading, 'Sign in');
      assert.doesNotMatch(back.heading, /^Create your/);
    });
  });

  describe('login_hint', () => {
    const email = (page: Page) => page.form(page.heading === 'Sign in' ? '/sign-in' : '/code').values['email'];
    for (const { input, value, what } of LOGIN_HINTS.understood)
      it(`fills in ${JSON.stringify(input)}: ${what}`, async () => {
        for (const prompt of ['login', 'create'])
          assert.equal(email(await ask(platform.browser(), { login_hint: input, prompt })), value, prompt);
      });
    for (const { input, what } of LOGIN_HINTS.refused)
      it(`leaves out ${JSON.stringify(input.slice(0, 40))}: ${what}`, async () => {
        for (const prompt of ['login', 'create'])
          assert.equal(email(await ask(platform.browser(), { login_hint: input, prompt })), '', prompt);
      });

    it('stays on the way to sign-up, and gives way to what is typed', async () => {
      const browser = platform.browser();
      const page = await ask(browser, { login_hint: ADA });
      assert.equal(email(await browser.get(page.form('/sign-in').action.replace(/in$/, 'up'))), ADA);
      assert.equal(
        email(await browser.submit(page, '/sign-in', { email: 'x@example.com', password: 'y' })),
        'x@example.com',
      );
    });

    it('does not tell whether there is such an account', async () => {
      const shape = async (hint: string) => {
        const { html, status } = await ask(platform.browser(), { login_hint: hint });
        return [status, html.replaceAll(/(value|data-[\w-]+|action|href|content)="[^"]*"/g, '')];
      };
      assert.deepEqual(await shape(ADA), await shape('bob@example.com'));
    });
  });

  describe('when and how the person signed in', () => {
    const isRecent = (time: unknown) => Math.abs(Number(time) - Date.now() / 1000) < 60;

    it('auth_time is told when it is asked for, by any way, and only then', async () => {
      const browser = await signedIn();
      assert.equal((await ask(browser)).claims['auth_time'], undefined);
      const asked = await ask(browser, { claims: '{"id_token":{"auth_time":{"essential":true}}}' });
      assert.ok(isRecent(asked.claims['auth_time']));
      assert.ok(isRecent((await ask(browser, { max_age: '1000' })).claims['auth_time']));
      for (const again of [{ prompt: 'login' }, { max_age: '0' }]) {
        const page = await ask(browser, again);
        assert.equal(page.heading, 'Sign in', JSON.stringify(again));
        assert.ok(isRecent((await visit(browser, page)).claims['auth_time']));
      }
      for (const age of ['-1', 'x', '1.5'])
        assert.equal((await ask(browser, { max_age: age })).message.error, 'invalid_request', age);
      assert.equal((await ask(browser, { prompt: 'none', max_age: '0' })).message.error, 'login_required');
    });

    it('acr is told of what has a name, when it is asked for', async () => {
      const browser = await signedIn();
      const { claims } = await ask(browser, { acr_values: 'phr 2' });
      assert.deepEqual([claims['email'], claims['acr']], [ADA, undefined], 'a password has none');
      const surer = await withPasskey();
      for (const more of [{ acr_values: 'phr' }, { claims: '{"id_token":{"acr":null}}' }, essential('1', 'phr')])
        assert.equal((await ask(surer, more)).claims['acr'], 'phr', JSON.stringify(more));
      assert.equal((await ask(surer)).claims['acr'], undefined);
    });

    const essential = (...values: string[]) => ({
      claims: JSON.stringify({ id_token: { acr: { essential: true, values } } }),
    });
    const handedOut = (page: Page, name: string) => {
      const [, json = ''] = new RegExp(` data-passkey-${name}="([^"]*)"`).exec(page.html) ?? [];
      return JSON.parse(json.replaceAll('&quot;', '"').replaceAll('&amp;', '&'));
    };
    /** Somebody who has signed in with a passkey. */
    async function withPasskey(): Promise<HttpBrowser> {
      const email = `${crypto.randomUUID()}@example.com`;
      const passwordHash = await hashPassword(PASSWORD);
      await platform.storage.realm('production').accounts.create({ email, emailVerified: true, passwordHash });
      const authenticator = new SoftwareAuthenticator(platform.url);
      const first = platform.browser();
      const offer = await first.submit(await ask(first), '/sign-in', { email, password: PASSWORD, passkeys: '1' });
      await first.submit(offer, '/passkey-offer', { response: authenticator.create(handedOut(offer, 'creation')) });
      const browser = platform.browser();
      const page = await ask(browser);
      const response = authenticator.get(handedOut(page, 'request'));
      await browser.submit(await browser.submit(page, '/passkey', { response }), '/consent');
      return browser;
    }

    it('an acr that is insisted on and not reached is an error, and no question without end', async () => {
      const unmet = 'unmet_authentication_requirements';
      const browser = await signedIn();
      assert.equal((await ask(browser, essential('2', 'urn:x'))).message.error, unmet);
      assert.equal((await ask(platform.browser(), essential('2'))).message.error, unmet);
      const page = await ask(browser, essential('2', 'phr'));
      assert.equal(page.heading, 'Sign in', 'there is a way');
      assert.equal((await signIn(browser, page)).message.error, unmet, 'not by a password');
      assert.equal((await ask(browser, { ...essential('phr'), prompt: 'none' })).message.error, 'login_required');
      const one = { claims: '{"id_token":{"acr":{"essential":true,"value":"3"}}}' };
      assert.equal((await ask(browser, one)).message.error, unmet);
      const odd = { claims: '{"id_token":{"acr":{"essential":true,"values":"phr"}}}' };
      assert.equal((await ask(browser, odd)).message.error, 'invalid_request');
    });
  });

  it('languages: of the page by ui_locales, and claims_locales is taken', async () => {
    const browser = platform.browser();
    const page = await ask(browser, { ui_locales: 'xx nl-BE en', claims_locales: 'de fr', display: 'page' });
    assert.match(page.html, /<html lang="nl"/);
  });

  it('id_token_hint says who is meant, also where nobody is asked', async () => {
    const browser = await signedIn();
    const credentialOf = async (of: HttpBrowser) => (await ask(of)).message.credential ?? '';
    const own = await credentialOf(browser);
    const others = await credentialOf(await signedIn(GRACE));
    const silently = async (hint: string) => (await ask(browser, { prompt: 'none', id_token_hint: hint })).message;
    assert.ok((await silently(own)).credential);
    assert.equal((await silently(others)).error, 'login_required');
    for (const bad of ['x', `${own}x`, `${own.split('.').slice(0, 2).join('.')}.`])
      assert.equal((await silently(bad)).error, 'invalid_request', bad.slice(-10));
  });

  it('discovery says so', async () => {
    const metadata = await (await fetch(`${app.issuer}/.well-known/openid-configuration`)).json();
    const prompts = ['consent', 'create', 'login', 'none', 'select_account'];
    assert.deepEqual(metadata.prompt_values_supported.toSorted(), prompts);
    assert.deepEqual(metadata.acr_values_supported, ['phr', 'https://refeds.org/profile/mfa']);
    assert.deepEqual(metadata.ui_locales_supported.slice(0, 3), ['en', 'nl', 'de']);
    for (const claim of ['auth_time', 'acr']) assert.ok(metadata.claims_supported.includes(claim), claim);
  });
});
