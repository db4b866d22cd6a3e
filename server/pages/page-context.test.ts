import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { pickLanguage } from '@signup-with-platform/messages';
import fc from 'fast-check';
import { cpuTimeMs } from '../../scripts/testing/cpu-time.ts';
import { languagesOf } from '../http/wanted-languages.ts';
import type { AppEnvironment } from '../storage/app-environments.ts';
import { pageContextOf, themeOf, vendorOf } from './page-context.ts';

const APP: AppEnvironment = {
  kind: 'web',
  offlineAccess: true,
  deviceFlow: false,
  requireVerifiedEmail: false,
  approvedFields: [],
  appId: 'app',
  clientId: 'client',
  clientSecretHash: '',
  environment: 'localhost',
  realm: 'sandbox',
  name: 'Shop',
  fields: [],
  origins: ['https://shop.example'],
  redirectUris: [],
  postLogoutRedirectUris: [],
  waiting: { origins: [], redirectUris: [], postLogoutRedirectUris: [] },
  credentialLifetimeSeconds: 3600,
  idTokenAlg: 'RS256',
  domains: [],
  disabled: false,
  standing: 'active',
};

describe('languagesOf', () => {
  const rows: [requested: unknown, accepted: string | undefined, languages: string[]][] = [
    [undefined, undefined, []],
    [undefined, 'nl', ['nl']],
    [undefined, 'nl-BE, fr;q=0.5, en;q=0.8, *;q=0.1', ['nl-BE', 'en', 'fr']],
    [undefined, 'fr;q=0.5,de', ['de', 'fr']],
    [undefined, 'de;Q=0.1, fr ; q=0.2', ['fr', 'de']],
    [undefined, 'en;q=0, nl;q=0.001', ['nl']],
    [undefined, 'en;q=1.0;q=2,nl', ['en', 'nl']],
    [undefined, 'en;q=abc, nl', ['nl']],
    [undefined, 'en;q=, ,;q=1,,-,nl', ['nl']],
    [undefined, 'zh-Hant-TW', ['zh-Hant-TW']],
    ['ar', 'nl', ['ar', 'nl']],
    ['ar de,fr', undefined, ['ar', 'de', 'fr']],
    ['<script>', '"><svg onload=alert(1)>', []],
    ['en\r\nSet-Cookie: a=b', undefined, ['en']],
    ['../../etc/passwd', 'constructor, __proto__', []],
    [['nl', 'de'], undefined, []],
    [{ toString: () => 'nl' }, undefined, []],
    ['e', 'english', []],
    ['en-', 'en--US', []],
  ];
  for (const [requested, accepted, languages] of rows) {
    it(`${JSON.stringify(requested)} with Accept-Language ${JSON.stringify(accepted)}`, () => {
      assert.deepEqual(languagesOf(requested, accepted), languages);
    });
  }

  it('costs next to nothing, whatever fits into a header', () => {
    const headers = [`xx${'-a'.repeat(7_500)}`, 'xx-a-a-a-a-a-a,'.repeat(1_000), `nl,${'x,'.repeat(7_500)}`];
    for (const header of headers) {
      const look = () => {
        for (let count = 0; count < 20; count += 1) pickLanguage(languagesOf(undefined, header));
      };
      assert.ok(cpuTimeMs(look) < 1_000, header.slice(0, 20));
      assert.ok(languagesOf(header, header).length <= 20);
    }
    assert.ok(cpuTimeMs(() => pickLanguage([`xx${'-a'.repeat(30_000)}`])) < 1_000);
  });

  it('gives nothing but well-formed tags, whatever comes in', () => {
    const anything = fc.string({ unit: 'binary', maxLength: 100 });
    const likely = fc.string({ unit: fc.constantFrom(...'enNL-;q=.0,1 *\t'), maxLength: 100 });
    fc.assert(
      fc.property(fc.oneof(anything, likely), fc.oneof(anything, likely), (requested, accepted) => {
        for (const tag of languagesOf(requested, accepted)) assert.match(tag, /^[a-z]{2,3}(-[a-z\d]{1,8})*$/i);
      }),
    );
  });
});

it('themeOf takes the two themes, and leaves the rest to the browser', () => {
  assert.equal(themeOf('light'), 'light');
  assert.equal(themeOf('dark'), 'dark');
  for (const theme of ['auto', 'DARK', '"><script>', ['dark'], undefined, null, 1])
    assert.equal(themeOf(theme), 'auto');
});

describe('vendorOf', () => {
  it('shows the origin that will receive the answer, not the page behind it', () => {
    assert.deepEqual(vendorOf(APP, 'https://shop.example/callback?x=1'), {
      name: 'Shop',
      origin: 'https://shop.example',
    });
  });

  it('passes on what the vendor registered', () => {
    const uris = { logoUri: 'https://l.example', privacyPolicyUri: 'https://p.example', termsUri: 'https://t.example' };
    assert.deepEqual(vendorOf({ ...APP, ...uris }, 'https://shop.example'), {
      name: 'Shop',
      origin: 'https://shop.example',
      ...uris,
    });
  });
});

describe('pageContextOf', () => {
  const realm = { config: { platformName: 'Platform' }, realm: 'sandbox' } as const;
  const byMessage = {
    redirect_uri: 'https://shop.example',
    response_mode: 'web_message',
    state: 's',
    theme: 'dark',
    ui_locales: 'nl',
  };

  it('tells the opener that it is there, by message', () => {
    assert.deepEqual(pageContextOf(realm, byMessage, APP, 'de'), {
      platformName: 'Platform',
      realm: 'sandbox',
      languages: ['nl', 'de'],
      theme: 'dark',
      vendor: { name: 'Shop', origin: 'https://shop.example' },
      ready: { state: 's', origin: 'https://shop.example' },
    });
  });

  it('may end at the shop, by redirect, and has nobody to tell', () => {
    const context = pageContextOf(realm, { redirect_uri: 'https://shop.example/callback', state: 's' }, APP, undefined);
    assert.deepEqual(context.formTargets, ['https://shop.example']);
    assert.ok(!('ready' in context));
    const elsewhere = { redirect_uri: 'https://api.shop.example/callback', state: 's' };
    const { formTargets } = pageContextOf(realm, elsewhere, APP, undefined);
    assert.deepEqual(formTargets, ['https://api.shop.example', 'https://shop.example'], 'where a callback leads on to');
  });

  it('tells nobody without a state to tell', () => {
    for (const state of [undefined, ['s'], 1])
      assert.ok(!('ready' in pageContextOf(realm, { ...byMessage, state }, APP, undefined)));
  });

  it('knows no vendor of an app that is not known', () => {
    assert.ok(!('vendor' in pageContextOf(realm, byMessage, undefined, undefined)));
    assert.ok(!('vendor' in pageContextOf(realm, {}, APP, undefined)));
  });
});
