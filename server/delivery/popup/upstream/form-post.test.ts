import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { HttpBrowser } from '#testing/http-journey.ts';
import {
  ADA,
  awayAddress,
  press,
  signInThere,
  startUpstreamPlatform,
  type UpstreamPlatform,
} from '#testing/upstream-journey.ts';

describe('another login that posts its answer', () => {
  let platform: UpstreamPlatform;
  before(async () => {
    platform = await startUpstreamPlatform({ response_mode: 'form_post', trust_email: true }, { alone: true });
    platform.acme.auto = 'plain-1';
    platform.people.push({ sub: 'plain-1', email: 'plain@acme.example', email_verified: true });
  });
  after(() => platform.close());

  /** What it would post, asked for as a query. */
  async function answerFor(browser: HttpBrowser): Promise<Record<string, string>> {
    const address = awayAddress(await press(browser, await platform.openPopup(browser, { fields: 'name' })));
    assert.equal(address.searchParams.get('response_mode'), 'form_post');
    address.searchParams.delete('response_mode');
    return Object.fromEntries((await signInThere(address)).searchParams);
  }

  /** As a browser does with a form of another site: without the cookies that are Lax, and with them where it is led. */
  async function post(browser: HttpBrowser, fields: Record<string, string>) {
    const response = await fetch(`${platform.url}/upstream/acme/callback`, {
      method: 'POST',
      redirect: 'manual',
      headers: { origin: platform.acme.issuer, 'sec-fetch-site': 'cross-site', 'sec-fetch-dest': 'document' },
      body: new URLSearchParams(fields),
    });
    assert.equal(response.status, 303);
    const location = new URL(response.headers.get('location') ?? '', platform.url);
    assert.equal(location.origin, platform.url);
    return { location, page: await browser.follow(`${location.pathname}${location.search}`, platform.acme.issuer) };
  }

  it('signs in by it, with the name that comes beside it, which is in no address', async () => {
    const browser = platform.browser();
    const user = JSON.stringify({ name: { firstName: 'Apple', lastName: 'Seed' } });
    const { location, page } = await post(browser, { ...(await answerFor(browser)), user, id_token: 'a.b.c' });
    assert.deepEqual([...location.searchParams.keys()].sort(), ['code', 'iss', 'state']);
    assert.match(page.heading, /Share your details/);
    assert.match(page.html, /Apple Seed/);
  });

  it('signs nobody else in', async () => {
    platform.acme.auto = ADA.sub;
    const [attacker, victim] = [platform.browser(), platform.browser()];
    const answer = await answerFor(attacker);
    await platform.openPopup(victim);
    const { page } = await post(victim, answer);
    assert.equal(page.status, 400);
    assert.match(page.heading, /took too long/);
  });

  it('takes nothing that is no such form', async () => {
    const url = `${platform.url}/upstream/acme/callback`;
    for (const body of ['{"code":1}', 'x'.repeat(40_000)]) {
      const response = await fetch(url, {
        method: 'POST',
        redirect: 'manual',
        body,
        headers: { 'content-type': 'application/json' },
      });
      assert.ok([400, 413, 415].includes(response.status), String(response.status));
    }
    const { page } = await post(platform.browser(), { state: 'nobody’s', code: '1', user: '{' });
    assert.equal(page.status, 400);
  });
});
