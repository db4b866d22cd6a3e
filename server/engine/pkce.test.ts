import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import {
  askAsBackend,
  askAsPage,
  authorize,
  CHALLENGE,
  codeIn,
  REDIRECT_URI,
  type SandboxApp,
  VERIFIER,
} from '../testing/code-flow.ts';
import { SHOP_ORIGIN, startTestPlatform, type TestPlatform } from '../testing/test-platform.ts';

const OTHER_VERIFIER = 'a'.repeat(43);

/** RFC 7636, RFC 9700 sections 2.1.1 and 4.8.2. */
describe('PKCE', () => {
  let platform: TestPlatform;
  let app: SandboxApp;
  before(async () => {
    platform = await startTestPlatform();
    app = await platform.createApp({ redirectUris: [REDIRECT_URI] });
  });
  after(() => platform.close());

  const codeFor = async (more: Record<string, string> = {}) => codeIn(await authorize(platform.browser(), app, more));

  describe('of a client with a secret', () => {
    for (const mode of [{}, { response_mode: 'query' }])
      it(`may be left out: ${JSON.stringify(mode)}`, async () => {
        const code = await codeFor({ ...mode, nonce: 'n' });
        const { status, body } = await askAsBackend(app, { code });
        assert.equal(status, 200);
        assert.ok(body.id_token && body.access_token);
        assert.equal((await askAsBackend(app, { code })).body.error, 'invalid_grant', 'once');
      });

    it('holds when there is a challenge: no verifier, another or an empty one is refused', async () => {
      const code = await codeFor(CHALLENGE);
      for (const verifier of [{}, { code_verifier: '' }, { code_verifier: OTHER_VERIFIER }]) {
        const { status, body } = await askAsBackend(app, { code, ...verifier });
        assert.deepEqual([status, body.error], [400, 'invalid_grant'], JSON.stringify(verifier));
      }
      assert.equal((await askAsBackend(app, { code, code_verifier: VERIFIER })).status, 200);
    });

    it('holds when there is a verifier: the challenge was taken out of the request on its way', async () => {
      const code = await codeFor();
      const { status, body } = await askAsBackend(app, { code, code_verifier: VERIFIER });
      assert.deepEqual([status, body.error], [400, 'invalid_grant']);
      const empty = await codeFor({ code_challenge: '' });
      assert.equal((await askAsBackend(app, { code: empty, code_verifier: VERIFIER })).status, 400);
    });
  });

  describe('of a code without a challenge', () => {
    it('is missed: nobody redeems it without the secret, and the backend still does', async () => {
      const code = await codeFor();
      for (const verifier of [{}, { code_verifier: VERIFIER }, { code_verifier: '' }]) {
        const { status, body } = await askAsPage(app, { code, ...verifier });
        assert.deepEqual([status, body.error], [400, 'invalid_grant'], JSON.stringify(verifier));
      }
      const { status } = await askAsPage(app, { code, client_secret: 'wrong' });
      assert.equal(status, 401, 'a wrong secret is none');
      assert.equal((await askAsBackend(app, { code })).status, 200);
    });

    it('is missed: another app’s page or backend has no use for it', async () => {
      const stranger = await platform.createApp({ redirectUris: [REDIRECT_URI] });
      const code = await codeFor();
      for (const ask of [askAsPage, askAsBackend])
        assert.equal((await ask(stranger, { code })).body.error, 'invalid_grant');
      assert.equal((await askAsBackend(app, { code })).status, 200);
    });
  });

  describe('of a code with a challenge', () => {
    it('lets a page redeem it with the verifier, as oidc-client-ts does', async () => {
      const code = await codeFor(CHALLENGE);
      assert.equal((await askAsPage(app, { code })).status, 400);
      assert.equal((await askAsPage(app, { code, code_verifier: OTHER_VERIFIER })).status, 400);
      assert.equal((await askAsPage(app, { code, code_verifier: VERIFIER })).status, 200);
    });
  });

  describe('of a code that goes to a page', () => {
    const toAPage: Record<string, string>[] = [
      { response_mode: 'web_message', redirect_uri: SHOP_ORIGIN },
      { response_mode: 'fragment' },
    ];
    for (const mode of toAPage)
      it(`is required: ${mode['response_mode']}`, async () => {
        const refused = await authorize(platform.browser(), app, mode);
        const answer = refused.delivery?.message ?? Object.fromEntries(new URLSearchParams(refused.url.hash.slice(1)));
        assert.match(String(answer.error_description), /requires PKCE/);
        assert.ok(codeIn(await authorize(platform.browser(), app, { ...mode, ...CHALLENGE })));
      });
  });

  const MALFORMED: Record<string, string>[] = [
    { ...CHALLENGE, code_challenge_method: 'plain' },
    { ...CHALLENGE, code_challenge_method: 's256' },
    { code_challenge: CHALLENGE.code_challenge },
    { code_challenge_method: 'S256' },
    { ...CHALLENGE, code_challenge: 'short' },
    { ...CHALLENGE, code_challenge: 'x'.repeat(129) },
  ];
  for (const challenge of MALFORMED)
    it(`is S256 and well-formed, or refused: ${JSON.stringify(challenge).slice(0, 90)}`, async () => {
      const { url } = await authorize(platform.browser(), app, challenge);
      assert.deepEqual([url.searchParams.get('error'), url.searchParams.get('code')], ['invalid_request', null]);
    });
});
