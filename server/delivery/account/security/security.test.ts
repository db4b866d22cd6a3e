import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { PASSWORD, type Resident, resident, signInAs } from '#portal/testing/resident.ts';
import type { NewAccount } from '#storage/accounts.ts';
import type { HttpBrowser, Page } from '#testing/http-journey.ts';
import { startTestPlatform, type TestPlatform } from '#testing/test-platform.ts';

const NEW_PASSWORD = 'a difference of engines';

describe('sign-in and security', () => {
  let platform: TestPlatform;
  before(async () => {
    platform = await startTestPlatform();
  });
  after(() => platform.close());

  const person = (account: NewAccount = {}): Promise<Resident> => resident(platform, account);
  const rows = () => platform.storage.realm('production');
  const isSignedIn = async (browser: HttpBrowser) =>
    (await browser.get('/account/security')).url.pathname === '/account/security';
  const mailsTo = async (email: string) => (await platform.storage.mails.list()).filter(({ to }) => to === email);
  const address = () => `new.${randomUUID()}@example.com`;
  const changePassword = async (browser: HttpBrowser, values: Record<string, string>): Promise<Page> => {
    const form = await browser.get('/account/security/password');
    // An unticked box is not sent.
    const { end_others: _ticked, ...kept } = form.form('/security/password').values;
    return browser.post('/account/security/password', { ...kept, ...values });
  };
  const requestChange = async (browser: HttpBrowser, email: string): Promise<Page> =>
    browser.submit(await browser.get('/account/security/email'), '/security/email', { email });

  it('changes a password, ends every other session, and tells by mail', async () => {
    const { account, email, browser } = await person();
    const [other, stranger] = [await signInAs(platform, email), await person()];
    const done = await changePassword(browser, { password: NEW_PASSWORD, end_others: 'yes' });
    assert.equal(done.url.search, '?done=password_changed_everywhere');
    assert.equal(await isSignedIn(browser), true);
    assert.equal(await isSignedIn(other), false);
    assert.equal(await isSignedIn(stranger.browser), true);
    await assert.rejects(signInAs(platform, email), 'the old password is gone');
    assert.match((await mailsTo(email))[0]?.subject ?? '', /password was changed/);
    const acts = await platform.storage.auditLog.list({
      subject: `account:${account.id}`,
      act: 'account.password_changed',
    });
    assert.deepEqual(acts[0]?.detail, { sessionsEnded: 1 });
    assert.ok(!JSON.stringify(acts).includes(NEW_PASSWORD));
  });

  it('takes every mailed link with it, by which somebody else could still come in', async () => {
    const { account, email, browser } = await person();
    const wanted = address();
    await requestChange(browser, wanted);
    const reset = await rows().emailCodes.create(account.id, email, 60, 'reset_password');
    const change = /new-email\?code=(\S+)/.exec((await mailsTo(wanted))[0]?.text ?? '')?.[1] ?? '';
    assert.ok(await rows().emailCodes.find(reset, 'reset_password'));
    assert.ok(await rows().emailCodes.find(change, 'change_email'));
    await changePassword(browser, { password: NEW_PASSWORD });
    assert.equal(await rows().emailCodes.find(reset, 'reset_password'), undefined);
    assert.equal(await rows().emailCodes.find(change, 'change_email'), undefined);
  });

  it('ends the others by default, and leaves them when that is wished', async () => {
    const { email, browser } = await person();
    const form = (await browser.get('/account/security/password')).form('/security/password');
    assert.equal(form.values['end_others'], 'yes', 'ticked');
    const other = await signInAs(platform, email);
    await changePassword(browser, { password: NEW_PASSWORD });
    assert.equal(await isSignedIn(other), true);
  });

  for (const [title, password, message] of [
    ['short', 'short', /at least 8/],
    ['common', 'password1', /easy to guess/],
    ['empty', '', /Fill this in/],
    ['endless', 'ab-'.repeat(60), /too long/],
  ] as const) {
    it(`refuses a password that is ${title}`, async () => {
      const { email, browser } = await person();
      const page = await changePassword(browser, { password, end_others: 'yes' });
      assert.equal(page.status, 400);
      assert.match(page.html, message);
      assert.doesNotMatch(page.html, /<input id="password"[^>]* value=/);
      assert.ok(await signInAs(platform, email), 'the old one stays');
    });
  }

  it('refuses the e-mail address as password', async () => {
    const { email, browser } = await person();
    assert.equal((await changePassword(browser, { password: email.toUpperCase() })).status, 400);
  });

  it('changes an address by the button behind the link, and nothing before', async () => {
    const { account, email, browser } = await person();
    const wanted = address();
    const asked = await requestChange(browser, wanted);
    assert.equal(asked.url.search, '?done=email_requested');
    assert.ok(asked.html.includes(wanted), 'the page says that the link is awaited');
    const link = /http:\S+/.exec((await mailsTo(wanted))[0]?.text ?? '')?.[0] ?? '';
    assert.equal(
      (await platform.browser().get(link)).url.pathname,
      '/account/sign-in',
      'not for who merely has the link',
    );
    const page = await browser.get(link);
    assert.equal((await rows().accounts.find(account.id))?.email, email, 'nor by looking');

    const done = await browser.submit(page, '/security/new-email');
    assert.equal(done.url.search, '?done=email_changed');
    assert.equal((await rows().accounts.find(account.id))?.email, wanted);
    assert.equal((await rows().accounts.find(account.id))?.emailVerified, true);
    for (const to of [email, wanted]) {
      assert.ok(
        (await mailsTo(to)).some(({ subject }) => /address was changed/.test(subject)),
        to,
      );
    }
    assert.ok(await signInAs(platform, wanted));
    await assert.rejects(signInAs(platform, email));
    const again = await browser.submit(page, '/security/new-email');
    assert.equal(again.heading, 'This link no longer works');
  });

  it('shows the same whether or not the new address is taken', async () => {
    const owner = await person();
    const answers: string[] = [];
    for (const wanted of [owner.email, address()]) {
      const { email, browser } = await person();
      const page = await requestChange(browser, wanted);
      const stable = page.html.replaceAll(/name="csrf" value="[^"]*"/g, '');
      answers.push(`${page.status} ${stable.replaceAll(wanted, '(new)').replaceAll(email, '(own)')}`);
    }
    assert.equal(answers[0], answers[1]);
    assert.match((await mailsTo(owner.email))[0]?.subject ?? '', /in use/);
  });

  it('does not take the link of another account, and leaves it working', async () => {
    const [owner, stranger] = [await person(), await person()];
    const wanted = address();
    await requestChange(owner.browser, wanted);
    const link = /http:\S+/.exec((await mailsTo(wanted))[0]?.text ?? '')?.[0] ?? '';
    const refused = await stranger.browser.get(link);
    assert.equal(refused.status, 400);
    assert.ok(!refused.html.includes(wanted));
    const { csrf = '' } = refused.form('/sign-out').values;
    const code = new URL(link).searchParams.get('code') ?? '';
    const forced = await stranger.browser.post('/account/security/new-email', { csrf, code });
    const unmasked = (html: string) => html.replaceAll(/name="csrf" value="[^"]*"/g, '');
    assert.equal(unmasked(forced.html), unmasked(refused.html));
    assert.equal((await rows().accounts.find(stranger.account.id))?.email, stranger.email);
    await owner.browser.submit(await owner.browser.get(link), '/security/new-email');
    assert.equal((await rows().accounts.find(owner.account.id))?.email, wanted);
  });

  it('forgets a change', async () => {
    const { account, browser } = await person();
    const wanted = address();
    const asked = await requestChange(browser, wanted);
    const page = await browser.submit(asked, '/security/email/cancel');
    assert.ok(!page.html.includes(wanted));
    const link = /http:\S+/.exec((await mailsTo(wanted))[0]?.text ?? '')?.[0] ?? '';
    assert.equal((await browser.get(link)).status, 400);
    const act = 'account.email_change_cancelled';
    assert.equal((await platform.storage.auditLog.list({ subject: `account:${account.id}`, act })).length, 1);
  });

  for (const email of [
    '',
    'nonsense',
    'two@example.com,three@example.com',
    'a@b\r\nBcc: eve@evil.example',
    '<b>@example.com',
  ]) {
    it(`mails nothing to ${JSON.stringify(email)}`, async () => {
      const { browser } = await person();
      const before = (await platform.storage.mails.list()).length;
      const page = await requestChange(browser, email);
      assert.equal(page.status, 400);
      assert.match(page.html, /id="email-error"/);
      assert.equal((await platform.storage.mails.list()).length, before);
    });
  }

  it('says so when the address is the one that is there', async () => {
    const { email, browser } = await person();
    const page = await requestChange(browser, email.toUpperCase());
    assert.equal(page.status, 400);
    assert.match(page.html, /This is already your address/);
  });

  it('mails the confirmation again, three times an hour', async () => {
    const { email, browser } = await person({ emailVerified: false });
    const send = async () => browser.submit(await browser.get('/account/security'), '/security/confirmation');
    for (let count = 0; count < 3; count += 1) assert.equal((await send()).url.search, '?done=confirmation_sent');
    const page = await send();
    assert.equal(page.status, 429);
    assert.ok(Number(page.headers.get('retry-after')) > 0);
    assert.equal((await mailsTo(email)).length, 3);
    const link = /http:\S+/.exec((await mailsTo(email))[0]?.text ?? '')?.[0] ?? '';
    await browser.submit(await browser.get(link), '/confirm-email');
    const confirmed = await browser.get('/account/security');
    assert.throws(() => confirmed.form('/security/confirmation'), 'nothing is left to confirm');
  });

  it('tells only what it knows to have been done', async () => {
    const { browser } = await person();
    for (const done of ['<script>', 'toString', '__proto__', 'nothing']) {
      const page = await browser.get(`/account/security?${new URLSearchParams({ done })}`);
      assert.equal(page.status, 200);
      assert.doesNotMatch(page.html, /class="notice"/);
    }
  });

  it('lets an account without a password set one', async () => {
    const { account, email, browser } = await person();
    await platform.database.db
      .updateTable('accounts')
      .set({ password_hash: null })
      .where('id', '=', account.id)
      .execute();
    assert.match((await browser.get('/account/security')).html, /Set a password/);
    await changePassword(browser, { password: PASSWORD });
    assert.ok(await signInAs(platform, email));
  });
});
