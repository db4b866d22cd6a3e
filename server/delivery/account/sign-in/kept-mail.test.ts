import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { startTestPlatform } from '#testing/test-platform.ts';

const NOTE = 'This is a developer’s machine, and no email leaves it.';

/** The pages that tell somebody to wait for an email. */
async function waitingPages(env: Record<string, string>): Promise<{ name: string; html: string }[]> {
  const platform = await startTestPlatform(env);
  try {
    const browser = platform.browser();
    const form = { given_name: 'Ada', family_name: 'B', email: 'ada@example.com', password: 'an engine of difference' };
    const home = await browser.submit(await browser.get('/account/sign-up'), '/sign-up', form);
    const security = await browser.get('/account/security');
    const stranger = platform.browser();
    const forgotten = await stranger.submit(await stranger.get('/account/forgot-password'), '/forgot-password', {
      email: form.email,
    });
    return [
      { name: 'home', html: home.html },
      { name: 'security', html: security.html },
      { name: 'forgotten', html: forgotten.html },
    ];
  } finally {
    await platform.close();
  }
}

describe('a page that tells somebody to wait for an email', () => {
  it('says on a developer’s machine where it is', async () => {
    for (const { name, html } of await waitingPages({})) {
      assert.ok(html.includes(NOTE), name);
      assert.match(html, /<a href="http:\/\/localhost[^"]*\/dev\/mail">See the emails it keeps<\/a>/, name);
      assert.doesNotMatch(html, /\/dev\/mail\?token/, `${name}: the token is for whoever started the platform`);
    }
  });

  it('says no such thing where mail leaves', async () => {
    for (const { name, html } of await waitingPages({ SMTP_URL: 'smtp://127.0.0.1:9' }))
      assert.ok(!html.includes(NOTE), name);
  });
});
