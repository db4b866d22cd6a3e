import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { AppSecrets } from '../storage/app-environments.ts';
import { everyCell } from '../storage/testing/every-cell.ts';
import type { HttpBrowser, Page } from '../testing/http-journey.ts';
import { startTestPlatform, type TestPlatform } from '../testing/test-platform.ts';
import { makeStale, PASSWORD, type Resident, resident } from './testing/resident.ts';

const KEPT = 'PortalForm';

describe('a form that needs a recent sign-in', () => {
  let platform: TestPlatform;
  before(async () => {
    platform = await startTestPlatform();
  });
  after(() => platform.close());

  /** An owner of an app in production. */
  async function owner(): Promise<{ person: Resident; app: AppSecrets; path: string }> {
    const person = await resident(platform);
    const app = await platform.createApp({ environment: 'production', ownerId: person.account.id });
    return { person, app, path: `/account/apps/${app.appId}` };
  }
  /** Fills in a form, while whoever does takes their time over it. @returns the page after the password */
  async function fillInSlowly(
    { account, browser }: Resident,
    path: string,
    action: string,
    values: Record<string, string>,
  ): Promise<Page> {
    const page = await browser.get(path);
    await makeStale(platform, account.id);
    const confirm = await browser.submit(page, action, values);
    assert.equal(confirm.url.pathname, '/account/confirm');
    const wrong = await browser.submit(confirm, '/confirm', { password: 'another one' });
    assert.equal(wrong.status, 400);
    return browser.submit(wrong, '/confirm', { password: PASSWORD });
  }
  const valuesOf = (page: Page, action: string) => page.form(action).values;
  const kept = () =>
    platform.database.db.selectFrom('oidc_records').select('payload').where('model', '=', KEPT).execute();

  it('is there again with what was typed, and can be sent then', async () => {
    const { person, path } = await owner();
    const typed = { email: 'new.colleague@example.com', role: 'read-only' };
    const page = await fillInSlowly(person, `${path}/members/invite`, '/members/invite', typed);
    assert.equal(page.url.pathname, `${path}/members/invite`);
    assert.equal(valuesOf(page, '/members/invite')['email'], typed.email);
    assert.match(page.html, /value="?read-only"? checked/);
    const sent = await person.browser.submit(page, '/members/invite', { role: 'read-only' });
    assert.match(sent.html, /new\.colleague@example\.com/);
    // Sent: it is kept no longer, and the page is empty when it is opened anew.
    assert.deepEqual(await kept(), []);
    const anew = await person.browser.get(`${path}/members/invite?kept=1`);
    assert.equal(valuesOf(anew, '/members/invite')['email'] ?? '', '');
  });

  const forms: readonly [what: string, path: string, action: string, values: Record<string, string>][] = [
    ['a new address', '/account/security/email', '/security/email', { email: 'ada.new@example.com' }],
    ['an origin', 'APP/production', '/origins', { origin: 'https://new.example' }],
    ['a redirect URI', 'APP/production', '/redirect-uris', { redirect_uri: 'https://new.example/cb' }],
    [
      'an address after sign-out',
      'APP/production',
      '/post-logout-redirect-uris',
      { post_logout_redirect_uri: 'https://new.example/out' },
    ],
    [
      'an address of the back channel',
      'APP/production',
      '/backchannel-logout',
      { backchannel_logout_uri: 'https://new.example/logout' },
    ],
    ['an environment', 'APP/add?environment=sandbox', '/add', { origin: 'https://new.example' }],
    ['a key', 'APP/production/keys/new', '/keys/new', { name: 'Nightly', address_ranges: '192.0.2.0/24' }],
  ];
  for (const [what, path, action, values] of forms) {
    it(`keeps ${what}`, async () => {
      const { person, path: app } = await owner();
      const rest = action === '/keys/new' ? { rights: 'read-only', expiry: '90' } : {};
      const page = await fillInSlowly(person, path.replace('APP', app), action, { ...values, ...rest });
      assert.equal(page.status, 200);
      const shown = valuesOf(page, action);
      assert.deepEqual({ ...shown, ...values }, shown);
      for (const value of Object.values(rest)) assert.match(page.html, new RegExp(`value="?${value}"? checked`));
    });
  }

  it('keeps no secret', async () => {
    const { person, path } = await owner();
    const secrets = { key: 'the-key-of-the-vendor', password: 'a brand new passphrase' };
    const url = 'https://new.example/sign-up';
    const page = await fillInSlowly(person, `${path}/production`, '/signup-endpoint', { url, key: secrets.key });
    const form = valuesOf(page, '/signup-endpoint');
    assert.deepEqual([form['url'], form['key'] ?? ''], [url, '']);
    await fillInSlowly(person, '/account/security/password', '/security/password', { password: secrets.password });
    const cells = await everyCell(platform.database);
    for (const secret of Object.values(secrets)) assert.ok(!cells.some(({ value }) => value.includes(secret)));
    assert.ok(!cells.some(({ column, value }) => column === 'payload' && value.includes('csrf')));
  });

  it('is nobody else’s, and not for long', async () => {
    const { person, path } = await owner();
    const stranger = await resident(platform);
    await platform.storage.appMembers.put(path.split('/').at(-1) ?? '', stranger.account.id, 'owner');
    const values = { email: 'new.colleague@example.com', role: 'developer' };
    await fillInSlowly(person, `${path}/members/invite`, '/members/invite', values);
    const typedAt = async (browser: HttpBrowser, query = '?kept=1') =>
      valuesOf(await browser.get(`${path}/members/invite${query}`), '/members/invite')['email'] ?? '';
    assert.equal(await typedAt(person.browser), values.email);
    assert.equal(await typedAt(person.browser, ''), '', 'only by the way back');
    assert.equal(await typedAt(stranger.browser), '');
    const { db } = platform.database;
    const { expires_at: end } = await db
      .selectFrom('oidc_records')
      .select('expires_at')
      .where('model', '=', KEPT)
      .where('payload', 'like', `%${person.account.id}%`)
      .executeTakeFirstOrThrow();
    assert.ok(end && end - Date.now() <= 30 * 60 * 1000);
    await db
      .updateTable('oidc_records')
      .set({ expires_at: Date.now() - 1 })
      .where('model', '=', KEPT)
      .execute();
    assert.equal(await typedAt(person.browser), '');
    await fillInSlowly(person, `${path}/members/invite`, '/members/invite', values);
    assert.equal(await typedAt(person.browser), values.email, 'kept anew');
  });

  it('is bounded: one of each page, and none that is too long', async () => {
    const { person, path } = await owner();
    const count = async () => (await kept()).filter(({ payload }) => payload.includes(person.account.id)).length;
    for (const origin of ['https://a.example', 'https://b.example']) {
      await fillInSlowly(person, `${path}/production`, '/origins', { origin });
    }
    assert.equal(await count(), 1);
    const page = await fillInSlowly(person, `${path}/production`, '/redirect-uris', {
      redirect_uri: 'x'.repeat(9_000),
    });
    assert.equal(page.url.search, '');
    assert.ok((await count()) <= 1);
  });

  it('leads back to its page when there is nothing to keep', async () => {
    const { person, path } = await owner();
    const page = await fillInSlowly(person, `${path}/settings`, '/disable', {});
    assert.equal(page.url.pathname, `${path}/settings`);
    assert.equal((await platform.storage.apps.find(path.split('/').at(-1) ?? ''))?.disabled, false);
  });
});
