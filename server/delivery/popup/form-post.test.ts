import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { sql } from 'kysely';
import { POSTED_STATES, RESPONSE_MODES_ASKED } from '../../../scripts/testing/hostile-inputs.ts';
import type { HttpBrowser, Page } from '../../testing/http-journey.ts';
import { SHOP_ORIGIN, startTestPlatform, type TestPlatform } from '../../testing/test-platform.ts';

const BACK = `${SHOP_ORIGIN}/callback?from=platform`;
const ELSEWHERE = 'https://elsewhere.example';
const CREDENTIAL = { response_type: 'id_token', code_challenge: undefined, code_challenge_method: undefined };
const CHALLENGE = 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM';

describe('response_mode=form_post', () => {
  let platform: TestPlatform;
  let app: Awaited<ReturnType<TestPlatform['createApp']>>;
  before(async () => {
    platform = await startTestPlatform();
  });
  // What a test person has agreed to with an app is agreed to for all tests.
  beforeEach(async () => {
    app = await platform.createApp({ redirectUris: [BACK] });
  });
  after(() => platform.close());

  const request = (more: Record<string, string | undefined> = {}) => {
    const all = {
      client_id: app.clientId,
      response_type: 'code',
      response_mode: 'form_post',
      redirect_uri: BACK,
      scope: 'openid',
      state: 's',
      nonce: 'n',
      code_challenge: CHALLENGE,
      code_challenge_method: 'S256',
      ...more,
    };
    const given = Object.entries(all).filter((pair): pair is [string, string] => pair[1] !== undefined);
    return `${app.issuer}/authorize?${new URLSearchParams(given)}`;
  };
  const ask = (browser: HttpBrowser, more?: Record<string, string | undefined>, from: string = SHOP_ORIGIN) =>
    browser.follow(request(more), from);
  const agree = async (browser: HttpBrowser, first: Page) =>
    browser.submit(await browser.submit(first, '/persona', { persona: 'complete' }), '/consent');

  /** What the page posts to the shop. It has one form, which posts there alone. */
  function posted(page: Page): Record<string, string | string[]> {
    const forms = page.html.match(/<form[^>]*>/g) ?? [];
    assert.equal(forms.length, 1, page.heading);
    const form = page.form('/callback');
    assert.equal(form.action, BACK);
    assert.match(forms[0] ?? '', / method="post"/);
    assert.equal(formAction(page), `${SHOP_ORIGIN}/callback`);
    assert.equal(page.headers.get('cache-control'), 'no-store');
    assert.equal(page.headers.get('x-frame-options'), 'DENY');
    assert.equal(page.headers.get('referrer-policy'), 'origin', 'the shop hears who posts, and nothing of the request');
    return form.values;
  }
  const formAction = (page: Page) => /form-action ([^;]*)/.exec(page.headers.get('content-security-policy') ?? '')?.[1];
  const isSent = ({ html }: Page) => /\.submit\(\)/.test(html);

  it('posts a code, at once', async () => {
    const browser = platform.browser();
    const page = await agree(browser, await ask(browser));
    assert.equal(page.status, 200);
    const { code, ...others } = posted(page);
    assert.ok(code);
    assert.deepEqual(others, { state: 's', iss: app.issuer });
    assert.ok(isSent(page));
    const again = await ask(browser);
    assert.notEqual(posted(again)['code'], code, 'who has agreed before is not asked');
    assert.ok(isSent(again));
  });

  it('posts a credential, with its nonce, and no address has it', async () => {
    const browser = platform.browser();
    const page = await agree(browser, await ask(browser, CREDENTIAL));
    const { id_token: token, ...others } = posted(page);
    const [, payload = ''] = String(token).split('.');
    assert.equal(JSON.parse(Buffer.from(payload, 'base64url').toString()).nonce, 'n');
    assert.deepEqual(others, { state: 's' });
    assert.equal(page.headers.get('content-encoding'), null, 'what is personal is not compressed');
    for (const mode of ['query', 'fragment', undefined]) {
      const { url } = await ask(browser, { ...CREDENTIAL, response_mode: mode });
      const response = new URLSearchParams(url.hash.slice(1) || url.search);
      assert.deepEqual([response.get('error'), response.get('id_token')], ['invalid_request', null], mode ?? 'none');
    }
  });

  describe('posts errors too', () => {
    const rows: [what: string, more: Record<string, string | undefined>, error: string][] = [
      ['of the engine, before our checks', { response_type: 'token' }, 'unsupported_response_type'],
      ['a parameter that is missing', { response_type: undefined }, 'invalid_request'],
      ['a parameter that is given twice', { scope: undefined, 'scope&scope': 'openid' }, 'invalid_request'],
      ['a prompt that nobody knows', { prompt: 'dance' }, 'invalid_request'],
      ['a combination of prompts', { prompt: 'none login' }, 'invalid_request'],
      ['claims that are no JSON', { claims: '{' }, 'invalid_request'],
      ['a request object', { request: 'e30.e30.' }, 'request_not_supported'],
      ['of our checks', { claims: '{"id_token":{"birthdate":null}}' }, 'invalid_request'],
      ['that nobody is signed in', { prompt: 'none' }, 'login_required'],
      ['without a nonce for a credential', { response_type: 'id_token', nonce: undefined }, 'invalid_request'],
    ];
    for (const [what, more, error] of rows)
      it(what, async () => {
        // URLSearchParams would not repeat a name.
        const target = request(more).replace('scope%26scope=openid', 'scope=openid&scope=openid');
        const page = await platform.browser().follow(target, SHOP_ORIGIN);
        const { error: told, state, iss } = posted(page);
        assert.deepEqual([told, state, iss], [error, 's', app.issuer]);
        assert.ok(isSent(page));
        // Nobody has chosen this app, and no page of it asked: the person decides whether to go there.
        const unasked = await platform.browser().follow(target, ELSEWHERE);
        assert.equal(unasked.status, 400);
        // Silence is refused alike for everybody then.
        assert.equal(posted(unasked)['error'], error === 'login_required' ? 'interaction_required' : error);
        assert.ok(!isSent(unasked), 'only when somebody presses the button');
        assert.match(unasked.html, /https:\/\/shop\.example/);
      });

    it('that the person cancelled', async () => {
      const browser = platform.browser();
      const page = await browser.submit(await ask(browser), '/cancel');
      assert.deepEqual([posted(page)['error'], isSent(page)], ['access_denied', true]);
    });

    it('of a step that failed, by a button', async () => {
      const browser = platform.browser();
      const first = await ask(browser);
      const page = await browser.post(first.form('/sign-in').action, { csrf: 'forged' });
      assert.equal(page.status, 403);
      assert.deepEqual(page.form('/callback').values, { error: 'access_denied', state: 's', iss: app.issuer });
      assert.equal(formAction(page), `${SHOP_ORIGIN}/callback`);
      assert.ok(!isSent(page));
    });
  });

  describe('never posts', () => {
    /** A page of ours that says what is wrong, and is not blank. */
    const refusal = (page: Page, ...leaked: string[]) => {
      assert.ok(page.status >= 400 && page.heading !== '', page.html);
      assert.doesNotMatch(page.html, /<form/);
      for (const text of leaked) assert.ok(!page.html.includes(text), text);
      assert.match(formAction(page) ?? '', /^'self'$/);
    };

    for (const uri of [
      SHOP_ORIGIN,
      `${SHOP_ORIGIN}/callback`,
      `${BACK}&x`,
      `${BACK}#x`,
      `${SHOP_ORIGIN}/callback/../callback?from=platform`,
      'https://evil.example/',
      'javascript:alert(1)//',
      'data:text/html,x',
      '//evil.example',
      '',
    ])
      it(`to ${uri || 'nowhere'}`, async () => {
        const browser = platform.browser();
        refusal(await ask(browser, { redirect_uri: uri }), 'id="answer"');
        refusal(await ask(browser, { redirect_uri: uri, response_type: 'dance' }), 'id="answer"');
      });

    it('to an origin that is registered for messages, nor a message to a redirect URI', async () => {
      const browser = platform.browser();
      refusal(await ask(browser, { redirect_uri: SHOP_ORIGIN }));
      const page = await ask(browser, { response_mode: 'web_message' });
      refusal(page);
      assert.throws(() => page.message);
    });

    it('for an app that nobody knows, or that is stopped', async () => {
      refusal(await ask(platform.browser(), { client_id: 'nobody' }));
      const stopped = await platform.createApp({ redirectUris: [BACK] });
      await platform.storage.apps.setDisabled(stopped.appId, true);
      refusal(await ask(platform.browser(), { client_id: stopped.clientId }));
    });
  });

  describe('in another mode', () => {
    for (const { input, what } of RESPONSE_MODES_ASKED.understood)
      it(`${JSON.stringify(input)}: ${what}`, async () => {
        const page = await ask(platform.browser(), { response_mode: input, prompt: 'none' });
        const { url } = page;
        const error = input === 'form_post' ? posted(page)['error'] : undefined;
        const told = new URLSearchParams(input === 'query' ? url.search : url.hash.slice(1)).get('error');
        assert.equal(error ?? told, 'login_required');
      });
    for (const { input, refusal, what } of RESPONSE_MODES_ASKED.refused)
      it(`${JSON.stringify(input)}: ${what}`, async () => {
        const { url } = await ask(platform.browser(), { response_mode: input });
        assert.deepEqual([url.origin, url.searchParams.get('error')], [SHOP_ORIGIN, refusal]);
      });

    it('when two are given, it is the default that gets the error', async () => {
      for (const modes of ['form_post&response_mode=web_message', 'web_message&response_mode=form_post']) {
        const target = request().replace('response_mode=form_post', `response_mode=${modes}`);
        const { url } = await platform.browser().follow(target, SHOP_ORIGIN);
        assert.deepEqual([url.origin, url.searchParams.get('error')], [SHOP_ORIGIN, 'invalid_request']);
      }
    });
  });

  for (const { input, what } of POSTED_STATES.understood)
    it(`gives back ${JSON.stringify(input)}: ${what}`, async () => {
      const page = await ask(platform.browser(), { state: input, prompt: 'none' });
      assert.equal(posted(page)['state'], input);
      assert.doesNotMatch(page.html, /<script>alert|<base|onfocus=alert\(1\) x=""/);
      assert.equal(page.html.match(/<form/g)?.length, 1);
    });

  it('is our page, with a way to try again, while the database takes no writes', async () => {
    const browser = platform.browser();
    const consent = await browser.submit(await ask(browser), '/persona', { persona: 'complete' });
    const takeWrites = (does: boolean) =>
      sql.raw(`pragma query_only = ${does ? 'off' : 'on'}`).execute(platform.database.db);
    await takeWrites(false);
    try {
      for (const down of [await ask(platform.browser()), await browser.submit(consent, '/consent')]) {
        assert.equal(down.status, 503);
        assert.match(down.html, />Try again</);
        assert.ok(!isSent(down));
      }
    } finally {
      await takeWrites(true);
    }
    assert.ok(isSent(await browser.submit(consent, '/consent')));
  });
});
