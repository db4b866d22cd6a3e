import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { QUERIES_OF_REDIRECT_URIS } from '../../scripts/testing/hostile-inputs.ts';
import { authorize, CHALLENGE } from '../testing/code-flow.ts';
import { SHOP_ORIGIN, startTestPlatform, type TestPlatform } from '../testing/test-platform.ts';

const PAGE = `${SHOP_ORIGIN}/back`;

describe('a redirect to a registered address', () => {
  let platform: TestPlatform;
  before(async () => {
    platform = await startTestPlatform();
  });
  after(() => platform.close());

  for (const { input, value, what } of QUERIES_OF_REDIRECT_URIS.understood)
    it(`keeps ${JSON.stringify(input)} as it is: ${what}`, async () => {
      const redirectUri = PAGE + input;
      const app = await platform.createApp({ redirectUris: [redirectUri] });
      const browser = platform.browser();
      const answerOf = async (more: Record<string, string>) =>
        (await authorize(browser, app, { ...CHALLENGE, redirect_uri: redirectUri, ...more })).headers.get('location') ??
        '';
      const [expected] = (PAGE + value).split('code=c');
      const answers = { code: await answerOf({}), error: await answerOf({ prompt: 'x' }) };
      assert.ok(answers.code.startsWith(`${expected}code=`), answers.code);
      if (!input.includes('de=old')) assert.ok(answers.error.startsWith(`${expected}error=`), answers.error);
      const inFragment = await answerOf({ response_mode: 'fragment' });
      assert.ok(inFragment.startsWith(`${redirectUri}#code=`), inFragment);
    });
});
