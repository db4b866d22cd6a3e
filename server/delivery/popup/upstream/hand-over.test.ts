import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { askedWith, type HandOverPlatform, startHandOverPlatform } from '#testing/hand-over-journey.ts';
import type { HttpBrowser, Page } from '#testing/http-journey.ts';
import { giveSecondFactor } from '#testing/second-factor.ts';
import { until } from '../../../../scripts/testing/until.ts';

describe('a website that hands its members over', () => {
  let platform: HandOverPlatform;
  let browser: HttpBrowser;
  before(async () => {
    platform = await startHandOverPlatform({ HANDOVER_TRUST_MFA: 'yes' });
  });
  after(() => platform.close());
  beforeEach(() => {
    browser = platform.browser();
  });
  const rows = () => platform.storage.realm('production');
  const accountOf = async (subject: string) => {
    const identity = await rows().identities.use({ issuer: platform.website.origin, subject });
    return identity && rows().accounts.find(identity.accountId);
  };

  async function arrive(claims: Record<string, unknown>, more: Record<string, string> = {}): Promise<Page> {
    const { state, nonce } = askedWith(await platform.openPopup(browser, more));
    return platform.postFrom(browser, { state, assertion: await platform.website.assertion(nonce, { claims }) });
  }

  it('is asked by a redirect, with what belongs to this attempt, and not to whom it is to answer', async () => {
    const page = await platform.openPopup(browser);
    assert.equal(page.status, 303);
    const { searchParams } = page.url;
    assert.deepEqual([...searchParams.keys()].sort(), ['nonce', 'prompt', 'state', 'ui_locales']);
    assert.equal(searchParams.get('prompt'), 'none');
    const again = askedWith(await platform.openPopup(browser));
    assert.notEqual(again.nonce, searchParams.get('nonce'));
  });

  it('makes an account of a new member, with the profile that it says, and notes how', async () => {
    const profile = { given_name: 'Ada', family_name: 'Lovelace', email: 'ada@website.example', email_verified: true };
    const consent = await arrive({ sub: 'new', ...profile }, { fields: 'name email' });
    const { claims } = await browser.submit(consent, '/consent', { share: ['name', 'email'] });
    assert.deepEqual([claims['name'], claims['email_verified']], ['Ada Lovelace', true]);
    const account = await accountOf('new');
    assert.ok(account?.emailVerified);
    const [entry] = await platform.storage.auditLog.list({ act: 'session.started', limit: 1 });
    assert.deepEqual([entry?.subject, entry?.detail?.['upstream']], [`account:${account?.id}`, 'handover']);
  });

  it('means by its ids the people whom an import has brought by the same', async () => {
    const { id } = await rows().accounts.create({
      email: 'old@website.example',
      emailVerified: true,
      givenName: 'Old',
    });
    const importId = await rows().imports.begin('people.ndjson');
    await platform.database.db
      .insertInto('imported_accounts')
      .values({
        account_id: id,
        realm: 'production',
        row_key: 'id:member-77',
        row_digest: 'x',
        verified_phone_number: null,
        created_by: importId,
      })
      .execute();
    await arrive({ sub: 'member-77', email: 'old@website.example', email_verified: true });
    assert.equal((await accountOf('member-77'))?.id, id);
    await rows().accounts.setBlocked(id, true);
    browser = platform.browser();
    const page = await arrive({ sub: 'member-77' });
    assert.equal(page.status, 400);
    assert.match(page.html, /can’t sign in with this account/);
  });

  it('leaves the first page as it is for who is nobody there, whose button asks by a page', async () => {
    const { state } = askedWith(await platform.openPopup(browser));
    const first = await platform.postFrom(browser, { state, error: 'login_required' });
    assert.equal(first.heading, 'Sign in');
    assert.doesNotMatch(first.html, /didn’t sign in/);
    const away = await browser.submit(first, '/upstream', { upstream: 'handover' });
    const { relay } = away.handed.find((handed) => handed.relay !== undefined) ?? {};
    const asked = new URL(String(relay));
    assert.equal(asked.searchParams.get('prompt'), null);
    const declined = { state: asked.searchParams.get('state') ?? '', error: 'access_denied' };
    const back = await platform.postFrom(browser, declined);
    assert.equal(back.status, 400);
    assert.match(back.html, /You didn’t sign in/);
  });

  it('asks for the second factor that a member has here, unless it has asked for two itself, which is said', async () => {
    await arrive({ sub: 'careful' });
    const account = await accountOf('careful');
    await giveSecondFactor(platform, account?.id ?? '');
    browser = platform.browser();
    assert.ok((await arrive({ sub: 'careful', amr: ['pwd'] })).form('/second-factor'));
    browser = platform.browser();
    const consent = await arrive({ sub: 'careful', amr: ['pwd', 'mfa'] });
    assert.match(consent.heading, /^Share your details/);
    const sessions = await platform.database.db
      .selectFrom('oidc_records')
      .select('payload')
      .where('model', '=', 'Session')
      .execute();
    const own = sessions.map(({ payload }) => JSON.parse(payload)).filter(({ accountId }) => accountId === account?.id);
    assert.deepEqual(own.map(({ amr }) => amr).filter(Boolean), [['mfa']]);
  });

  it('says when a member signed in, which is not later than now', async () => {
    const signedInAt = Math.floor(Date.now() / 1000) - 5_000;
    await arrive({ sub: 'early-bird', auth_time: signedInAt });
    browser = platform.browser();
    await arrive({ sub: 'from-tomorrow', auth_time: signedInAt + 100_000 });
    const sessions = await platform.database.db
      .selectFrom('oidc_records')
      .select('payload')
      .where('model', '=', 'Session')
      .execute();
    const times = sessions.map(({ payload }) => Number(JSON.parse(payload).loginTs));
    assert.ok(times.includes(signedInAt), String(times));
    assert.ok(times.every((time) => Number.isNaN(time) || time <= Date.now() / 1000));
  });

  it('is not believed without that, by its button neither', async () => {
    const { state } = askedWith(await platform.openPopup(browser));
    const first = await platform.postFrom(browser, { state, error: 'login_required' });
    const away = await browser.submit(first, '/upstream', { upstream: 'handover' });
    const { relay } = away.handed.find((handed) => handed.relay !== undefined) ?? {};
    const { searchParams } = new URL(String(relay));
    const claims = { sub: 'undated', auth_time: undefined };
    const assertion = await platform.website.assertion(searchParams.get('nonce') ?? '', { claims });
    const page = await platform.postFrom(browser, { state: searchParams.get('state') ?? '', assertion });
    assert.equal(page.status, 400);
    assert.match(page.html, /didn’t work/);
  });

  it('is a way in to the account pages, too, by its button', async () => {
    await arrive({ sub: 'portal' });
    browser = platform.browser();
    const away = await browser.submit(await browser.get('/account/sign-in'), '/sign-in/upstream', {
      upstream: 'handover',
    });
    const { relay } = away.handed.find((handed) => handed.relay !== undefined) ?? {};
    const { searchParams } = new URL(String(relay));
    const state = searchParams.get('state') ?? '';
    const assertion = await platform.website.assertion(searchParams.get('nonce') ?? '', {
      claims: { sub: 'portal', sid: 'portal' },
    });
    const home = await platform.postFrom(browser, { state, assertion });
    assert.equal(home.url.pathname, '/account');
    await platform.tellLogout(await platform.website.logoutToken({ claims: { sid: 'portal' } }));
    assert.equal((await browser.get('/account')).url.pathname, '/account/sign-in');
  });
});

describe('a website whose page cuts windows off from who opened them', () => {
  let platform: HandOverPlatform;
  afterEach(() => platform.close());

  it('is not asked without a page', async () => {
    platform = await startHandOverPlatform({}, { coop: 'same-origin' });
    await until(() => platform.website.asked > 0);
    for (let visits = 0; visits < 3; visits += 1)
      assert.equal((await platform.openPopup(platform.browser())).heading, 'Sign in');
  });
});
