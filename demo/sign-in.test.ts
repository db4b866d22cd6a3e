import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { CLIENT_ID, JANE_CLAIMS, startTestStore, TestBrowser, type TestStore } from './testing.ts';

let store: TestStore;
before(async () => {
  store = await startTestStore();
});
after(() => store[Symbol.asyncDispose]());

const customers = () => store.rows('SELECT * FROM customers').length;

/** Opens the page. @returns the address that its element posts to, with the nonce of this page view */
async function openSignIn(browser: TestBrowser): Promise<{ loginUri: string; nonce: string }> {
  const page = await browser.get('/sign-in');
  assert.doesNotMatch(page, /<form|<script(?! type="module" src="http)/, 'the page needs only the tag');
  const loginUri = /login-uri="([^"]+)"/.exec(page)?.[1] ?? '';
  const nonce = /nonce="([^"]+)"/.exec(page)?.[1] ?? '';
  assert.equal(loginUri, `/sign-in?nonce=${nonce}`);
  return { loginUri, nonce };
}

/** Posts as the element does. */
const post = (browser: TestBrowser, loginUri: string, credential: string, token = 't-1', cookie = 't-1') =>
  browser.fetch(loginUri, {
    method: 'POST',
    headers: cookie ? { cookie: `signup_csrf_token=${cookie}` } : {},
    body: new URLSearchParams({ credential, csrf_token: token }),
  });

describe('signing in by login-uri', () => {
  test('creates a customer the first time, and finds the same one the next time', async () => {
    for (const greeting of [/Welcome, <bdi>Jane/, /Welcome back, <bdi>Jane/]) {
      const browser = new TestBrowser(store);
      const { loginUri, nonce } = await openSignIn(browser);
      const credential = await store.platform.sign({ ...JANE_CLAIMS, nonce, sub: 'user_login' });
      const response = await post(browser, loginUri, credential);
      assert.deepEqual([response.status, response.headers.get('location')], [303, '/welcome']);
      assert.match(await browser.get('/welcome'), greeting);
      assert.equal((await browser.fetch('/sign-in')).headers.get('location'), '/welcome');
    }
    assert.equal(store.rows("SELECT id FROM customers WHERE sub = 'user_login'").length, 1);
  });

  test('is refused from another site, when it is replayed, and from another browser', async () => {
    const before = customers();
    const [browser, thief] = [new TestBrowser(store), new TestBrowser(store)];
    const sign = (nonce: string) => store.platform.sign({ ...JANE_CLAIMS, nonce, sub: 'user_refused' });
    for (const [token, cookie] of [
      ['t-1', ''],
      ['t-1', 't-2'],
      ['', 't-1'],
    ]) {
      const { loginUri, nonce } = await openSignIn(browser);
      assert.equal((await post(browser, loginUri, await sign(nonce), token, cookie)).status, 403);
      assert.equal((await post(browser, loginUri, await sign(nonce))).status, 403, 'its nonce is used up');
    }
    const { loginUri, nonce } = await openSignIn(browser);
    await openSignIn(thief);
    assert.equal((await post(thief, loginUri, await sign(nonce))).status, 403);
    assert.equal((await post(browser, '/sign-in', await sign(nonce))).status, 403);
    assert.equal((await post(browser, loginUri, await sign('another'))).status, 400);
    assert.equal(customers(), before);
    assert.doesNotMatch(await browser.get('/'), /Sign out/);
  });

  test('asks for the data that an account needs', async () => {
    const browser = new TestBrowser(store);
    const { loginUri, nonce } = await openSignIn(browser);
    const credential = await store.platform.sign({ aud: CLIENT_ID, nonce, sub: 'user_sparse', name: 'Jane' });
    const response = await post(browser, loginUri, credential);
    assert.equal(response.status, 422);
    assert.match(await response.text(), /share both/);
  });
});
