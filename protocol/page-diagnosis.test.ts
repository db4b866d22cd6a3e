import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { LOOPBACK_HOSTS } from '../scripts/testing/hostile-inputs.ts';
import { FINDING_TEXTS, type FindingText } from './finding-texts.ts';
import {
  clockFinding,
  diagnosePage,
  type Finding,
  isNearly,
  type KnownPage,
  type PageDocument,
  type PageResponse,
  type PageTag,
  requiredNotAsked,
} from './page-diagnosis.ts';

const PLATFORM = 'https://id.example.com';
const ORIGIN = 'https://shop.example';
const SCRIPT = { src: `${PLATFORM}/widget.js`, isModule: true };
const healthy: KnownPage & { response: PageResponse; document: PageDocument } = {
  url: `${ORIGIN}/sign-up`,
  platform: PLATFORM,
  clientId: 'app',
  environment: 'production',
  enabled: true,
  originRegistered: true,
  registeredOrigins: [ORIGIN],
  registeredRedirectUris: [],
  response: { status: 200, policies: [] },
  document: { tags: [{ clientId: 'app', nonce: 'Zm9yIHRoaXMgdmlldw' }], scripts: [SCRIPT], policies: [] },
};

/** The codes of all problems. Besides, checks that the facts of each finding fill in its text. */
function problemsOf(page: KnownPage): string[] {
  return diagnosePage(page)
    .map(filled)
    .filter(({ severity }) => severity !== 'ok')
    .map(({ severity, code }) => `${severity} ${code}`);
}

function filled(one: Finding): Finding {
  const { title, remedy = '' }: FindingText = FINDING_TEXTS[one.code];
  for (const [, name = ''] of `${title} ${remedy}`.matchAll(/\{(\w+)\}/g)) {
    assert.notEqual(one.facts[name], undefined, `${one.code} says {${name}}`);
  }
  return one;
}

const withResponse = (response: Partial<PageResponse>): KnownPage => ({
  ...healthy,
  response: { ...healthy.response, ...response },
});
const withPolicy = (...policies: string[]) => withResponse({ policies });
const PLACEHOLDERS = [
  '…',
  '...',
  'nonce',
  'NONCE',
  'your-nonce',
  'YOUR_NONCE_HERE',
  'undefined',
  '[object Promise]',
  '12345',
  '{{ nonce }}',
].concat([`$${'{nonce}'}`, '<%= nonce %>', '#{nonce}', '--------------']);
const NONCES = ['Zm9yIHRoaXMgdmlldw', '1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed', 'n-0S6_WzA2Mj', 'noncense-17'];
const withTag = (tag: PageTag): KnownPage => ({ ...healthy, document: { ...healthy.document, tags: [tag] } });
const withScripts = (...scripts: PageDocument['scripts']): KnownPage => ({
  ...healthy,
  document: { ...healthy.document, scripts },
});

describe('a page', () => {
  it('can be without a problem', () => {
    assert.deepEqual(problemsOf(healthy), []);
    assert.deepEqual(
      diagnosePage(healthy).map(({ code }) => code),
      ['origin_registered', 'popup_linked', 'tag_found'],
    );
  });

  it('is judged by its address alone when nothing else is known', () => {
    assert.deepEqual(problemsOf({ url: 'http://shop.example', platform: PLATFORM }), ['error insecure_page']);
  });

  it('lists its worst problems first', () => {
    const page = { ...withPolicy("connect-src 'self'"), document: { tags: [], scripts: [], policies: [] } };
    assert.deepEqual(
      diagnosePage(page).map(({ severity }) => severity),
      ['error', 'warning', 'ok', 'ok'],
    );
  });
});

describe('its origin', () => {
  const at = (url: string, page: Partial<KnownPage> = {}) =>
    problemsOf({ url, platform: PLATFORM, originRegistered: false, registeredOrigins: [ORIGIN], ...page });
  const rows: readonly (readonly [url: string, codes: string[], page?: Partial<KnownPage>])[] = [
    ['https://other.example', ['error origin_not_registered']],
    ['https://shop.example.evil.example', ['error origin_not_registered']],
    ['https://www.shop.example', ['error origin_nearly_registered']],
    ['https://shop.example:8443', ['error origin_nearly_registered']],
    ['http://shop.example', ['error insecure_page', 'error origin_nearly_registered']],
    ['http://127.0.0.1:3000', ['error origin_nearly_registered'], { registeredOrigins: ['http://localhost:3000'] }],
    ['http://localhost:3001', ['error origin_nearly_registered'], { registeredOrigins: ['http://localhost:3000'] }],
    ['http://192.168.1.2:3000', ['error insecure_page', 'error origin_not_registered']],
    ['http://localhost:3000', [], { originRegistered: true, environment: 'localhost' }],
    [
      'http://localhost:3000',
      ['error own_machine_in_production'],
      { originRegistered: true, environment: 'production' },
    ],
    ['https://other.example', ['error app_disabled'], { enabled: false, originRegistered: undefined }],
  ];
  for (const [url, codes, page] of rows) it(`${url}: ${codes}`, () => assert.deepEqual(at(url, page), codes));

  it('is secure over http on this machine alone, however its name is written', () => {
    for (const { input } of LOOPBACK_HOSTS.understood)
      assert.deepEqual(at(`http://${input}`), at('http://localhost'), input);
    for (const { input } of LOOPBACK_HOSTS.refused)
      assert.ok(at(`http://${input}`).includes('error insecure_page'), input);
  });

  it('is offered for copying as browsers serialize it', () => {
    const [one] = diagnosePage({ url: 'https://Other.example:443/a/', platform: PLATFORM, originRegistered: false });
    assert.equal(one?.copy, 'https://other.example');
  });

  it('is nearly the same when it differs in what people overlook', () => {
    assert.equal(isNearly('https://a.example/back/', 'https://a.example/back'), true);
    assert.equal(isNearly('https://a.example/Back', 'https://a.example/back'), true);
    assert.equal(isNearly('https://a.example/back', 'https://a.example/back'), false);
    assert.equal(isNearly('https://a.example/back?x', 'https://a.example/back'), false);
  });
});

describe('its Cross-Origin-Opener-Policy', () => {
  const uri = `${ORIGIN}/back`;
  const rows: readonly (readonly [header: string | undefined, page: Partial<KnownPage>, code: string])[] = [
    [undefined, {}, 'popup_linked'],
    ['unsafe-none', {}, 'popup_linked'],
    ['same-origin-allow-popups', {}, 'popup_linked'],
    ['noopener-allow-popups', {}, 'popup_linked'],
    ['same-origin', {}, 'popup_cut_off'],
    ['same-origin; report-to="coop"', {}, 'popup_cut_off'],
    ['"same-origin"', {}, 'popup_linked'],
    ['same-origin, same-origin', {}, 'popup_linked'],
    ['same-origin', { registeredRedirectUris: [uri] }, 'popup_cut_off_attribute'],
    ['same-origin', { registeredRedirectUris: ['https://other.example/back'] }, 'popup_cut_off'],
    ['same-origin', withTag({ clientId: 'app', redirectUri: '/back' }), 'popup_relayed'],
  ];
  for (const [openerPolicy, page, code] of rows) {
    it(`${openerPolicy}, ${code}`, () => {
      const codes = diagnosePage({ ...healthy, ...page, response: { ...healthy.response, openerPolicy } }).map(filled);
      assert.ok(codes.some((one) => one.code === code));
    });
  }
});

describe('its Referrer-Policy', () => {
  const rows: readonly (readonly [headers: string[], metas: string[], policy: string | undefined])[] = [
    [[], [], undefined],
    [['strict-origin-when-cross-origin'], [], undefined],
    [['origin'], [], undefined],
    [['no-referrer-when-downgrade'], [], undefined],
    [['no-referrer'], [], 'no-referrer'],
    [['Same-Origin '], [], 'same-origin'],
    [['no-referrer, strict-origin-when-cross-origin'], [], undefined],
    [['strict-origin-when-cross-origin, no-referrer, no-such-policy'], [], 'no-referrer'],
    [['origin', 'same-origin'], [], 'same-origin'],
    [[''], [], undefined],
    [[], ['no-referrer'], 'no-referrer'],
    [[], ['never'], 'no-referrer'],
    [['no-referrer'], ['origin'], undefined],
    [['origin'], ['same-origin'], 'same-origin'],
    [['constructor'], ['__proto__'], undefined],
  ];
  for (const [referrerPolicies, metas, policy] of rows) {
    it(`${JSON.stringify([referrerPolicies, metas])}: ${policy}`, () => {
      const response = { ...healthy.response, referrerPolicies };
      const document = { ...healthy.document, referrerPolicies: metas };
      const [found, ...others] = diagnosePage({ ...healthy, response, document }).filter(
        ({ code }) => code === 'referrer_withheld',
      );
      assert.deepEqual(others, []);
      assert.deepEqual(found?.facts, policy && { policy });
      assert.equal(found?.severity, policy && 'warning');
      assert.equal(found?.copy, policy && 'Referrer-Policy: strict-origin-when-cross-origin');
    });
  }
});

describe('its Content-Security-Policy', () => {
  const rows: readonly (readonly [policy: string, codes: string[], copy?: string])[] = [
    [`default-src 'self' ${PLATFORM}`, []],
    [`default-src 'none'; script-src ${PLATFORM}; connect-src ${PLATFORM}; require-trusted-types-for 'script'`, []],
    ["style-src 'none'; img-src 'none'; frame-ancestors 'none'", []],
    [`script-src 'self'`, ['error csp_script_blocked'], `script-src 'self' ${PLATFORM}`],
    [`script-src-elem 'none'; script-src *`, ['error csp_script_blocked'], `script-src-elem ${PLATFORM}`],
    [`script-src ${PLATFORM}/widget.js`, ['error csp_script_blocked'], `script-src ${PLATFORM}`],
    [`script-src 'nonce-abc'`, ['error csp_script_nonce'], `script-src 'nonce-abc' ${PLATFORM}`],
    [`script-src 'nonce-abc' 'strict-dynamic' ${PLATFORM}`, ['error csp_script_strict_dynamic']],
    ["connect-src 'self'", ['error csp_connect_blocked'], `connect-src 'self' ${PLATFORM}`],
    [`connect-src ${PLATFORM}/jwks`, ['error csp_connect_blocked'], `connect-src ${PLATFORM}`],
    ["default-src 'self'", ['error csp_script_blocked', 'error csp_connect_blocked'], `script-src 'self' ${PLATFORM}`],
    ["trusted-types default 'none'", ['error csp_trusted_types'], 'trusted-types default lit-html'],
    ['trusted-types lit-html dompurify', []],
    ['trusted-types *', []],
    ['sandbox', ['error csp_sandbox'], 'sandbox allow-scripts allow-same-origin allow-forms allow-popups'],
    ['sandbox allow-scripts allow-same-origin allow-forms', ['error csp_sandbox']],
    ['sandbox allow-scripts allow-same-origin allow-forms allow-popups', []],
  ];
  for (const [policy, codes, copy] of rows) {
    it(`${policy}: ${codes}`, () => {
      assert.deepEqual(problemsOf(withPolicy(policy)), codes);
      if (copy) assert.equal(diagnosePage(withPolicy(policy))[0]?.copy, copy);
    });
  }

  it('includes every policy of every header and of the document', () => {
    assert.deepEqual(problemsOf(withPolicy('script-src *', "script-src 'self'")), ['error csp_script_blocked']);
    const metas = { ...healthy, document: { ...healthy.document, policies: ["connect-src 'none'", 'sandbox'] } };
    assert.deepEqual(problemsOf(metas), ['error csp_connect_blocked'], 'sandbox has an effect in a header only');
  });

  it('allows a script that has its nonce', () => {
    const { policies: _, ...document } = withScripts({ ...SCRIPT, nonce: 'abc' }).document as PageDocument;
    const page = { ...withPolicy("script-src 'nonce-abc' 'strict-dynamic'"), document: { ...document, policies: [] } };
    assert.deepEqual(problemsOf(page), []);
  });

  it('is not reported for a script that already runs', () => {
    assert.deepEqual(problemsOf({ ...withPolicy("script-src 'self'"), scriptRuns: true }), []);
  });

  it('is checked against the address of the keys of the environment', () => {
    const page: KnownPage = { ...withPolicy(`connect-src ${PLATFORM}/sandbox/`), environment: 'localhost' };
    assert.deepEqual(problemsOf(page), []);
    assert.deepEqual(problemsOf({ ...page, environment: 'production' }), ['error csp_connect_blocked']);
  });
});

describe('its tag and script', () => {
  const rows: readonly (readonly [title: string, page: KnownPage, codes: string[]])[] = [
    ['no tag', { ...healthy, document: { ...healthy.document, tags: [] } }, ['warning tag_missing']],
    ['no client-id', withTag({}), ['error client_id_missing']],
    ['another client-id', withTag({ clientId: 'other' }), ['error client_id_other']],
    ['another platform', withTag({ clientId: 'app', platform: 'https://evil.example' }), ['error platform_other']],
    ['the platform with a slash', withTag({ clientId: 'app', platform: `${PLATFORM}/` }), []],
    ['a platform that is no address', withTag({ clientId: 'app', platform: 'id' }), ['error platform_other']],
    ['no nonce', withTag({ clientId: 'app', nonce: '' }), ['warning nonce_missing']],
    ...[
      ...PLACEHOLDERS.map((nonce) => [nonce, ['error nonce_placeholder']] as const),
      ...NONCES.map((nonce) => [nonce, []] as const),
    ].map(([nonce, codes]): [string, KnownPage, string[]] => [
      `the nonce ${nonce}`,
      withTag({ clientId: 'app', nonce }),
      [...codes],
    ]),
    ['fields that no platform has', withTag({ clientId: 'app', fields: 'name, shoe' }), ['error fields_unknown']],
    [
      'fields that the app has not registered',
      {
        ...withTag({ clientId: 'app', fields: 'name address' }),
        unregisteredFields: ['address'],
        requiresNothing: true,
      },
      ['error fields_not_registered'],
    ],
    [
      'no fields, though the app requires none',
      { ...withTag({ clientId: 'app' }), unregisteredFields: [], requiresNothing: true },
      ['warning fields_none'],
    ],
    [
      'fields without one that the app requires',
      { ...withTag({ clientId: 'app', fields: 'name' }), requiredNotAsked: ['email'] },
      ['warning fields_required_not_asked'],
    ],
    ['no script', withScripts(), ['warning script_missing']],
    [
      'a script of elsewhere',
      withScripts({ src: 'https://cdn.example/widget.js', isModule: true }),
      ['error script_other_origin'],
    ],
    ['a classic script', withScripts({ ...SCRIPT, isModule: false }), ['error script_not_module']],
    [
      'two scripts',
      withScripts(SCRIPT, { src: `${PLATFORM}/widget.js?v=2`, isModule: true }),
      ['warning scripts_differ'],
    ],
    ['one script twice', withScripts(SCRIPT, SCRIPT), []],
  ];
  for (const [title, page, codes] of rows) it(title, () => assert.deepEqual(problemsOf(page), codes));
});

describe('its redirect URI', () => {
  const uri = `${ORIGIN}/back`;
  const rows: readonly (readonly [attribute: string, registered: string[], codes: string[]])[] = [
    ['/back', [uri], []],
    [uri, [uri], []],
    ['/back', [], ['error redirect_uri_not_registered']],
    ['/back/', [uri], ['error redirect_uri_nearly_registered']],
    ['/Back', [uri], ['error redirect_uri_nearly_registered']],
    ['https://other.example/back', ['https://other.example/back'], ['error redirect_uri_other_origin']],
    ['http://[', [], []],
  ];
  for (const [redirectUri, registered, codes] of rows) {
    it(`${redirectUri}, with ${registered}: ${codes}`, () => {
      const absolute = URL.canParse(redirectUri, ORIGIN) ? new URL(redirectUri, ORIGIN).href : '';
      const page = withTag({ clientId: 'app', redirectUri });
      const known = { redirectUriRegistered: registered.includes(absolute), registeredRedirectUris: registered };
      assert.deepEqual(problemsOf({ ...page, ...known }), codes);
    });
  }
});

describe('its clock', () => {
  for (const [skewMs, severity] of [
    [0, 'ok'],
    [10_000, 'ok'],
    [-11_000, 'warning'],
    [60_001, 'error'],
    [-86_400_000, 'error'],
  ] as const) {
    it(`${skewMs} ms off: ${severity}`, () => {
      const one = clockFinding('clock_skew', skewMs);
      assert.equal(one.severity, severity);
      assert.equal(one.facts['seconds'], String(Math.abs(Math.round(skewMs / 1000))));
    });
  }

  it('is only a warning in the browser, because the element does not trust it', () => {
    assert.equal(clockFinding('browser_clock_skew', 3_600_000).severity, 'warning');
  });

  it('is compared with the platform’s clock', () => {
    const page = withResponse({ clock: { page: 1_000_000, platform: 1_030_000 } });
    assert.deepEqual(problemsOf(page), ['warning clock_skew']);
  });
});

it('has a text for every code, and each ends like a sentence', () => {
  for (const [code, { title, remedy = '.' }] of Object.entries<FindingText>(FINDING_TEXTS)) {
    assert.match(title, /[.)]$/, code);
    assert.match(remedy, /\.$/, code);
  }
});

describe('what an app requires and a tag leaves out', () => {
  const registered = [
    { field: 'name', required: true },
    { field: 'email', required: true },
    { field: 'phone_number', required: false },
  ] as const;
  const rows: readonly (readonly [fields: string | undefined, missing: string[]])[] = [
    ['name', ['email']],
    ['given_name, email', []],
    ['phone_number', ['name', 'email']],
    [undefined, []],
    ['', []],
  ];
  for (const [fields, missing] of rows)
    it(`${fields}`, () => assert.deepEqual(requiredNotAsked(registered, fields), missing));
});
