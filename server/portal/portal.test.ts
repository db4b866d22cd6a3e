import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { LANGUAGES, pickLanguage, SECTIONS } from '@signup-with-platform/messages';
import { PORTAL_ROUTES } from '../composition/portal-routes.ts';
import { hashPassword } from '../domain/accounts/passwords.ts';
import type { AppRole } from '../storage/app-members.ts';
import type { HttpBrowser, Page } from '../testing/http-journey.ts';
import { startTestPlatform, type TestPlatform } from '../testing/test-platform.ts';
import type { PortalRoute } from './route.ts';
import { contentOf } from './testing/content-of.ts';
import { makeStale } from './testing/resident.ts';

const PASSWORD = 'an engine of difference';
/** Far more than an answer takes. Without it, one that never ends would hold the tests up. */
const HEAD_TIMEOUT_MS = 20_000;
/** From the least to the most, as a test says it: the server's own order may be wrong. */
const ROLES: readonly AppRole[] = ['read-only', 'developer', 'owner'];

/** Every address of the portal, as the table names it: whoever adds one need not think of these tests. */
describe('every route of the portal', () => {
  let platform: TestPlatform;
  let appId: string;
  /** Signed in, by what they are to the app. `stranger` owns an app of their own; `returned` is an owner who signed in an hour ago. */
  const people = {} as Record<AppRole | 'stranger' | 'returned', { browser: HttpBrowser; csrf: string }>;

  before(async () => {
    platform = await startTestPlatform();
    const passwordHash = await hashPassword(PASSWORD);
    appId = (await platform.createApp()).appId;
    await platform.storage.appEnvironments.add(appId, 'production', ['https://shop.example']);
    const { appId: otherAppId } = await platform.createApp({ name: 'Another Shop' });
    for (const who of [...ROLES, 'stranger', 'returned'] as const) {
      const email = `${who}@example.com`;
      const account = await platform.storage
        .realm('production')
        .accounts.create({ email, emailVerified: true, givenName: 'Ada', passwordHash });
      await platform.storage.appMembers.put(
        who === 'stranger' ? otherAppId : appId,
        account.id,
        who === 'stranger' || who === 'returned' ? 'owner' : who,
      );
      people[who] = await signIn(platform.browser(), email);
      if (who === 'returned') await makeStale(platform, account.id);
    }
  });
  after(() => platform.close());

  async function signIn(browser: HttpBrowser, email: string): Promise<{ browser: HttpBrowser; csrf: string }> {
    const form = await browser.get('/account/sign-in');
    const home = await browser.submit(form, '/account/sign-in', { email, password: PASSWORD });
    assert.equal(home.url.pathname, '/account', home.heading);
    return { browser, csrf: String(home.form('/sign-out').values['csrf']) };
  }

  /** In production, unless it is for the sandbox only. */
  const addressOf = ({ path, realms, recentSignIn }: PortalRoute) =>
    `${realms?.includes('production') === false ? '/sandbox' : ''}/account${path === '/' ? '' : path}`
      .replace(':appId', appId)
      .replace(':environment', recentSignIn === 'in production' ? 'production' : 'localhost')
      .replaceAll(/:\w+/g, 'unknown');

  /** Sends a request that has to be refused, and sees that nothing has come of it. */
  async function refused(request: () => Promise<Page>, expected: { status?: number; path?: string }): Promise<void> {
    const earlier = await contentOf(platform.database);
    const page = await request();
    if (expected.status) assert.equal(page.status, expected.status, page.heading);
    if (expected.path) assert.equal(page.url.pathname, expected.path);
    assert.deepEqual(await contentOf(platform.database), earlier, 'nothing has changed');
  }

  const forms = PORTAL_ROUTES.filter(({ method }) => method === 'POST');
  const pages = PORTAL_ROUTES.filter(({ method }) => method === 'GET');

  it('is there once', () => {
    const addresses = PORTAL_ROUTES.map(({ method, path, realms }) => `${method} ${path} ${realms?.join() ?? ''}`);
    assert.equal(new Set(addresses).size, addresses.length);
    assert.ok(forms.length > 0 && pages.length > 0);
  });

  it('is in a language that has all of its words, and so are its errors', async () => {
    const { browser } = people.owner;
    const language = async (path: string, tag: string) => {
      const headers = { cookie: browser.cookieHeader('/account'), 'accept-language': tag };
      const response = await fetch(platform.url + path, { headers });
      return /<html lang="?([\w-]+)/.exec(await response.text())?.[1];
    };
    for (const { tag } of LANGUAGES) {
      for (const path of ['/account/profile', '/account/shops/unknown'])
        assert.equal(await language(path, tag), pickLanguage([tag]).tag, `${path} in ${tag}`);
      for (const path of ['/account/apps', '/account/apps/unknown'])
        assert.equal(await language(path, tag), pickLanguage([tag], SECTIONS).tag, `${path} in ${tag}`);
    }
  });

  it('that needs a recent sign-in leads back to a page, and keeps no secret meanwhile', () => {
    for (const { path, form, recentSignIn } of forms) {
      if (!recentSignIn) {
        assert.equal(form, undefined, path);
        continue;
      }
      const page = form?.page ?? path;
      assert.ok(
        pages.some((one) => one.path === page),
        `${page} is a page`,
      );
      for (const name of form?.keeps ?? []) assert.doesNotMatch(name, /password|secret|^key$|csrf|once|response|code/);
    }
  });

  it('that takes forms alone does not know HEAD', async () => {
    for (const route of forms) {
      if (pages.some(({ path }) => path === route.path)) continue;
      const headers = { cookie: people.owner.browser.cookieHeader('/account') };
      const head = await fetch(platform.url + addressOf(route), { method: 'HEAD', headers, redirect: 'manual' });
      assert.equal(head.status, 404, route.path);
    }
  });

  for (const route of forms) {
    describe(`POST ${route.path}`, () => {
      const asSomebody = route.access.who === 'anyone' ? undefined : 'owner';

      it('refuses a form of another site, whoever has its token', async () => {
        const { browser, csrf } = people.owner;
        for (const headers of [
          { origin: 'https://evil.example' },
          { 'sec-fetch-site': 'cross-site' },
          { 'sec-fetch-site': 'same-site' },
          { origin: 'null' },
        ]) {
          await refused(() => browser.post(addressOf(route), { csrf }, headers), { status: 403 });
        }
      });

      it('refuses a form without its token, or with that of another session', async () => {
        const browser = asSomebody ? people[asSomebody].browser : platform.browser();
        if (!asSomebody) await browser.get('/account/sign-in');
        for (const csrf of ['', 'x', people.stranger.csrf]) {
          await refused(() => browser.post(addressOf(route), { csrf }), { status: 403 });
        }
        await refused(() => browser.post(addressOf(route), {}), { status: 403 });
      });

      if (route.access.who !== 'anyone') {
        it('sends who is not signed in to sign in', async () => {
          const browser = platform.browser();
          const csrf = String((await browser.get('/account/sign-in')).form('/sign-in').values['csrf']);
          await refused(() => browser.post(addressOf(route), { csrf }), { path: '/account/sign-in' });
        });
      }

      if (route.recentSignIn) {
        it(`asks for a recent sign-in${route.recentSignIn === true ? '' : ` ${route.recentSignIn}`}`, async () => {
          const { browser, csrf } = people.returned;
          await refused(() => browser.post(addressOf(route), { csrf }), { path: '/account/confirm' });
        });
      }

      roleTests(route, (who) => people[who].browser.post(addressOf(route), { csrf: people[who].csrf }));
    });
  }

  for (const route of pages) {
    describe(`GET ${route.path}`, () => {
      if (route.access.who !== 'anyone') {
        it('sends who is not signed in to sign in, and on from there', async () => {
          const page = await platform.browser().get(addressOf(route));
          assert.equal(page.url.pathname, '/account/sign-in');
          const form = page.form('/sign-in').values;
          assert.equal(form['continue'], addressOf(route));
        });
      }
      it('answers HEAD as it answers GET, without a body, and nothing comes of it', async () => {
        const earlier = await contentOf(platform.database);
        for (const browser of [people.owner.browser, platform.browser()]) {
          const ask = (method: string) =>
            fetch(platform.url + addressOf(route), {
              method,
              redirect: 'manual',
              headers: { cookie: browser.cookieHeader('/account') },
              signal: AbortSignal.timeout(HEAD_TIMEOUT_MS),
            });
          const [head, get] = [await ask('HEAD'), await ask('GET')];
          await get.body?.cancel();
          assert.equal(await head.text(), '');
          for (const name of ['content-type', 'cache-control', 'location'])
            assert.equal(head.headers.get(name), get.headers.get(name), name);
          assert.equal(head.status, get.status);
        }
        assert.deepEqual(await contentOf(platform.database), earlier, 'nothing has changed');
      });

      roleTests(route, (who) => people[who].browser.get(addressOf(route)));
    });
  }

  /** To a stranger the app does not exist; a member with too small a role is told so. */
  function roleTests(route: PortalRoute, request: (who: AppRole | 'stranger') => Promise<Page>): void {
    const { access } = route;
    if (access.who !== 'member') return;
    it('does not exist for somebody else', () => refused(() => request('stranger'), { status: 404 }));
    for (const role of ROLES.slice(0, ROLES.indexOf(access.role))) {
      it(`is refused to a member who is ${role}`, () => refused(() => request(role), { status: 403 }));
    }
  }
});
