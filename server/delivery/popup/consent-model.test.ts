import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type Claim, claimsOf, type Field } from '@signup-with-platform/protocol';
import type { Config } from '../../config.ts';
import { BUILT_IN } from '../../domain/claims/catalogue.ts';
import { isAnswerable, shownValue } from '../../domain/consent/answers.ts';
import type { Account, NewAccount } from '../../storage/accounts.ts';
import type { AppEnvironment } from '../../storage/app-environments.ts';
import type { AppField } from '../../storage/apps.ts';
import { openTestRealm, type TestRealm } from '../../testing/test-realm.ts';
import { consentModel } from './consent-model.ts';
import type { InteractionLike } from './interaction-view.ts';
import { PopupError } from './popup-error.ts';

const NOBODY: Account = {
  id: 'a',
  emailVerified: false,
  blocked: false,
  signOutCount: 0,
  createdAt: new Date(0),
  updatedAt: new Date(0),
};
const ADA = {
  ...NOBODY,
  givenName: 'Ada',
  familyName: 'Byron',
  email: 'ada@example.com',
  address: { locality: 'London', country: 'GB' },
};

describe('shownValue', () => {
  const rows: [account: Account, field: Field, claims: Claim[], value: string | undefined][] = [
    [ADA, 'name', claimsOf(['name']), 'Ada Byron'],
    [ADA, 'name', ['given_name'], 'Ada'],
    [ADA, 'name', ['family_name'], 'Byron'],
    [ADA, 'name', ['given_name', 'family_name'], 'Ada Byron'],
    [{ ...NOBODY, familyName: 'Byron' }, 'name', ['given_name'], undefined],
    [ADA, 'email', claimsOf(['email']), 'ada@example.com'],
    [ADA, 'address', ['address'], 'London\nUnited Kingdom'],
    [NOBODY, 'name', claimsOf(['name']), undefined],
    [NOBODY, 'address', ['address'], undefined],
    [NOBODY, 'picture', ['picture'], undefined],
  ];
  for (const [account, field, claims, value] of rows) {
    it(`shows ${JSON.stringify(value)} for ${claims.join(', ')}`, () =>
      assert.equal(shownValue(BUILT_IN, account, field, claims, 'en'), value));
  }
});

it('a question is one that the account or the page can answer', () => {
  for (const field of ['name', 'phone_number', 'address'] as const)
    assert.ok(isAnswerable(BUILT_IN, NOBODY, field, claimsOf([field])));
  for (const field of ['email', 'locale', 'picture'] as const)
    assert.ok(!isAnswerable(BUILT_IN, NOBODY, field, claimsOf([field])));
  assert.ok(isAnswerable(BUILT_IN, ADA, 'email', ['email']));
});

describe('consentModel', () => {
  let realm: TestRealm;
  before(async () => {
    realm = await openTestRealm();
  });
  after(() => realm.close());

  async function model(
    person: NewAccount,
    fields: AppField[],
    claims: Claim[],
    options: {
      grant?: object;
      params?: object;
      attempt?: Parameters<typeof consentModel>[3];
      config?: Partial<Config>;
    } = {},
  ) {
    const { rows, storage } = realm;
    const { clientId } = await storage.apps.create({ name: 'Shop', environment: 'localhost', origins: [], fields });
    const app = (await storage.appEnvironments.findByClientId(clientId)) as AppEnvironment;
    const { id: accountId } = await rows.accounts.create(person);
    if (options.grant) await rows.grants.create({ id: clientId, clientId, accountId, payload: { ...options.grant } });
    const interaction: InteractionLike = {
      uid: 'uid',
      prompt: { name: 'consent', details: {} },
      params: {
        claims: JSON.stringify({ id_token: Object.fromEntries(claims.map((claim) => [claim, null])) }),
        ...options.params,
      },
      session: { accountId },
    };

    const form = { action: '/sandbox/interaction/uid', csrf: 'token' };
    const context = { ...realm, config: { ...realm.config, ...options.config } };
    return consentModel(context, { app, form, page: { languages: ['en'] } }, interaction, options.attempt);
  }
  const required = (field: Field): AppField => ({ field, required: true });
  const optional = (field: Field): AppField => ({ field, required: false });

  it('ticks optional fields or not, as the platform says', async () => {
    const person = { email: 'ada@example.com', phoneNumber: '+44 20 7946 0018' };
    const fields = [required('email'), optional('phone_number'), optional('locale')];
    const ticked = async (config: Partial<Config>, attempt?: Parameters<typeof consentModel>[3]) => {
      const shown = await model(person, fields, claimsOf(['email', 'phone_number', 'locale']), { config, attempt });
      return shown.fields.filter(({ checked }) => checked).map(({ field }) => field);
    };
    assert.deepEqual(await ticked({ ticksOptionalFields: true }), ['email', 'phone_number']);
    assert.deepEqual(await ticked({ ticksOptionalFields: false }), ['email']);
    const attempt = { shared: new Set(['email', 'phone_number']), values: {}, errors: {} };
    assert.deepEqual(await ticked({ ticksOptionalFields: false }, attempt), ['email', 'phone_number']);
  });

  it('shows the very values, ticked, with whose they are', async () => {
    const person = { givenName: 'Ada', email: 'ada@example.com', phoneNumber: '+44 20 7946 0018' };
    assert.deepEqual(
      await model(person, [required('email'), optional('phone_number')], claimsOf(['email', 'phone_number'])),
      {
        action: '/sandbox/interaction/uid',
        csrf: 'token',
        account: { name: 'Ada', email: 'ada@example.com' },
        catalogue: BUILT_IN,
        fields: [
          { field: 'email', required: true, checked: true, value: 'ada@example.com', unverified: true, inputs: [] },
          { field: 'phone_number', required: false, checked: true, value: '+44 20 7946 0018', inputs: [] },
        ],
        alreadyShared: [],
      },
    );
  });

  it('says nothing of confirmation when the address is confirmed', async () => {
    const { fields } = await model(
      { email: 'b@example.com', emailVerified: true },
      [required('email')],
      claimsOf(['email']),
    );
    assert.ok(fields[0] && !('unverified' in fields[0]));
  });

  it('asks in place for what is lacking, unticked when it may be refused', async () => {
    const { account, fields } = await model(
      {},
      [required('name'), optional('phone_number')],
      claimsOf(['name', 'phone_number']),
    );
    assert.deepEqual(account, {});
    assert.deepEqual(fields, [
      {
        field: 'name',
        required: true,
        checked: true,
        inputs: [
          { name: 'given_name', value: '', required: true },
          { name: 'family_name', value: '', required: false },
        ],
      },
      {
        field: 'phone_number',
        required: false,
        checked: false,
        inputs: [{ name: 'phone_number', value: '', required: false }],
      },
    ]);
  });

  it('leaves out what nobody can answer', async () => {
    const { fields } = await model({}, [required('picture'), optional('locale')], claimsOf(['picture', 'locale']));
    assert.deepEqual(fields, []);
  });

  it('leaves out what was agreed to, and says that it is shared again', async () => {
    const person = { email: 'c@example.com', givenName: 'Ada' };
    const grant = { openid: { scope: 'openid', claims: claimsOf(['email']) } };
    const { fields, alreadyShared } = await model(
      person,
      [required('email'), required('name')],
      claimsOf(['email', 'name']),
      { grant },
    );
    assert.deepEqual(alreadyShared, ['email']);
    assert.deepEqual(
      fields.map(({ field }) => field),
      ['name'],
    );
  });

  it('asks everything again with prompt=consent', async () => {
    const grant = { openid: { claims: claimsOf(['email']) } };
    const { fields, alreadyShared } = await model(
      { email: 'd@example.com' },
      [required('email')],
      claimsOf(['email']),
      { grant, params: { prompt: 'consent' } },
    );
    assert.deepEqual(alreadyShared, []);
    assert.deepEqual(
      fields.map(({ field }) => field),
      ['email'],
    );
  });

  it('brings back what was typed and ticked, with what is wrong', async () => {
    const attempt = {
      shared: new Set(['phone_number']),
      values: { phone_number: '12' },
      errors: { phone_number: 'valid_phone_number' },
    } as const;
    const { fields } = await model(
      { locale: 'nl' },
      [optional('phone_number'), optional('locale')],
      claimsOf(['phone_number', 'locale']),
      { attempt },
    );
    assert.deepEqual(fields, [
      {
        field: 'phone_number',
        required: false,
        checked: true,
        inputs: [{ name: 'phone_number', value: '12', required: false, error: 'valid_phone_number' }],
      },
      { field: 'locale', required: false, checked: false, value: 'nl', inputs: [] },
    ]);
  });

  it('never asks for what the app has not registered', async () => {
    const { fields } = await model(
      { givenName: 'Ada', email: 'e@example.com' },
      [required('email')],
      claimsOf(['email', 'name', 'address']),
    );
    assert.deepEqual(
      fields.map(({ field }) => field),
      ['email'],
    );
  });

  it('ends when the account is gone', async () => {
    const interaction: InteractionLike = {
      uid: 'u',
      prompt: { name: 'consent', details: {} },
      params: {},
      session: { accountId: 'gone' },
    };
    const app = { clientId: 'c', fields: [] as AppField[] } as AppEnvironment;
    const view = {
      app,
      page: { platformName: 'P', realm: 'sandbox', languages: [], theme: 'auto' },
      form: { action: '', csrf: '' },
    } as const;
    const isExpired = (error: unknown) => error instanceof PopupError && error.code === 'expired';
    await assert.rejects(consentModel(realm, view, interaction), isExpired);
    const { session: _none, ...signedOut } = interaction;
    await assert.rejects(consentModel(realm, view, signedOut), isExpired);
  });
});
