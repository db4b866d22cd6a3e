import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { SHOP_ORIGIN, startTestPlatform, type TestPlatform } from '../testing/test-platform.ts';

const BACK = `${SHOP_ORIGIN}/back`;
const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

describe('an authorization request that is posted', () => {
  let platform: TestPlatform;
  let app: Awaited<ReturnType<TestPlatform['createApp']>>;
  before(async () => {
    platform = await startTestPlatform();
    app = await platform.createApp({ redirectUris: [BACK] });
  });
  after(() => platform.close());

  const request = (more: Record<string, string> = {}) => ({
    client_id: app.clientId,
    response_type: 'code',
    redirect_uri: BACK,
    scope: 'openid',
    state: 's',
    code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
    code_challenge_method: 'S256',
    ...more,
  });
  /** As the form of a page of the shop sends it. */
  const post = (body: string | URLSearchParams, { headers = FORM as Record<string, string>, query = '' } = {}) =>
    fetch(`${app.issuer}/authorize${query}`, {
      method: 'POST',
      redirect: 'manual',
      headers: { 'sec-fetch-site': 'cross-site', 'sec-fetch-dest': 'document', referer: `${SHOP_ORIGIN}/`, ...headers },
      body: body.toString(),
    });

  it('goes on by a GET with all that it says, and keeps nothing', async () => {
    const records = () => platform.database.db.selectFrom('oidc_records').selectAll().execute();
    const before = await records();
    const sent = request({ state: 'ü &=+%"\u2028', claims: '{"id_token":{"email":null}}' });
    const answer = await post(new URLSearchParams(sent));
    assert.equal(answer.status, 303);
    assert.equal(answer.headers.get('cache-control'), 'no-store');
    assert.equal(answer.headers.get('referrer-policy'), null, 'the policy of the page that posts stays');
    assert.deepEqual(answer.headers.getSetCookie(), []);
    const target = new URL(answer.headers.get('location') ?? '');
    assert.equal(target.origin + target.pathname, `${app.issuer}/authorize`);
    assert.deepEqual(Object.fromEntries(target.searchParams), sent);
    assert.deepEqual(await records(), before);
    const page = await platform.browser().follow(target.href, SHOP_ORIGIN);
    assert.equal(page.heading, 'Sign in');
  });

  it('may have a part of it in the address, but nothing twice', async () => {
    const follow = async (answer: Response) =>
      platform.browser().follow(answer.headers.get('location') ?? '', SHOP_ORIGIN);
    const both = await follow(await post(new URLSearchParams(request()), { query: '?prompt=none' }));
    assert.equal(both.url.searchParams.get('error'), 'login_required');
    // A second question mark begins a name, and no query.
    const named = await follow(await post(new URLSearchParams(request()), { query: '??prompt=none' }));
    assert.equal(named.heading, 'Sign in');
    const twice = await follow(await post(new URLSearchParams(request()), { query: '?state=other' }));
    assert.match(twice.url.searchParams.get('error_description') ?? '', /state.* must not be provided twice/);
    // Who asks is not certain then, so nobody is told.
    const app = await follow(await post(`client_id=x&${new URLSearchParams(request())}`));
    assert.deepEqual([app.status, app.heading], [400, 'The shop sent an invalid request']);
  });

  const rows: [what: string, status: number, hint: RegExp, body: string, headers?: Record<string, string>][] = [
    ['JSON', 415, /application\/x-www-form-urlencoded/, '{"client_id":"x"}', { 'content-type': 'application/json' }],
    ['plain text', 415, /application\/x-www-form-urlencoded/, 'client_id=x', { 'content-type': 'text/plain' }],
    ['no type', 415, /^/, 'client_id=x', { 'content-type': '' }],
    ['a compressed form', 415, /uncompressed/, 'client_id=x', { ...FORM, 'content-encoding': 'gzip' }],
    ['what is not UTF-8', 400, /UTF-8/, 'state=%FF'],
    ['a form that is too large', 413, /8 KB/, `state=${'x'.repeat(9_000)}`],
    ['one that is too large as an address', 413, /7500/, `state=${'('.repeat(2_600)}`],
    ['nothing', 400, /client_id/, ''],
  ];
  for (const [what, status, hint, body, headers] of rows)
    it(`is refused by our page, which says why: ${what}`, async () => {
      let answer = await post(body, { ...(headers && { headers }) });
      if (answer.status === 303) answer = await fetch(answer.headers.get('location') ?? '');
      assert.equal(answer.status, status);
      assert.match(answer.headers.get('content-type') ?? '', /^text\/html/);
      const html = await answer.text();
      assert.match(html, /<h1>[^<]+/);
      assert.match(/For developers[\s\S]*?<\/section>/i.exec(html)?.[0] ?? '', hint);
    });

  it('is refused by our page with the parameters of an address, when they are more than are kept', async () => {
    const answer = await post(new URLSearchParams(request({ state: 'x'.repeat(5_000) })));
    const { url } = await platform.browser().follow(answer.headers.get('location') ?? '', SHOP_ORIGIN);
    assert.equal(url.searchParams.get('error'), 'invalid_request');
  });

  it('and other methods get our page too', async () => {
    for (const [method, path] of [
      ['PUT', '/authorize'],
      ['DELETE', '/authorize'],
      ['POST', '/authorize/unknown'],
    ] as const) {
      const answer = await fetch(app.issuer + path, { method });
      assert.equal(answer.status, 404);
      assert.match(await answer.text(), /<h1>[^<]+/, `${method} ${path}`);
    }
  });
});
