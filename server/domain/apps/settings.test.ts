import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { DEFAULT_FIELDS } from '../../storage/apps.ts';
import { productionNeeds } from './production.ts';
import { checkSettings, inputOf, outdatedPages, type SettingsInput } from './settings.ts';

const APP = {
  id: 'a',
  kind: 'web' as const,
  name: 'Fern & Field',
  disabled: false,
  createdAt: new Date(0),
  fields: [...DEFAULT_FIELDS],
};
const CONTEXT = { isLive: false, before: APP, platformName: 'Acme', publicUrl: 'https://id.example' };
const input = (changes: { name?: string; pages?: Partial<SettingsInput['pages']> } = {}): SettingsInput => {
  const before = inputOf(APP);
  return { ...before, name: changes.name ?? before.name, pages: { ...before.pages, ...changes.pages } };
};
const problemsOf = (changes: Parameters<typeof input>[0], isLive = false) => {
  const checked = checkSettings(input(changes), { ...CONTEXT, isLive });
  return 'problems' in checked ? checked.problems : {};
};

describe('the settings of an app', () => {
  it('come out as they went in', () => {
    const fields = [{ field: 'email' as const, required: true, reason: 'For your receipt.' }];
    const pages = { homePageUri: 'https://shop.example', privacyPolicyUri: 'https://shop.example/privacy' };
    const chosen = {
      credentialLifetimeSeconds: 900,
      idTokenAlg: 'EdDSA' as const,
      offlineAccess: false,
      deviceFlow: true,
      requireVerifiedEmail: true,
    };
    const more = { ...pages, fields, ...chosen };
    const checked = checkSettings(inputOf({ ...APP, ...more }), { ...CONTEXT, isLive: true });
    assert.deepEqual(checked, { settings: { name: APP.name, ...more } });
    assert.deepEqual(checkSettings(inputOf(APP), CONTEXT), {
      settings: {
        name: APP.name,
        fields: DEFAULT_FIELDS.map((field) => ({ ...field })),
        credentialLifetimeSeconds: 3600,
        idTokenAlg: 'RS256',
        offlineAccess: true,
        deviceFlow: false,
        requireVerifiedEmail: false,
      },
    });
  });

  it('have a name of one line that can be seen', () => {
    for (const name of ['متجر الزهور', '<b>Fern</b>', '🌿', 'O’Neill & Søn', 'x'.repeat(100)]) {
      assert.deepEqual(problemsOf({ name }), {}, name);
    }
    const refused: [string, string][] = [
      ['', 'required'],
      ['x'.repeat(101), 'too_long'],
      ['Shop\u202egnp.exe', 'valid_characters'],
      ['Shop\u2067', 'valid_characters'],
      ['Shop\nBcc: everybody', 'valid_characters'],
      ['Shop\u0000', 'valid_characters'],
      ['\u200b\u2060', 'valid_characters'],
    ];
    for (const [name, problem] of refused) assert.deepEqual(problemsOf({ name }), { name: problem });
  });

  it('keep a name from before there were rules for it', () => {
    const input = inputOf({ ...APP, name: 'Acme Security ✔' });
    assert.ok('settings' in checkSettings(input, { ...CONTEXT, before: { ...APP, name: 'Acme Security ✔' } }));
    assert.ok('problems' in checkSettings(input, CONTEXT));
  });

  it('lead to pages of the web, and run nothing', () => {
    for (const [uri, problem] of [
      ['javascript:alert(1)', 'not_https'],
      ['data:text/html,<script>', 'not_https'],
      ['http://shop.example/terms', 'not_https'],
      ['/terms', 'not_a_url'],
      ['https://a:b@shop.example/', 'credentials'],
    ]) {
      assert.deepEqual(problemsOf({ pages: { termsUri: uri as string } }), { termsUri: problem });
    }
    assert.deepEqual(problemsOf({ pages: { termsUri: 'http://localhost:3000/terms' } }), {});
  });

  it('keep addresses and reasons from before there were rules for them, and say which', () => {
    const termsUri = 'https://shop$(id).example/terms';
    const privacyPolicyUri = 'http://localhost:3000/privacy';
    const homePageUri = 'https://id.example/';
    const fields = [{ field: 'email' as const, required: true, reason: `a\u202eb${'x'.repeat(200)}` }];
    const before = { ...APP, termsUri, privacyPolicyUri, fields, requested: { homePageUri } };
    const own = inputOf(before);
    const renamed = { ...own, name: 'Fern' };
    for (const isLive of [false, true]) {
      const checked = checkSettings(renamed, { ...CONTEXT, isLive, before });
      assert.ok('settings' in checked, JSON.stringify(checked));
      assert.deepEqual(
        [checked.settings.name, checked.settings.termsUri, checked.settings.homePageUri, checked.settings.fields],
        ['Fern', termsUri, homePageUri, fields],
      );
    }
    assert.deepEqual(outdatedPages(before, CONTEXT.publicUrl), { homePageUri: 'platform', termsUri: 'not_a_host' });
    // What moves elsewhere is new there.
    const pages = { ...own.pages, privacyPolicyUri: termsUri };
    const moved = checkSettings({ ...own, pages }, { ...CONTEXT, before });
    assert.deepEqual('problems' in moved && moved.problems, { privacyPolicyUri: 'not_a_host' });
    const otherField = { ...own.fields, address: own.fields.email };
    const asked = checkSettings({ ...own, fields: otherField }, { ...CONTEXT, before });
    assert.deepEqual('problems' in asked && asked.problems, { reason_address: 'too_long' });
  });

  it('keep the privacy policy of an app in production', () => {
    assert.deepEqual(problemsOf({}, true), { privacyPolicyUri: 'needed_in_production' });
    const local = { privacyPolicyUri: 'http://localhost:3000/privacy' };
    assert.deepEqual(problemsOf({ pages: local }, true), { privacyPolicyUri: 'loopback' });
    assert.deepEqual(problemsOf({ pages: local }, false), {});
  });

  it('give reasons of one short line', () => {
    const withReason = (reason: string) => {
      const own = inputOf(APP);
      const checked = checkSettings(
        { ...own, fields: { ...own.fields, address: { wish: 'optional', reason } } },
        CONTEXT,
      );
      return 'problems' in checked ? checked.problems.reason_address : undefined;
    };
    assert.equal(withReason('We deliver there. <b>'), undefined);
    assert.equal(withReason('é'.repeat(140)), undefined);
    assert.equal(withReason('é'.repeat(141)), 'too_long');
    assert.equal(withReason('a\u202eb'), 'valid_characters');
  });
});

describe('production', () => {
  const ada = { email: 'ada@example.com', emailVerified: true };
  const policy = { privacyPolicyUri: 'https://shop.example/privacy' };
  it('needs somebody who can be reached, and a policy that can be read', () => {
    assert.deepEqual(productionNeeds(ada, policy), []);
    assert.deepEqual(productionNeeds({ ...ada, emailVerified: false }, policy), ['verified_email']);
    assert.deepEqual(productionNeeds(ada, {}), ['privacy_policy']);
    assert.deepEqual(productionNeeds(ada, { privacyPolicyUri: 'http://localhost/privacy' }), ['privacy_policy']);
    assert.deepEqual(productionNeeds({ ...ada, emailVerified: false }, {}), ['verified_email', 'privacy_policy']);
  });
});
