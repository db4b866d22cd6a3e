import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ApiError } from '../api-error.ts';
import type { ApiCall } from '../route.ts';
import { parseLinkUrl } from './link-url.ts';
import { parseVerifyUrl } from './verification.ts';

function callOf(origins: string[], redirectUris: string[] = []): ApiCall {
  const appEnvironments = { findByClientId: async () => ({ origins, redirectUris }) };
  return { access: { clientId: 'c' }, context: { storage: { appEnvironments } } } as unknown as ApiCall;
}
const call = callOf(
  ['https://shop.example', 'http://localhost:3000'],
  ['https://login.shop.example/callback?x=1', 'com.example.shop:/callback'],
);

describe('a page that mails link to', () => {
  const taken: [url: string, as?: string][] = [
    ['https://shop.example/confirm'],
    ['https://shop.example', 'https://shop.example/'],
    ['https://shop.example?from=mail', 'https://shop.example/?from=mail'],
    ['HTTPS://SHOP.example:443/Confirm?Next=%2Fcart&x=1', 'https://shop.example/Confirm?Next=%2Fcart&x=1'],
    ['http://localhost:3000/confirm'],
    ['https://login.shop.example/elsewhere'],
    [`https://shop.example/${'a'.repeat(2_000 - 21)}`],
  ];
  for (const [url, as = url] of taken) {
    it(`may be ${url.slice(0, 60)}`, async () => assert.equal(await parseVerifyUrl(call, url), as));
  }

  const refused: [why: string, url: unknown][] = [
    ['another origin', 'https://evil.example/confirm'],
    ['a look-alike in front', 'https://shop.example.evil.example/'],
    ['a look-alike behind', 'https://evilshop.example/'],
    ['a subdomain', 'https://www.shop.example/'],
    ['a homograph', 'https://shоp.example/'],
    ['another port', 'https://shop.example:8443/'],
    ['another scheme', 'http://shop.example/'],
    ['another local port', 'http://localhost:3001/'],
    ['a trailing dot', 'https://shop.example./'],
    ['user information', 'https://shop.example@evil.example/'],
    ['user information on the right host', 'https://ada:secret@shop.example/'],
    ['empty user information', 'https://@shop.example/'],
    ['a backslash', 'https://shop.example\\@evil.example/'],
    ['backslashes for slashes', 'https:\\\\shop.example/'],
    ['no slashes', 'https:shop.example/'],
    ['too many slashes', 'https:///shop.example/'],
    ['no scheme', '//shop.example/confirm'],
    ['a path', '/confirm'],
    ['a script', 'javascript:alert(1)//https://shop.example/'],
    ['data', 'data:text/html,https://shop.example/'],
    ["a native app's scheme", 'com.example.shop:/callback'],
    ['the null origin', 'null'],
    ['a fragment', 'https://shop.example/#x'],
    ['an empty fragment', 'https://shop.example/#'],
    ['a line break', 'https://shop.example/\nhttps://evil.example/'],
    ['white space in front', ' https://shop.example/'],
    ['a tab in the scheme', 'java\tscript:alert(1)'],
    ['too long', `https://shop.example/${'a'.repeat(2_000 - 20)}`],
    ['nothing', ''],
    ['absent', undefined],
    ['a number', 1],
    ['a list', ['https://shop.example/']],
  ];
  for (const [why, url] of refused) {
    it(`is refused for ${why}`, async () => {
      await assert.rejects(parseVerifyUrl(call, url), (error) => {
        assert.ok(error instanceof ApiError);
        assert.equal(error.status, 400);
        assert.equal(error.code, 'verify_url_not_allowed');
        assert.match(
          error.message,
          /https:\/\/shop\.example, http:\/\/localhost:3000, https:\/\/login\.shop\.example\./,
        );
        assert.ok(!error.message.includes('evil'), 'it repeats nothing of what was sent');
        return true;
      });
    });
  }

  it('is refused under the name of the parameter, and says when nothing is registered', async () => {
    await assert.rejects(parseLinkUrl(callOf([]), 'reset_url', 'https://shop.example/'), {
      code: 'reset_url_not_allowed',
      message: /^reset_url must .* it has none yet\.$/,
    });
  });
});
