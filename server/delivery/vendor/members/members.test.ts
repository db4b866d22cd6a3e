import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Environment } from '@signup-with-platform/protocol';
import { PASSWORD, type Resident, resident } from '#portal/testing/resident.ts';
import type { NewAccount } from '#storage/accounts.ts';
import type { AppRole } from '#storage/app-members.ts';
import { startTestPlatform, type TestPlatform } from '#testing/test-platform.ts';

describe('members of an app at the portal', () => {
  let platform: TestPlatform;
  before(async () => {
    platform = await startTestPlatform();
  });
  after(() => platform.close());

  /** In production, unless it says otherwise: what an app of the sandbox causes is not mailed. */
  const newApp = async (owner: Resident, name = 'Fern & Field', environment: Environment = 'production') => {
    const { appId } = await platform.createApp({ name, environment });
    await platform.storage.appMembers.put(appId, owner.account.id, 'owner');
    return appId;
  };
  const member = async (appId: string, role: AppRole, profile: NewAccount = {}) => {
    const who = await resident(platform, profile);
    await platform.storage.appMembers.put(appId, who.account.id, role);
    return who;
  };
  const members = (appId: string) => `/account/apps/${appId}/members`;
  const invite = async (owner: Resident, appId: string, email: string, role: AppRole = 'developer') => {
    const form = await owner.browser.get(`${members(appId)}/invite`);
    return owner.browser.submit(form, '/members/invite', { email, role });
  };
  const mailsTo = async (email: string) => (await platform.storage.mails.list()).filter(({ to }) => to === email);
  const linkTo = async (email: string) =>
    new URL(/http\S+invitation\S+/.exec((await mailsTo(email))[0]?.text ?? '')?.[0] ?? '');
  const roleOf = (appId: string, { account }: Resident) => platform.storage.appMembers.findRole(appId, account.id);
  const csrfOf = async ({ browser }: Resident, appId: string) =>
    String((await browser.get(members(appId))).form('/sign-out').values['csrf']);

  it('one is invited, accepts by a button, and then sees the app; owners are told', async () => {
    const owner = await resident(platform);
    const appId = await newApp(owner);
    const grace = await resident(platform, { givenName: 'Grace', familyName: 'Hopper' });
    assert.equal((await grace.browser.get(members(appId))).status, 404, 'nobody else sees it');
    const sent = await invite(owner, appId, grace.email.toUpperCase(), 'read-only');
    assert.match(sent.html, /The invitation is sent/);
    const [mail] = await mailsTo(grace.email.toUpperCase());
    assert.equal(mail?.subject, '“Ada Byron” invites you to the app “Fern & Field”');
    const link = await linkTo(grace.email.toUpperCase());

    const page = await grace.browser.get(link.pathname + link.search);
    assert.equal(page.heading, 'You’re invited to Fern & Field');
    assert.match(page.html, /<bdi>Ada Byron<\/bdi> invites you to work on this app as a read-only member\./);
    assert.equal(await roleOf(appId, grace), undefined, 'opening the link does nothing');
    const joined = await grace.browser.submit(page, '/invitation');
    assert.equal(joined.url.pathname, members(appId));
    assert.match(joined.html, /You’re now a member of this app/);
    assert.equal(await roleOf(appId, grace), 'read-only');
    assert.doesNotMatch(joined.html, /members\/invite/, 'with the rights of the role');
    const [notice] = await mailsTo(owner.email);
    assert.equal(notice?.subject, 'Somebody joined Fern & Field');
    assert.match(notice.text, /Grace Hopper/);
    assert.equal((await grace.browser.get(link.pathname + link.search)).status, 404, 'a code works once');
    const acts = (await platform.storage.auditLog.list({ subject: `app:${appId}` })).map(({ act }) => act);
    assert.deepEqual(acts, ['invitation.sent', 'invitation.accepted', 'member.added']);
    const told = JSON.stringify(await platform.storage.auditLog.list({ subject: `app:${appId}` }));
    assert.ok(!told.includes(grace.email) && !told.includes(link.searchParams.get('code') ?? ''));
  });

  it('who has no account makes one on the way, and has confirmed the address by the link', async () => {
    const owner = await resident(platform);
    const appId = await newApp(owner);
    await invite(owner, appId, 'newcomer@example.com');
    const link = await linkTo('newcomer@example.com');
    const browser = platform.browser();
    const page = await browser.get(link.pathname + link.search);
    const [, href = ''] = /href="([^"]*sign-up[^"]*)"/.exec(page.html) ?? [];
    const signUp = await browser.get(href.replaceAll('&amp;', '&'));
    assert.equal(signUp.form('/sign-up').values['email'], 'newcomer@example.com', 'filled in');
    const [, signIn = ''] = /href="([^"]*sign-in[^"]*)"/.exec(page.html) ?? [];
    const form = (await browser.get(signIn.replaceAll('&amp;', '&'))).form('/account/sign-in');
    assert.equal(form.values['email'], 'newcomer@example.com');
    const back = await browser.submit(signUp, '/sign-up', {
      given_name: 'New',
      family_name: 'Comer',
      email: 'newcomer@example.com',
      password: PASSWORD,
    });
    assert.equal(back.url.pathname + back.url.search, link.pathname + link.search);
    assert.equal((await browser.submit(back, '/invitation')).url.pathname, members(appId));
    const [account] = await platform.storage.realm('production').accounts.findByEmail('newcomer@example.com');
    assert.equal(account?.emailVerified, true);
  });

  describe('of an app that has nothing in production', () => {
    /** @returns the link that is in the app's inbox alone */
    const kept = async (owner: Resident, appId: string, email: string) => {
      const page = await invite(owner, appId, email);
      assert.match(page.html, /we didn’t email this invitation\. Pass on its link yourself/);
      assert.match(page.html, new RegExp(`href="/account/apps/${appId}/mail"`));
      const { mails } = await platform.storage.sandboxInbox.list(appId, { limit: 10, to: email });
      const link = new URL(mails[0]?.link ?? '');
      assert.equal(mails[0]?.code, link.searchParams.get('code'));
      return link.pathname + link.search;
    };

    it('are invited by a link that the owner passes on', async () => {
      const owner = await resident(platform);
      const appId = await newApp(owner, 'Fern', 'localhost');
      const grace = await resident(platform);
      const page = await grace.browser.get(await kept(owner, appId, grace.email));
      assert.match(page.html, /The invitation is for <bdi dir="ltr">/);
      assert.equal((await grace.browser.submit(page, '/invitation')).url.pathname, members(appId));
    });

    it('confirm no address by it, because whoever invites could read it, too', async () => {
      const attacker = await resident(platform);
      const appId = await newApp(attacker, 'Fern', 'development:sandbox');
      const claim = await resident(platform, { emailVerified: false });
      const { browser } = claim;
      const link = await kept(attacker, appId, claim.email);
      const page = await browser.get(link);
      assert.match(page.html, /Confirm your email address first: this invitation wasn’t emailed to <bdi dir="ltr">/);
      assert.doesNotMatch(page.html, /Accept invitation/, 'no button that fails');
      const { csrf = '' } = page.form('/sign-out').values;
      const code = new URL(link, platform.url).searchParams.get('code') ?? '';
      const refused = await browser.post('/account/invitation', { csrf, code });
      assert.equal(refused.status, 400);
      assert.match(refused.html, /Confirm your email address first/);
      const account = await platform.storage.realm('production').accounts.find(claim.account.id);
      assert.equal(account?.emailVerified, false);
      assert.equal(await roleOf(appId, claim), undefined);
      await platform.storage.realm('production').accounts.markEmailVerified(claim.account.id, claim.email);
      assert.equal((await browser.submit(await browser.get(link), '/invitation')).url.pathname, members(appId));
    });
  });

  it('another account is told so, and so is one whose address another has confirmed', async () => {
    const owner = await resident(platform);
    const appId = await newApp(owner);
    const confirmed = await resident(platform);
    await invite(owner, appId, confirmed.email);
    const link = await linkTo(confirmed.email);
    const code = link.searchParams.get('code') ?? '';
    const page = await owner.browser.get(link.pathname + link.search);
    assert.match(page.html, /the invitation is for another address/);
    const csrf = await csrfOf(owner, appId);
    const tried = await owner.browser.post('/account/invitation', { csrf, code });
    assert.equal(tried.status, 400);
    assert.match(tried.html, /the invitation is for another address/);

    // A claim to the address from before its owner confirmed it.
    const other = await resident(platform, { emailVerified: false });
    await platform.storage.realm('production').accounts.create({ email: other.email, emailVerified: true });
    await invite(owner, appId, other.email);
    const claimed = await linkTo(other.email);
    const refused = await other.browser.submit(
      await other.browser.get(claimed.pathname + claimed.search),
      '/invitation',
    );
    assert.equal(refused.status, 400);
    assert.match(refused.html, /Another account has confirmed this address/);
    assert.equal(await roleOf(appId, other), undefined);
  });

  it('a link that is unknown, sent anew, withdrawn or expired does nothing, whoever tries', async () => {
    const owner = await resident(platform);
    const appId = await newApp(owner);
    const grace = await resident(platform);
    const csrf = String((await grace.browser.get('/account')).form('/sign-out').values['csrf']);
    const accept = (code: string) => grace.browser.post('/account/invitation', { csrf, code });
    await invite(owner, appId, grace.email);
    const first = (await linkTo(grace.email)).searchParams.get('code') ?? '';
    const again = await owner.browser.submit(await owner.browser.get(members(appId)), '/again');
    const second = (await linkTo(grace.email)).searchParams.get('code') ?? '';
    assert.notEqual(first, second);
    assert.equal((await accept(first)).status, 404);
    await owner.browser.submit(again, '/withdraw');
    assert.equal((await accept(second)).status, 404);
    await invite(owner, appId, grace.email);
    const third = (await linkTo(grace.email)).searchParams.get('code') ?? '';
    await platform.database.db
      .updateTable('app_invitations')
      .set({ expires_at: Date.now() - 1 })
      .execute();
    for (const code of [third, 'unknown', '', '%00', 'x'.repeat(500)]) assert.equal((await accept(code)).status, 404);
    assert.equal(await roleOf(appId, grace), undefined);
  });

  it('an invitation of another app is not there to be withdrawn or sent again', async () => {
    const [owner, other] = [await resident(platform), await resident(platform)];
    const [mine, theirs] = [await newApp(owner), await newApp(other)];
    await invite(other, theirs, 'x@example.com');
    const [invitation] = await platform.storage.appInvitations.list(theirs);
    const csrf = await csrfOf(owner, mine);
    for (const act of ['again', 'withdraw']) {
      for (const id of [invitation?.id, 'unknown', '%00']) {
        const page = await owner.browser.post(`/account/apps/${mine}/invitations/${id}/${act}`, { csrf });
        assert.equal(page.status, 404);
      }
    }
    assert.equal((await platform.storage.appInvitations.list(theirs)).length, 1);
    for (const act of ['role', 'remove']) {
      const path = `${members(mine)}/${other.account.id}/${act}`;
      assert.equal((await owner.browser.post(path, { csrf, role: 'read-only' })).status, 404);
    }
    assert.equal(await roleOf(theirs, other), 'owner');
  });

  it('tells nobody whether an address has an account, and is no way to flood it', async () => {
    const owner = await resident(platform);
    const appId = await newApp(owner);
    const known = await resident(platform);
    const pages = [await invite(owner, appId, known.email), await invite(owner, appId, 'nobody.knows@example.com')];
    assert.equal(pages[0]?.url.href, pages[1]?.url.href);
    const [text, other] = [await mailsTo(known.email), await mailsTo('nobody.knows@example.com')].map((mails) =>
      mails[0]?.text.replace(/code=\S+/, ''),
    );
    assert.equal(text, other);

    for (let count = 1; count < 5; count += 1) await invite(owner, appId, known.email);
    const refused = await invite(owner, appId, known.email);
    assert.equal(refused.status, 429);
    assert.ok(Number(refused.headers.get('retry-after')) > 0);
    assert.equal((await mailsTo(known.email)).length, 5);
  });

  it('says what is wrong with an invitation', async () => {
    const owner = await resident(platform);
    const appId = await newApp(owner);
    for (const email of [
      '',
      'x',
      'a@b',
      '<b>@example.com',
      'a@example.com, b@example.com',
      'a@example.com\r\nBcc: b@example.com',
    ]) {
      const page = await invite(owner, appId, email);
      assert.equal(page.status, 400, email);
      assert.match(page.html, /Enter an email address/);
    }
    assert.match((await invite(owner, appId, owner.email)).html, /is already a member/);
    const csrf = await csrfOf(owner, appId);
    for (const role of ['admin', '', 'Owner']) {
      const page = await owner.browser.post(`${members(appId)}/invite`, { csrf, email: 'a@example.com', role });
      assert.equal(page.status, 400);
    }
    const claimant = await member(appId, 'owner', { emailVerified: false });
    assert.match((await invite(claimant, appId, 'a@example.com')).html, /Confirm your own email address/);
  });

  it('roles are changed, members removed, and one leaves; the last owner stays', async () => {
    const owner = await resident(platform);
    const appId = await newApp(owner);
    const grace = await member(appId, 'developer');
    const page = await owner.browser.get(`${members(appId)}/${grace.account.id}`);
    const changed = await owner.browser.submit(page, '/role', { role: 'owner' });
    assert.match(changed.html, /The role is changed/);
    assert.equal(await roleOf(appId, grace), 'owner');
    assert.equal(
      (await grace.browser.submit(await grace.browser.get(members(appId)), '/leave')).url.pathname,
      '/account/apps',
    );
    assert.equal((await grace.browser.get(members(appId))).status, 404);

    const alone = await owner.browser.get(members(appId));
    assert.match(alone.html, /You’re the only owner/);
    const csrf = await csrfOf(owner, appId);
    const own = `${members(appId)}/${owner.account.id}`;
    for (const [path, values] of [
      [`${members(appId)}/leave`, {}],
      [`${own}/remove`, {}],
      [`${own}/role`, { role: 'developer' }],
    ] as const) {
      const refused = await owner.browser.post(path, { csrf, ...values });
      assert.equal(refused.status, 400);
      assert.match(refused.html, /An app needs an owner/);
    }
    assert.equal(await roleOf(appId, owner), 'owner');

    const ada = await member(appId, 'read-only');
    const removed = await owner.browser.submit(
      await owner.browser.get(`${members(appId)}/${ada.account.id}`),
      '/remove',
    );
    assert.match(removed.html, /The member is removed/);
    assert.equal((await ada.browser.get(members(appId))).status, 404);
    const acts = (await platform.storage.auditLog.list({ subject: `app:${appId}` })).map(({ act }) => act);
    assert.deepEqual(acts, ['member.role_changed', 'member.left', 'member.removed']);
  });

  it('an invitation isolates the names in it, and leaves out an inviter whose account is gone', async () => {
    const owner = await resident(platform);
    const appId = await newApp(owner, 'Yahoo!');
    await invite(owner, appId, 'layla@example.com');
    const link = await linkTo('layla@example.com');
    const arabic = await platform.browser().get(link.pathname + link.search, { 'accept-language': 'ar' });
    assert.equal(arabic.heading, 'وصلتك دعوة إلى \u2068Yahoo!\u2069');
    // What the deletion of the account does to its invitations.
    await platform.database.db.updateTable('app_invitations').set({ invited_by: null }).execute();
    const page = await platform.browser().get(link.pathname + link.search);
    assert.match(page.html, /You’re invited to work on this app as a developer\./);
    assert.doesNotMatch(page.html, /Byron/);
  });

  it('names of members and apps are text', async () => {
    const owner = await resident(platform, { givenName: '<img src=x onerror=alert(1)>', familyName: '' });
    const appId = await newApp(owner, '<script>alert(1)</script>');
    await invite(owner, appId, 'grace@example.com');
    const link = await linkTo('grace@example.com');
    for (const page of [
      await owner.browser.get(members(appId)),
      await platform.browser().get(link.pathname + link.search),
    ]) {
      assert.equal(page.status, 200);
      assert.doesNotMatch(page.html, /<img src=x|<script>alert/);
    }
  });
});
