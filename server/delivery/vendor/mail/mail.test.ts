import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { openShop, type Resident, resident } from '#portal/testing/resident.ts';
import type { AppRole } from '#storage/app-members.ts';
import { ApiCaller, PASSWORD } from '#testing/api-caller.ts';
import { SHOP_ORIGIN, startTestPlatform, type TestPlatform } from '#testing/test-platform.ts';

describe('the sandbox inbox at the portal', () => {
  let platform: TestPlatform;
  before(async () => {
    platform = await startTestPlatform();
  });
  after(() => platform.close());

  async function newApp(role: AppRole = 'developer') {
    const member = await resident(platform);
    const app = await platform.createApp({ name: 'Fern' });
    await platform.storage.appMembers.put(app.appId, member.account.id, role);
    return { ...app, member, path: `/account/apps/${app.appId}/mail`, api: new ApiCaller(platform, app.apiKey) };
  }
  const put = (appId: string, mail: Partial<Record<'to' | 'subject' | 'text' | 'link' | 'code', string>> = {}) =>
    platform.storage.sandboxInbox.add(appId, { to: 'a@example.com', subject: 'Hello', text: 'Hello\n', ...mail });
  const open = ({ browser }: Resident, path: string) => browser.get(path);

  it('explains itself while it is empty, and has a tab of the app', async () => {
    const { member, path } = await newApp();
    const page = await open(member, path);
    assert.equal(page.heading, 'Sandbox mail');
    assert.match(page.html, /No emails yet\. Sign up in your popup with any address/);
    assert.match(page.html, /<code><bdi dir="ltr">POST \/1\/users\?verify_user=true&amp;verify_url=…<\/bdi><\/code>/);
    assert.match(page.html, new RegExp(`<a href="${path}" aria-current="page">Sandbox mail</a>`));
    assert.doesNotMatch(page.html, /Delete all emails|name="to"/);
  });

  it('shows what a sign-up and a user’s creation would have mailed, with link and code', async () => {
    const app = await newApp();
    const browser = platform.browser();
    const signIn = await openShop(browser, app);
    const signUp = await browser.get(signIn.signUpAddress);
    const consent = await browser.submit(signUp, '/sign-up', { email: 'noor@example.com', password: PASSWORD });
    const url = `/users?verify_user=true&verify_url=${encodeURIComponent(`${SHOP_ORIGIN}/verify`)}`;
    await app.api.post(url, { email: 'ada@example.com', password: PASSWORD });

    const list = await open(app.member, app.path);
    assert.ok(list.html.indexOf('ada@example.com') < list.html.indexOf('noor@example.com'), 'newest first');
    const filtered = await open(app.member, `${app.path}?to=NOOR@example.com`);
    assert.doesNotMatch(filtered.html, /<bdi dir="ltr">ada@example\.com/);
    const [, href = ''] = new RegExp(`href="(${app.path}/[\\w-]+)"`).exec(filtered.html) ?? [];
    const mail = await open(app.member, href);
    assert.equal(mail.heading, 'Confirm your email address for Platform');
    const [, link = ''] = /<code id="link"[^>]*>([^<]+)</.exec(mail.html) ?? [];
    assert.match(link, /^http:\/\/localhost:\d+\/sandbox\/confirm-email\?code=[\w-]{32}&amp;language=en$/);
    assert.match(mail.html, /<code id="code"[^>]*>[\w-]{32}</);
    assert.ok(mail.html.includes(`href="${link}" target="_blank"`));
    const view = await open(app.member, `${href}/html`);
    assert.ok(view.html.includes(`<a href="${link}"`), 'and the same as a mail program shows it');
    const policy = view.headers.get('content-security-policy') ?? '';
    assert.match(policy, /^sandbox [^;]*; default-src 'none'; .*frame-ancestors 'none'/);
    assert.doesNotMatch(policy, /unsafe-inline|allow-scripts|allow-same-origin/);
    // The person in the popup sees the same link.
    assert.ok(consent.html.includes(`href="${link}"`));
    assert.match(consent.html, /In production, we would email <bdi dir="ltr">noor@example\.com<\/bdi> this link:/);

    const back = await app.member.browser.submit(mail, '/delete');
    assert.match(back.html, /The email is deleted/);
    assert.equal((await open(app.member, href)).status, 404);
    assert.ok(back.html.includes(`<a class="button secondary" href="${app.path}/clear">Delete all emails</a>`));
    assert.doesNotMatch(back.html, /action="[^"]*\/clear"/, 'asks first');
    const asked = await open(app.member, `${app.path}/clear`);
    assert.equal(asked.heading, 'Delete all emails?');
    assert.match(
      (await open(app.member, app.path)).html,
      /ada@example\.com|noor@example\.com/,
      'asking deletes nothing',
    );
    const empty = await app.member.browser.submit(asked, '/mail/clear');
    assert.match(empty.html, /The emails are deleted/);
    assert.match(empty.html, /No emails yet/);
  });

  it('shows what somebody else wrote as text', async () => {
    const { member, path, appId } = await newApp();
    const mark = '<script>alert(1)</script>';
    const id = await put(appId, { subject: mark, text: `${mark}\n\n\u202e${mark}\n`, code: mark });
    for (const page of [await open(member, path), await open(member, `${path}/${id}`)]) {
      assert.ok(!page.html.includes(mark) && page.html.includes('&lt;script&gt;alert(1)'));
    }
  });

  it('has no HTML of a mail from before there was one', async () => {
    const { member, path, appId } = await newApp();
    const id = await put(appId);
    assert.doesNotMatch((await open(member, `${path}/${id}`)).html, /See it as HTML/);
    assert.equal((await open(member, `${path}/${id}/html`)).status, 404);
  });

  it('pages through more than fit on one page', async () => {
    const { member, path, appId } = await newApp();
    for (let count = 0; count < 53; count += 1) await put(appId, { subject: `Mail ${count}.` });
    const first = await open(member, path);
    const [, older = ''] = /href="([^"]*\?before=[^"]*)"/.exec(first.html) ?? [];
    const second = await open(member, older.replaceAll('&amp;', '&'));
    const shown = (html: string) => html.match(/Mail \d+\./g)?.length;
    assert.deepEqual([shown(first.html), shown(second.html)], [50, 3]);
  });

  it('is hidden from read-only members and from everybody else', async () => {
    const reader = await newApp('read-only');
    const id = await put(reader.appId);
    const stranger = await newApp();
    for (const path of [reader.path, `${reader.path}/${id}`]) {
      assert.equal((await open(reader.member, path)).status, 403);
      assert.equal((await open(stranger.member, path)).status, 404);
    }
    assert.doesNotMatch((await open(reader.member, `/account/apps/${reader.appId}`)).html, /Sandbox mail/);
    assert.equal((await open(stranger.member, `${stranger.path}/${id}`)).status, 404, 'by another app’s path');
  });
});
