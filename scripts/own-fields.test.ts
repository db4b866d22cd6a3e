import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { OwnName } from '@signup-with-platform/protocol';
import { readConfig } from '../server/config.ts';
import { accountCreate } from '../server/delivery/cli/account.ts';
import { appApprove } from '../server/delivery/cli/app-review.ts';
import type { CommandContext } from '../server/delivery/cli/command.ts';
import { MailLimits } from '../server/outbox/mail-limits.ts';
import { Outbox } from '../server/outbox/outbox.ts';
import {
  CALLBACK,
  openShop,
  PASSWORD,
  redeemCode,
  resident,
  signInAs,
  userinfo,
} from '../server/portal/testing/resident.ts';
import type { AppSecrets } from '../server/storage/app-environments.ts';
import type { OwnClaims } from '../server/storage/profile-columns.ts';
import type { HttpBrowser, Page } from '../server/testing/http-journey.ts';
import { OWN_FIELDS } from '../server/testing/own-fields.ts';
import { SHOP_ORIGIN, startTestPlatform, type TestPlatform } from '../server/testing/test-platform.ts';

const EMAIL = 'vera@example.com';
/** What the operator tells of somebody, field by field. */
const VALUES: OwnClaims = {
  loyalty_number: 'LC-123456',
  vat_id: 'NL123456789B01',
  company: 'Vintners & Sons',
  cellar_bottles: 240,
  wants_catalogue: true,
  member_since: '2019-04-01',
  tier: 'gold',
};
/** As it is read. */
const SHOWN: Readonly<Record<string, string>> = {
  ...{ loyalty_number: 'LC-123456', vat_id: 'NL123456789B01', company: 'Vintners &amp; Sons' },
  ...{ cellar_bottles: '240', wants_catalogue: 'Yes', member_since: 'April 1, 2019', tier: 'Gold' },
};
const LABELS: Readonly<Record<string, string>> = {
  ...{ loyalty_number: 'Loyalty number', vat_id: 'VAT number', company: 'Company', tier: 'Tier' },
  ...{ cellar_bottles: 'Bottles in the cellar', wants_catalogue: 'Wants the catalogue', member_since: 'Member since' },
};
const EDITABLE = ['loyalty_number', 'vat_id', 'company', 'cellar_bottles', 'wants_catalogue'];
const NAMES = Object.keys(VALUES);
const ALL = NAMES.map((name) => ({ field: name as OwnName, required: false }));

const plain = (html: string) => html.replace(/<!--.*?-->/g, '');
const withFields = (fields: unknown) => ({ OWN_FIELDS: JSON.stringify(fields) });

/** Each surface that has the built-in claims has the operator's own: scripts/every-claim.test.ts is the same for those. */
describe('own fields', () => {
  let platform: TestPlatform;
  let shop: AppSecrets;
  let vera: HttpBrowser;
  let consent: Page;
  let credential: Record<string, unknown>;
  let info: Record<string, unknown>;
  let user: Record<string, unknown>;
  let discovery: Record<string, string[]>;
  let schema: Record<string, unknown>;
  let profile: string;
  let shopPage: string;
  let exported: Record<string, unknown>;
  let settings: string;
  let context: CommandContext;

  before(async () => {
    platform = await startTestPlatform({ OWN_FIELDS });
    const { storage } = platform;
    const mailer = new Outbox({ storage, limits: new MailLimits(undefined, 1_000), smtpUrl: undefined });
    const config = readConfig({ DATA_DIR: platform.dataDir, OWN_FIELDS });
    context = { config, storage, mailer, migrated: [] };
    const account = ['--realm=production', `--email=${EMAIL}`, `--password=${PASSWORD}`, '--given-name=Vera'];
    const claims = Object.entries(VALUES).map(([name, value]) => `--claim=${name}=${value}`);
    await accountCreate.run([...account, ...claims, '--verified'], context);
    shop = await platform.createApp({ environment: 'production', redirectUris: [CALLBACK], fields: ALL });
    await appApprove.run([shop.appId, '--field=tier'], context);
    vera = await signInAs(platform, EMAIL);
    consent = await openShop(vera, shop, NAMES.join(' '));
    credential = (await vera.submit(consent, '/consent', { share: NAMES })).claims;
    discovery = await json('/.well-known/openid-configuration');
    const ours = discovery['scopes_supported']?.filter((one) => one === 'business' || NAMES.includes(one)) ?? [];
    const scope = ['openid', 'offline_access', ...ours].join(' ');
    info = (await userinfo(platform, (await redeemCode(platform, vera, shop, scope)).access_token)).claims;
    user = await json(`/1/users/${credential['sub']}`, { 'x-api-key': shop.apiKey });
    const document = await json<{ components: { schemas: { User: { properties: object } } } }>('/openapi.json');
    schema = { ...document.components.schemas.User.properties };
    profile = (await vera.get('/account/profile')).html;
    shopPage = (await vera.get(`/account/shops/${shop.clientId}`)).html;
    const download = await vera.submit(await vera.get('/account/data/download'), '/data/download');
    exported = JSON.parse(download.html).account.own_claims;
    const owner = await resident(platform);
    await storage.appMembers.put(shop.appId, owner.account.id, 'owner');
    settings = (await owner.browser.get(`/account/apps/${shop.appId}/settings`)).html;
  });
  after(() => platform.close());

  async function json<Body = Record<string, string[]>>(path: string, headers = {}): Promise<Body> {
    return (await fetch(`${platform.url}${path}`, { headers })).json() as Promise<Body>;
  }

  for (const name of NAMES) {
    describe(`the field ${name}`, () => {
      it('is announced, in one scope', () => {
        assert.ok(discovery['claims_supported']?.includes(name));
        const scope = ['vat_id', 'company'].includes(name) ? 'business' : name;
        assert.equal(discovery['scopes_supported']?.filter((one) => one === scope).length, 1);
      });
      it('has a row on the consent page, with its label and value', () => {
        const html = plain(consent.html);
        assert.match(html, new RegExp(`name="share" value="${name}"`));
        assert.ok(html.includes(LABELS[name] ?? '') && html.includes(SHOWN[name] ?? ''), html);
      });
      it('is told in the credential', () => assert.equal(credential[name], VALUES[name]));
      it('is told at userinfo', () => assert.equal(info[name], VALUES[name]));
      it('is told by the user API', () => assert.equal(user[name], VALUES[name]));
      it('is in the OpenAPI document', () => assert.ok(Object.hasOwn(schema, name)));
      it('is in the data export', () => assert.equal(exported[name], VALUES[name]));
      it('is on the profile page, to be changed or with where it comes from', () => {
        const html = plain(profile);
        assert.ok(html.includes(LABELS[name] ?? '') && html.includes(SHOWN[name] ?? ''));
        assert.equal(html.includes(`/account/profile/own/${name}`), EDITABLE.includes(name));
      });
      it('is on the page of a connected shop, with the way to stop', () => {
        assert.match(shopPage, new RegExp(`name="field" value="${name}"`));
        assert.ok(plain(shopPage).includes(SHOWN[name] ?? ''));
      });
      it('is among what an app can ask for', () => assert.match(settings, new RegExp(`name="wish_${name}"`)));
      it('is refused to an app that has not registered it', async () => {
        const { clientId } = await platform.createApp();
        const request = { client_id: clientId, origin: SHOP_ORIGIN, state: 's', nonce: 'n', fields: name };
        assert.equal((await platform.browser().openPopup(request)).message.error, 'invalid_request');
      });
    });
  }

  it('are described to the widget, without anything about anybody', async () => {
    const fields = await json<{ name: string; label: object }[]>('/own-fields.json');
    assert.deepEqual(
      fields.map(({ name }) => name),
      NAMES,
    );
    assert.ok(!JSON.stringify(fields).includes('LC-'));
  });

  it('are asked for in the language of the person', async () => {
    const { browser } = await resident(platform);
    for (const [language, label] of [
      ['de', 'Kundenkartennummer'],
      ['ar', 'رقم الولاء'],
      ['fr', 'Loyalty number'],
    ] as const) {
      const page = await browser.openPopup({
        ...{ client_id: shop.clientId, origin: SHOP_ORIGIN, state: 's', nonce: 'n' },
        ...{ fields: 'loyalty_number', language },
      });
      assert.ok(plain(page.html).includes(label), language);
    }
  });

  describe('that people fill in', () => {
    it('are kept as they are typed, on the consent page', async () => {
      const { browser, account } = await resident(platform);
      const page = await openShop(browser, shop, NAMES.join(' '));
      const { values } = page.form('/consent');
      assert.deepEqual(
        Object.keys(values).filter((name) => name.startsWith('own_')),
        EDITABLE.map((name) => `own_${name}`),
      );
      const typed = { own_loyalty_number: ' LC-9999 ', own_cellar_bottles: '12', own_wants_catalogue: 'false' };
      const { claims } = await browser.submit(page, '/consent', {
        share: ['loyalty_number', 'cellar_bottles', 'wants_catalogue'],
        ...typed,
      });
      const expected = { loyalty_number: 'LC-9999', cellar_bottles: 12, wants_catalogue: false };
      for (const [name, value] of Object.entries(expected)) assert.equal(claims[name], value);
      const stored = await platform.storage.realm('production').accounts.find(account.id);
      assert.deepEqual(stored?.ownClaims, expected);
    });

    for (const [what, name, typed] of [
      ['markup', 'company', '<img src=x onerror=alert(1)>'],
      ['what turns a line around', 'company', 'Sons\u202eevil'],
      ['ten thousand characters', 'company', 'x'.repeat(10_000)],
      ['what the pattern does not have', 'loyalty_number', 'LC-12'],
      ['a number that is too great', 'cellar_bottles', '100001'],
      ['a number in hexadecimal', 'cellar_bottles', '0x10'],
      ['what is no choice', 'wants_catalogue', 'perhaps'],
    ] as const)
      it(`take no ${what}`, async () => {
        const { browser, account } = await resident(platform);
        const page = await openShop(browser, shop, name);
        const answer = await browser.submit(page, '/consent', { share: name, [`own_${name}`]: typed });
        assert.equal(answer.status, 400);
        const form = await browser.get(`/account/profile/own/${name}`);
        const refused = await browser.submit(form, `/profile/own/${name}`, { [`own_${name}`]: typed });
        assert.equal(refused.status, 400);
        assert.equal((await platform.storage.realm('production').accounts.find(account.id))?.ownClaims, undefined);
      });

    it('are changed and removed on the profile, each by itself', async () => {
      const { browser, account } = await resident(platform, { ownClaims: { company: 'Old', vat_id: 'DE123' } });
      const claims = async () => (await platform.storage.realm('production').accounts.find(account.id))?.ownClaims;
      const change = async (name: string, value: string) =>
        browser.submit(await browser.get(`/account/profile/own/${name}`), `/profile/own/${name}`, {
          [`own_${name}`]: value,
        });
      await change('company', 'New');
      assert.deepEqual(await claims(), { company: 'New', vat_id: 'DE123' });
      await change('vat_id', '');
      assert.deepEqual(await claims(), { company: 'New' });
    });

    it('are no others', async () => {
      const { browser, account } = await resident(platform, { ownClaims: { tier: 'silver' } });
      const form = await browser.get('/account/profile/own/company');
      const { values } = form.form('/profile/own/company');
      for (const name of ['tier', 'member_since', 'constructor', 'nothing']) {
        const answer = await browser.post(`/account/profile/own/${name}`, { ...values, [`own_${name}`]: 'gold' });
        assert.equal(answer.status, 404, name);
      }
      const page = await openShop(browser, shop, 'tier company');
      await browser.submit(page, '/consent', { share: ['tier', 'company'], own_tier: 'gold', own_company: 'Mine' });
      const stored = await platform.storage.realm('production').accounts.find(account.id);
      assert.deepEqual(stored?.ownClaims, { tier: 'silver', company: 'Mine' });
    });
  });

  describe('that need approval', () => {
    it('are not for an app in production without it, and are for one with it', async () => {
      const app = await platform.createApp({ environment: 'production', fields: ALL });
      const { browser } = await resident(platform, { ownClaims: VALUES });
      const refused = await openShop(browser, app, 'tier');
      assert.equal(refused.message.error, 'invalid_request');
      await appApprove.run([app.appId, '--field=tier'], context);
      const page = await openShop(browser, app, 'tier');
      assert.equal((await browser.submit(page, '/consent', { share: 'tier' })).claims['tier'], 'gold');
      await appApprove.run([app.appId, '--revoke-field=tier'], context);
      assert.equal((await openShop(browser, app, 'tier')).message.error, 'invalid_request');
    });

    it('end with it at the user API, too', async () => {
      const app = await platform.createApp({ environment: 'production', fields: ALL });
      const { browser } = await resident(platform, { ownClaims: VALUES });
      await appApprove.run([app.appId, '--field=tier'], context);
      const page = await openShop(browser, app, 'tier loyalty_number');
      const { claims } = await browser.submit(page, '/consent', { share: ['tier', 'loyalty_number'] });
      const read = async () => json<Record<string, unknown>>(`/1/users/${claims['sub']}`, { 'x-api-key': app.apiKey });
      assert.equal((await read())['tier'], 'gold');
      await appApprove.run([app.appId, '--revoke-field=tier'], context);
      const after = await read();
      assert.deepEqual([after['tier'], after['loyalty_number']], [undefined, 'LC-123456']);
    });

    it('are no others', () =>
      assert.rejects(appApprove.run([shop.appId, '--field=company'], context), /needs approval. There are: tier/));
  });

  it('are with a test person whose example the file gives', async () => {
    const { clientId } = await platform.createApp({ fields: ALL });
    const browser = platform.browser();
    const request = { client_id: clientId, origin: SHOP_ORIGIN, state: 's', nonce: 'n', fields: 'loyalty_number' };
    const page = await browser.submit(await browser.openPopup(request), '/persona', { persona: 'complete' });
    const { claims } = await browser.submit(page, '/consent', { share: 'loyalty_number' });
    assert.equal(claims['loyalty_number'], 'LC-000001');
  });

  it('leave no value in events and logs', async () => {
    const rows = JSON.stringify([
      await platform.database.db.selectFrom('app_events').selectAll().execute(),
      await platform.database.db.selectFrom('audit_log').selectAll().execute(),
    ]);
    for (const value of ['LC-123456', 'NL123456789B01', 'Vintners']) assert.ok(!rows.includes(value), value);
  });

  it('keep their values when they leave the file, and are told under a new name', async () => {
    const { dataDir } = platform;
    const sub = credential['sub'];
    const others = JSON.parse(OWN_FIELDS).filter(({ name }: { name: string }) => name !== 'company');
    const renamed = others.map((field: { name: string }) =>
      field.name === 'loyalty_number' ? { ...field, name: 'card_number', formerly: ['loyalty_number'] } : field,
    );
    const later = await startTestPlatform({ ...withFields(renamed), DATA_DIR: dataDir });
    try {
      const read = await fetch(`${later.url}/1/users/${sub}`, { headers: { 'x-api-key': shop.apiKey } });
      const told = (await read.json()) as Record<string, unknown>;
      assert.deepEqual(
        [told['company'], told['loyalty_number'], told['vat_id']],
        [undefined, undefined, 'NL123456789B01'],
      );
      // Whoever agreed to the old name is asked for the new one.
      assert.equal(told['card_number'], undefined);
      const page = plain((await (await signInAs(later, EMAIL)).get('/account/profile')).html);
      assert.ok(page.includes('LC-123456') && !page.includes('Vintners'));
    } finally {
      await later.close();
    }
    const back = await json<Record<string, unknown>>(`/1/users/${sub}`, { 'x-api-key': shop.apiKey });
    assert.equal(back['company'], 'Vintners & Sons');
  });
});
