import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { HttpBrowser, Page } from '#testing/http-journey.ts';
import { solved } from '#testing/solved-puzzle.ts';
import { startTestPlatform, type TestPlatform } from '#testing/test-platform.ts';

const PASSWORD = 'an engine of difference';
let seed = 0;
const newEmail = () => `ada.${++seed}@example.com`;

describe('the check for bots, in the portal', () => {
  let platform: TestPlatform;
  before(async () => {
    platform = await startTestPlatform({ BOT_CHECK: 'always' });
  });
  after(() => platform.close());

  const solve = async (browser: HttpBrowser, page: Page, action: string, more: Record<string, string> = {}) =>
    browser.submit(page, action, { ...more, altcha: await solved(String(page.form(action).values['altcha'])) });
  const accounts = () => platform.storage.realm('production').accounts;
  const mails = async (email: string) => (await platform.storage.mails.list()).filter(({ to }) => to === email).length;

  it('makes no account for a browser that has not worked for it', async () => {
    const browser = platform.browser();
    const email = newEmail();
    const page = await browser.get('/account/sign-up');
    const bare = await browser.submit(page, '/sign-up', { email, password: PASSWORD, altcha: '' });
    assert.equal(bare.status, 429);
    assert.equal(bare.form('/sign-up').values['email'], email);
    assert.equal((await accounts().findByEmail(email)).length, 0);
    const home = await solve(browser, bare, '/sign-up', { password: PASSWORD });
    assert.equal(home.url.pathname, '/account');
    assert.equal((await accounts().findByEmail(email)).length, 1);
  });

  it('mails nothing about a password before, and takes the solution of no other browser', async () => {
    const email = newEmail();
    await accounts().create({ email, emailVerified: true });
    const [browser, other] = [platform.browser(), platform.browser()];
    const checks = [];
    for (const each of [browser, other]) {
      const page = await each.get('/account/forgot-password');
      checks.push(await each.submit(page, '/forgot-password', { email }));
    }
    const [check, others] = checks as [Page, Page];
    assert.deepEqual([check.status, check.heading], [429, 'One moment']);
    const theirs = await solved(String(others.form('/forgot-password').values['altcha']));
    assert.equal((await browser.submit(check, '/forgot-password', { altcha: theirs })).status, 429);
    assert.equal(await mails(email), 0);
    const done = await solve(browser, check, '/forgot-password');
    assert.equal(done.url.search, '?done=mailed');
    assert.equal(await mails(email), 1);
  });

  it('mails no code before', async () => {
    const email = newEmail();
    await accounts().create({ email, emailVerified: true });
    for (const [path, way] of [
      ['/account/sign-in', 'sign_in'],
      ['/account/sign-up', 'sign_up'],
      ['/account/forgot-password', 'forgot'],
    ] as const) {
      const browser = platform.browser();
      const { csrf } = (await browser.get(path)).form(path.slice('/account'.length)).values;
      const before = await mails(email);
      const check = await browser.post('/account/sign-in/code', { csrf: String(csrf), email, way });
      assert.deepEqual([check.status, check.heading], [429, 'One moment'], path);
      assert.equal(await mails(email), before);
      const asked = await solve(browser, check, '/sign-in/code');
      assert.match(asked.url.pathname, /^\/account\/signing-in\//, path);
      assert.equal(await mails(email), before + 1, path);
    }
  });

  it('lets nobody make accounts, or mail others, because they are signed in', async () => {
    const known = platform.browser();
    const own = newEmail();
    await solve(known, await known.get('/account/sign-up'), '/sign-up', { email: own, password: PASSWORD });
    const browser = platform.browser();
    browser.restoreCookies(known.saveCookies().filter((cookie) => !cookie.includes('-devices=')));
    const csrf = String((await browser.get('/account/forgot-password')).form('/forgot-password').values['csrf']);
    const email = newEmail();
    const made = await browser.post('/account/sign-up', { csrf, email, password: PASSWORD });
    assert.equal(made.status, 429);
    assert.equal((await accounts().findByEmail(email)).length, 0);
    const other = newEmail();
    await accounts().create({ email: other, emailVerified: true });
    for (const way of ['sign_in', 'sign_up', 'forgot'])
      assert.equal((await browser.post('/account/sign-in/code', { csrf, email: other, way })).status, 429, way);
    assert.equal((await browser.post('/account/forgot-password', { csrf, email: other })).status, 429);
    assert.equal(await mails(other), 0);
  });

  it('asks nothing of whoever is signed in, about their own address', async () => {
    const known = platform.browser();
    await solve(known, await known.get('/account/sign-up'), '/sign-up', { email: newEmail(), password: PASSWORD });
    const browser = platform.browser();
    browser.restoreCookies(known.saveCookies().filter((cookie) => !cookie.includes('-devices=')));
    const page = await browser.get('/account/forgot-password');
    assert.equal((await browser.submit(page, '/forgot-password')).url.search, '?done=mailed');
  });
});
