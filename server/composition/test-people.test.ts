import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { LIMITS } from '../domain/throttle/limits.ts';
import type { AppSecrets } from '../storage/app-environments.ts';
import { ApiCaller } from '../testing/api-caller.ts';
import { crowdedNetwork } from '../testing/crowded-network.ts';
import type { HttpBrowser, Page } from '../testing/http-journey.ts';
import { SHOP_ORIGIN, startTestPlatform, type TestPlatform } from '../testing/test-platform.ts';

const ACCOUNT = '/sandbox/account';
const CROWDED = '198.51.100.7';
const PASSWORD = 'an engine of difference';

describe('a browser’s own copy of a test person', () => {
  let platform: TestPlatform;
  let fern: AppSecrets;
  let field: AppSecrets;
  before(async () => {
    platform = await startTestPlatform({ TRUST_PROXY: 'loopback' });
    [fern, field] = [await platform.createApp({ name: 'Fern' }), await platform.createApp({ name: 'Field' })];
  });
  after(() => platform.close());

  const open = (browser: HttpBrowser, { clientId }: AppSecrets): Promise<Page> =>
    browser.openPopup({ client_id: clientId, origin: SHOP_ORIGIN, state: 's', nonce: 'n', fields: 'name email' });
  const statusOf = async ({ apiKey }: AppSecrets, { sub }: Record<string, unknown>) =>
    (await new ApiCaller(platform, apiKey).get(`/users/${String(sub)}`)).status;

  async function pick(browser: HttpBrowser, shop: AppSecrets, persona = 'complete'): Promise<Page> {
    return browser.submit(await open(browser, shop), '/persona', { persona });
  }
  /** Picks Jane at a shop where she has not been, and agrees. */
  async function connect(browser: HttpBrowser, shop: AppSecrets): Promise<Record<string, unknown>> {
    return (await browser.submit(await pick(browser, shop), '/consent')).claims;
  }
  async function pickAtPortal(browser: HttpBrowser, persona = 'complete', path = ''): Promise<Page> {
    const target = encodeURIComponent(`${ACCOUNT}${path}`);
    return browser.submit(await browser.get(`${ACCOUNT}/sign-in?continue=${target}`), '/persona', { persona });
  }
  async function deleteMe(browser: HttpBrowser): Promise<Page> {
    const page = await browser.get(`${ACCOUNT}/data/deletion/confirm`);
    return browser.submit(page, '/deletion', { understood: 'yes' });
  }
  const startOver = async (browser: HttpBrowser, page: Page): Promise<Page> => browser.submit(page, '/start-over');

  it('is another user for a shop than in the next browser, with the same address', async () => {
    const [one, two] = [await connect(platform.browser(), fern), await connect(platform.browser(), fern)];
    assert.notEqual(one['sub'], two['sub']);
    for (const claims of [one, two]) {
      assert.equal(claims['email'], 'jane.doe@example.com');
      assert.deepEqual([claims['email_verified'], claims['is_new_user']], [true, true]);
      assert.equal(await statusOf(fern, claims), 200);
    }
  });

  it('is the same at each shop and at the portal, and has agreed before when it is picked again', async () => {
    const browser = platform.browser();
    const atFern = await connect(browser, fern);
    const second = await open(browser, field);
    assert.match(second.heading, /^Share your details with Field/, 'signed in already');
    await browser.submit(second, '/consent');
    const shops = await browser.get(`${ACCOUNT}/shops`);
    for (const name of ['Fern', 'Field']) assert.ok(shops.html.includes(name), name);
    assert.match((await browser.get(ACCOUNT)).html, /2 shops/);

    await browser.submit(shops, '/sign-out');
    const again = await pick(browser, fern);
    assert.deepEqual([again.claims['sub'], again.claims['is_new_user']], [atFern['sub'], false]);
    assert.equal((await open(browser, fern)).claims['sub'], atFern['sub'], 'one request, without a click');
    await browser.submit(await browser.get(ACCOUNT), '/sign-out');
    assert.match((await pickAtPortal(browser, 'complete', '/shops')).html, /Field/);
  });

  it('as the returning person has been to each shop before, as somebody else in each browser', async () => {
    const [here, there] = [platform.browser(), platform.browser()];
    const first = await pick(here, fern, 'returning');
    const { sub } = first.claims;
    assert.equal(first.claims['is_new_user'], false);
    await here.submit(await here.get(ACCOUNT), '/sign-out');
    assert.equal((await pick(here, fern, 'returning')).claims['sub'], sub);
    assert.notEqual((await pick(there, fern, 'returning')).claims['sub'], sub);
  });

  it('is changed, disconnected and deleted as any account, and no other browser notices', async () => {
    const [mine, theirs] = [platform.browser(), platform.browser()];
    const [my, their] = [await connect(mine, fern), await connect(theirs, fern)];
    await mine.submit(await mine.get(`${ACCOUNT}/profile/name`), '/profile/name', { given_name: 'Janet' });
    assert.match((await mine.get(`${ACCOUNT}/profile`)).html, /Janet/);
    assert.equal((await open(mine, fern)).claims['given_name'], 'Janet');
    const shop = await mine.get(`${ACCOUNT}/shops/${fern.clientId}`);
    await mine.submit(shop, '/stop', { field: 'email' });
    await mine.submit(await mine.get(`${ACCOUNT}/data/download`), '/download');
    await mine.submit(await mine.get(`${ACCOUNT}/shops/${fern.clientId}/disconnect`), '/disconnect');
    assert.equal(await statusOf(fern, my), 404);
    assert.equal((await deleteMe(mine)).heading, 'Your account is about to be deleted');

    assert.equal(await statusOf(fern, their), 200);
    const { claims } = await open(theirs, fern);
    assert.deepEqual(
      [claims['sub'], claims['name'], claims['email']],
      [their['sub'], 'Jane Doe', 'jane.doe@example.com'],
    );
    assert.equal((await theirs.get(`${ACCOUNT}/profile`)).status, 200);
    assert.doesNotMatch((await theirs.get(`${ACCOUNT}/sessions`)).html, /Sign out everywhere else/);
  });

  it('is told how soon it goes when it is deleted, can be kept, and is fresh when it is picked again', async () => {
    const browser = platform.browser();
    const first = await connect(browser, fern);
    assert.match((await browser.get(`${ACCOUNT}/data/deletion`)).html, /For 1\sday/);
    const leaving = await deleteMe(browser);
    await browser.submit(leaving, '/keep');
    assert.equal((await browser.submit(await open(browser, fern), '/consent')).claims['sub'], first['sub']);

    await deleteMe(browser);
    const page = await open(browser, fern);
    assert.match(page.html, /This account is about to be deleted/);
    const consent = await browser.submit(page, '/persona', { persona: 'complete' });
    const { claims } = await browser.submit(consent, '/consent');
    assert.notEqual(claims['sub'], first['sub']);
    assert.equal(claims['is_new_user'], true);
  });

  it('starts over in the popup: what was there is gone, for shops too', async () => {
    const [mine, theirs] = [platform.browser(), platform.browser()];
    const [my, their] = [await connect(mine, fern), await connect(theirs, fern)];
    await mine.submit(await mine.get(ACCOUNT), '/sign-out');
    const list = await startOver(mine, await open(mine, fern));
    assert.deepEqual([list.status, list.heading], [200, 'Sign in']);
    assert.match(list.html, /role="status"[^>]*>[\s\S]*?You’ve started over/);
    assert.deepEqual([await statusOf(fern, my), await statusOf(fern, their)], [404, 200]);
    const consent = await mine.submit(list, '/persona', { persona: 'complete' });
    const { claims } = await mine.submit(consent, '/consent');
    assert.notEqual(claims['sub'], my['sub']);
    assert.equal(claims['is_new_user'], true);
  });

  it('starts over in the account pages, where it says whose the test person is', async () => {
    const browser = platform.browser();
    const my = await connect(browser, fern);
    const home = await browser.get(ACCOUNT);
    assert.match(home.html, /This test person is yours alone/);
    const list = await startOver(browser, home);
    assert.deepEqual([list.url.pathname, list.url.search], [`${ACCOUNT}/sign-in`, '?done=started_over']);
    assert.match(list.html, /You’ve started over/);
    assert.equal(await statusOf(fern, my), 404);
    // Also from the list itself, of whoever is going somewhere.
    const onWay = await browser.get(`${ACCOUNT}/sign-in?continue=${encodeURIComponent(`${ACCOUNT}/shops`)}`);
    const again = await startOver(browser, onWay);
    assert.match((await browser.submit(again, '/persona', { persona: 'complete' })).url.pathname, /\/shops$/);
  });

  it('starts over without touching an account of one’s own', async () => {
    const browser = platform.browser();
    const first = await open(browser, fern);
    const form = await browser.get(first.signUpAddress);
    const email = `${crypto.randomUUID()}@example.com`;
    await browser.submit(form, '/sign-up', { given_name: 'Ada', family_name: 'Byron', email, password: PASSWORD });
    const csrf = String((await browser.get(ACCOUNT)).form('/sign-out').values['csrf']);
    assert.equal((await browser.post(`${ACCOUNT}/start-over`, { csrf })).url.pathname, ACCOUNT, 'still signed in');
    assert.doesNotMatch((await browser.get(ACCOUNT)).html, /start-over/);
  });

  it('exists in the sandbox only', async () => {
    const browser = platform.browser();
    const csrf = String((await browser.get('/account/sign-in')).form('/sign-in').values['csrf']);
    assert.equal((await browser.post('/account/start-over', { csrf })).status, 404);
    const shop = await platform.createApp({ environment: 'production' });
    const { action, values } = (await open(browser, shop)).form('/sign-in');
    assert.equal((await browser.post(action.replace('/sign-in', '/start-over'), values)).status, 404);
  });

  it('may have a password, an address and a passkey of its own; they open nothing in another browser', async () => {
    const [mine, theirs] = [platform.browser(), platform.browser()];
    await pickAtPortal(theirs);
    const security = await pickAtPortal(mine, 'complete', '/security');
    assert.match(security.html, /security\/passkeys\/new/);
    await mine.submit(await mine.get(`${ACCOUNT}/security/password`), '/security/password', { password: PASSWORD });
    const credentials = { email: 'jane.doe@example.com', password: PASSWORD };
    const signIn = async (browser: HttpBrowser, page: Page) => browser.submit(page, '/sign-in', credentials);
    const signOut = async (browser: HttpBrowser) => browser.submit(await browser.get(ACCOUNT), '/sign-out');

    await signOut(theirs);
    assert.equal((await signIn(theirs, await theirs.get(`${ACCOUNT}/sign-in`))).status, 400);
    assert.equal((await signIn(theirs, await open(theirs, fern))).status, 400);
    await signOut(mine);
    assert.equal((await signIn(mine, await mine.get(`${ACCOUNT}/sign-in`))).url.pathname, ACCOUNT);
    await signOut(mine);
    assert.match((await signIn(mine, await open(mine, fern))).heading, /^Share your details/);

    const wanted = `${crypto.randomUUID()}@example.com`;
    await mine.submit(await mine.get(`${ACCOUNT}/security/email`), '/security/email', { email: wanted });
    const link = linkOn(await mine.get(`${ACCOUNT}/security`), 'new-email');
    await mine.submit(await mine.get(link), '/security/new-email');
    assert.ok((await mine.get(`${ACCOUNT}/security`)).html.includes(wanted));
  });

  it('confirms an address that is not confirmed, by the link that the page shows', async () => {
    const [mine, theirs] = [platform.browser(), platform.browser()];
    await pickAtPortal(theirs, 'unverified_email', '/security');
    const security = await pickAtPortal(mine, 'unverified_email', '/security');
    await mine.submit(security, '/security/confirmation');
    const link = linkOn(await mine.get(`${ACCOUNT}/security`), 'confirm-email');
    await mine.submit(await mine.get(link), '/confirm-email');
    assert.doesNotMatch((await mine.get(`${ACCOUNT}/security`)).html, /Not confirmed/);
    assert.match((await theirs.get(`${ACCOUNT}/security`)).html, /Not confirmed/);
  });

  it('is known by a cookie of its own, which only our pages’ forms carry', async () => {
    const browser = platform.browser();
    await open(browser, fern);
    assert.ok(!browser.cookieNames.includes('sandbox-test-people'), 'not before somebody is picked');
    await pick(browser, fern);
    const line = browser.cookieLines.findLast((text) => text.startsWith('sandbox-test-people=')) ?? '';
    assert.match(line, /^sandbox-test-people=[\w-]{22}; Path=\/; Max-Age=86400; HttpOnly; SameSite=Strict$/);
    const value = /=([\w-]{22});/.exec(line)?.[1] ?? '';
    const stored = await platform.database.db.selectFrom('accounts').select('browser_hash').execute();
    assert.ok(!stored.some(({ browser_hash: hash }) => hash === value), 'only its hash is stored');
    // Whatever else the cookie says, the browser is a new one.
    for (const odd of ['', 'short', 'x'.repeat(5_000), "' or 1=1 --"]) {
      const other = platform.browser();
      other.restoreCookies([`sandbox-test-people=${odd}; path=/`]);
      assert.match((await pick(other, fern)).heading, /^Share your details/);
      assert.ok(other.saveCookies().some((text) => /^sandbox-test-people=[\w-]{22};/.test(text)));
    }
  });

  it('is picked only so often by a network, newcomers too, in the popup and the account pages', async () => {
    const browser = platform.browser();
    browser.headers['x-forwarded-for'] = '203.0.113.90';
    const expectRefused = async (persona: string) => {
      for (const page of [await browser.get(`${ACCOUNT}/sign-in`), await open(browser, fern)]) {
        const refused = await browser.submit(page, '/persona', { persona });
        assert.deepEqual([refused.status, refused.heading.slice(0, 7)], [429, 'Sign in'], persona);
        assert.match(refused.html, /Too many attempts\. Try again in/);
        assert.ok(Number(refused.headers.get('retry-after')) > 0);
        assert.ok(refused.form('/sign-in'), 'the other ways are still there');
      }
    };
    const { action, values } = (await browser.get(`${ACCOUNT}/sign-in`)).form('/persona');
    const body = new URLSearchParams({ csrf: String(values['csrf']), persona: 'newcomer' });
    const headers = {
      ...browser.headers,
      cookie: browser.cookieHeader(ACCOUNT),
      origin: platform.url,
      'sec-fetch-site': 'same-origin',
    };
    const send = () => fetch(`${platform.url}${action}`, { method: 'POST', headers, body, redirect: 'manual' });
    for (let count = 0; count < LIMITS.newcomerByAddress.points; count += 1) assert.equal((await send()).status, 303);
    await expectRefused('newcomer');
    const others = await pickAtPortal(browser);
    assert.equal(others.url.pathname, ACCOUNT, 'the other test people are there');
    await browser.submit(others, '/sign-out');

    const clicks = LIMITS.newcomerByAddress.points + 3;
    for (let count = clicks; count < LIMITS.picksByNetwork.points; count += 1) assert.equal((await send()).status, 429);
    await expectRefused('complete');
    const elsewhere = platform.browser();
    elsewhere.headers['x-forwarded-for'] = '203.0.114.90';
    assert.equal((await pickAtPortal(elsewhere)).url.pathname, ACCOUNT);
  });

  describe('beyond the copies that a network may make', () => {
    let another: () => HttpBrowser;
    before(async () => {
      another = await crowdedNetwork(platform, CROWDED);
    });

    it('is the test person whom everybody shares: signs up as before', async () => {
      const [one, two] = [await connect(another(), fern), await pick(another(), fern)];
      assert.equal(two.claims['sub'], one['sub'], 'and the second has been here before');
      assert.equal(await statusOf(fern, one), 200);
    });

    it('stays signed in as in earlier versions, and its users stay when somebody there starts over', async () => {
      const browser = another();
      await pick(browser, fern);
      const shared = (await open(browser, fern)).claims;
      browser.headers['x-forwarded-for'] = '203.0.113.81';
      assert.equal((await open(browser, fern)).claims['sub'], shared['sub'], 'in one request, without a click');
      await startOver(browser, await browser.get(ACCOUNT));
      assert.notEqual((await connect(browser, fern))['sub'], shared['sub']);
      assert.equal(await statusOf(fern, shared), 200);
    });

    it('can be looked at, says why no more, and how to get one’s own', async () => {
      const browser = another();
      const profile = await pickAtPortal(browser, 'complete', '/profile');
      assert.match(profile.html, /You share this test person with other people/);
      assert.doesNotMatch((await browser.get(ACCOUNT)).html, /\d shops?\b/, 'with which shops others have tried it');
      assert.doesNotMatch(profile.html, /href="[^"]*\/profile\/\w/);
      const csrf = String(profile.form('/sign-out').values['csrf']);
      for (const path of [
        'profile/name',
        'security/password',
        'security/email',
        'sessions/end-others',
        'data/download',
      ]) {
        const refused = await browser.post(`${ACCOUNT}/${path}`, { csrf, given_name: 'Changed', password: PASSWORD });
        assert.deepEqual([refused.status, refused.heading], [403, 'This test person can’t be changed'], path);
      }
      for (const path of ['shops', `shops/${fern.clientId}`, 'data/download', 'profile/name'])
        assert.equal((await browser.get(`${ACCOUNT}/${path}`)).status, 403, path);
      assert.match((await browser.get(`${ACCOUNT}/security`)).html, /<div class="warning">/);
      const list = await startOver(browser, await browser.get(ACCOUNT));
      browser.headers['x-forwarded-for'] = '203.0.113.80';
      const own = await browser.submit(list, '/persona', { persona: 'complete' });
      assert.match(own.html, /This test person is yours alone/);
      const name = await browser.submit(await browser.get(`${ACCOUNT}/profile/name`), '/profile/name', {
        given_name: 'J',
      });
      assert.equal(name.status, 200);
    });
  });
});

function linkOn(page: Page, path: string): string {
  const pattern = new RegExp(`href="([^"]*/${path}\\?[^"]*)"`);
  return (
    pattern.exec(page.html)?.[1]?.replaceAll('&amp;', '&') ?? assert.fail(`no link to ${path} on "${page.heading}"`)
  );
}
