import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { CLAIMS, CLAIMS_OF_SCOPE, type Claim, claimsOf, type OwnName } from '@signup-with-platform/protocol';
import type { AppField } from '../../storage/apps.ts';
import { BUILT_IN } from '../claims/catalogue.ts';
import { askedClaims, consentRequest, priorConsent } from './consent-request.ts';

const EVERYTHING: ReadonlySet<Claim> = new Set(CLAIMS);
const NOTHING = { granted: new Set<Claim>(), declined: new Set<Claim>() };

const PHONE = claimsOf(['phone_number']);

describe('askedClaims', () => {
  const claims = (idToken?: object, userinfo?: object) => JSON.stringify({ id_token: idToken, userinfo });
  const rows: [title: string, params: { scope?: unknown; claims?: unknown }, asked: Claim[], registered?: Claim[]][] = [
    ['nothing', {}, []],
    ['openid alone', { scope: 'openid' }, []],
    ['the profile scope', { scope: 'openid profile' }, [...CLAIMS_OF_SCOPE.profile]],
    ['the email scope', { scope: 'openid email' }, ['email', 'email_verified']],
    ['scopes in any order', { scope: 'address phone openid' }, [...PHONE, 'address']],
    ['scopes that nobody knows', { scope: 'openid admin __proto__ constructor toString' }, []],
    ['claims of the ID token', { claims: claims({ email: null, picture: { essential: true } }) }, ['email', 'picture']],
    ['claims of userinfo', { claims: claims(undefined, { name: null }) }, ['name']],
    ['both, once', { claims: claims({ name: null }, { name: null, locale: null }) }, ['name', 'locale']],
    ['scope and claims together', { scope: 'openid phone', claims: claims({ name: null }) }, ['name', ...PHONE]],
    ['claims that nobody knows', { claims: claims({ ssn: null, sub: null, hasOwnProperty: null }) }, []],
    [
      'only what is registered',
      { scope: 'openid profile email' },
      ['email', 'email_verified'],
      ['email', 'email_verified'],
    ],
    ['parameters of another type', { scope: ['email'], claims: { id_token: { email: null } } }, []],
  ];
  for (const [title, params, asked, registered] of rows) {
    it(`reads ${title}`, () => {
      assert.deepEqual(askedClaims(params, registered ? new Set(registered) : EVERYTHING, BUILT_IN), asked);
    });
  }
});

describe('consentRequest', () => {
  const name = { field: 'name', required: true } as const;
  const email = { field: 'email', required: true } as const;
  const phone = { field: 'phone_number', required: false } as const;
  const phoneRequired = { ...phone, required: true };

  interface Row {
    title: string;
    asked: Claim[];
    fields: AppField[];
    granted?: Claim[];
    declined?: Claim[];
    askAgain?: boolean;
    open: string[];
    alreadyShared?: string[];
  }
  const rows: Row[] = [
    {
      title: 'asks for everything the first time',
      asked: claimsOf(['name', 'email']),
      fields: [name, email],
      open: ['name!', 'email!'],
    },
    {
      title: 'marks what may be refused',
      asked: claimsOf(['phone_number', 'email']),
      fields: [email, phone],
      open: ['email!', 'phone_number'],
    },
    {
      title: 'takes a field that is not registered as required for optional',
      asked: ['picture'],
      fields: [],
      open: ['picture'],
    },
    { title: 'asks nothing when nothing is asked for', asked: [], fields: [name], open: [] },
    {
      title: 'does not ask twice for what was agreed to',
      asked: claimsOf(['name', 'email']),
      fields: [name, email],
      granted: claimsOf(['name', 'email']),
      open: [],
      alreadyShared: ['name', 'email'],
    },
    {
      title: 'asks for the new part only',
      asked: claimsOf(['email', 'phone_number']),
      fields: [email, phone],
      granted: claimsOf(['email']),
      open: ['phone_number'],
      alreadyShared: ['email'],
    },
    {
      title: 'opens a field of which one claim is new',
      asked: claimsOf(['name']),
      fields: [name],
      granted: ['given_name'],
      open: ['name!'],
    },
    {
      title: 'respects a refusal',
      asked: claimsOf(['email', 'phone_number']),
      fields: [email, phone],
      granted: claimsOf(['email']),
      declined: claimsOf(['phone_number']),
      open: [],
      alreadyShared: ['email'],
    },
    {
      title: 'asks again once the refused field has become required',
      asked: claimsOf(['phone_number']),
      fields: [phoneRequired],
      declined: ['phone_number'],
      open: ['phone_number!'],
    },
    {
      title: 'asks everything again when told to (prompt=consent)',
      asked: claimsOf(['email', 'phone_number']),
      fields: [email, phone],
      granted: claimsOf(['email']),
      declined: ['phone_number'],
      askAgain: true,
      open: ['email!', 'phone_number'],
    },
    {
      title: 'says nothing of what was agreed to and is not asked for now',
      asked: claimsOf(['email']),
      fields: [email, phone],
      granted: claimsOf(['email', 'phone_number']),
      open: [],
      alreadyShared: ['email'],
    },
  ];
  for (const { title, asked, fields, granted = [], declined = [], askAgain, open, alreadyShared = [] } of rows) {
    it(title, () => {
      const prior = { granted: new Set(granted), declined: new Set(declined) };
      const request = consentRequest(asked, fields, prior, askAgain);
      assert.deepEqual(
        request.open.map(({ field, required }) => `${field}${required ? '!' : ''}`),
        open,
      );
      assert.deepEqual(request.alreadyShared, alreadyShared);
      assert.deepEqual(request.asked, asked);
    });
  }

  it('lets only the claims travel that were asked for, in one row each', () => {
    const { open } = consentRequest(['given_name', 'email', 'email_verified'], [name, email], NOTHING);
    assert.deepEqual(
      open.map(({ field, claims }) => [field, claims]),
      [
        ['name', ['given_name']],
        ['email', ['email', 'email_verified']],
      ],
    );
  });
});

describe('priorConsent', () => {
  const rows: [title: string, grant: object, granted: Claim[], declined: Claim[]][] = [
    ['an empty grant', {}, [], []],
    [
      'claims, of a field that has left the file, too',
      { openid: { claims: ['email', 'sub', 'gone'] } },
      ['email', 'gone' as OwnName],
      [],
    ],
    ['a scope as its claims', { openid: { scope: 'openid email' } }, ['email', 'email_verified'], []],
    ['claims, and no others of their scope', { openid: { scope: 'openid profile', claims: ['name'] } }, ['name'], []],
    ['no claims of a scope', { openid: { scope: 'openid profile', claims: [] } }, [], []],
    ['a refusal', { rejected: { openid: { claims: ['phone_number'] } } }, [], [...PHONE]],
    ['what is said about a claim with it', { openid: { claims: ['phone_number'] } }, [...PHONE], []],
    [
      'a refusal of what is said about a claim',
      { openid: { claims: ['phone_number'] }, rejected: { openid: { claims: ['phone_number_verified'] } } },
      ['phone_number'],
      ['phone_number_verified'],
    ],
    [
      'a refusal inside a granted scope',
      { openid: { scope: 'email phone' }, rejected: { openid: { claims: ['email_verified'] } } },
      ['email', ...PHONE],
      ['email_verified'],
    ],
    ['a scope that is the name of a property of every object', { openid: { scope: 'constructor __proto__' } }, [], []],
  ];
  for (const [title, grant, granted, declined] of rows) {
    it(`reads ${title}`, () => {
      const prior = priorConsent(grant);
      assert.deepEqual([...prior.granted], granted);
      assert.deepEqual([...prior.declined], declined);
    });
  }
});
