import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { startTestPlatform, type TestPlatform } from '../testing/test-platform.ts';
import { resident } from './testing/resident.ts';

describe('somebody whose address is not confirmed', () => {
  let platform: TestPlatform;
  before(async () => {
    platform = await startTestPlatform();
  });
  after(() => platform.close());

  it('is told of a mail only when there was one, as for people who were brought from another system', async () => {
    const { browser } = await resident(platform, { emailVerified: false });
    for (const path of ['/account', '/account/apps']) {
      const { html } = await browser.get(path);
      assert.doesNotMatch(html, /We sent an email/, path);
      assert.match(html, /Nobody has confirmed yet/, path);
    }
    const sent = await browser.submit(await browser.get('/account'), '/security/confirmation', {});
    assert.match(sent.html, /We sent you the link/);
    const { html } = await browser.get('/account');
    assert.match(html, /We sent an email to/);
    assert.match(html, /Send again/);
  });
});
