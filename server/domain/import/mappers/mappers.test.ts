import assert from 'node:assert/strict';
import { pbkdf2Sync } from 'node:crypto';
import { suite, test } from 'node:test';
import { hash } from '@node-rs/argon2';
import { BUILT_IN } from '../../claims/catalogue.ts';
import { isHashOf } from '../../password-forms/forms.ts';
import { readPerson } from '../person.ts';
import { mapRow, type SystemName } from './mappers.ts';

/** Vectors as in password-forms.test.ts, each with its password. */
const BCRYPT = '$2y$10$84R1ZrJK4HS5GJ8SkbIdMeVoKfoVlRUkFw504n7mMUeerkzWCsqO.';
const BCRYPT_PASSWORD = 'Grüße an Zoë 12';
const HASH_CONFIG = {
  algorithm: 'SCRYPT',
  base64_signer_key: 'jxspr8Ki0RYycVU8zykbdLGjFQ3McFUH0uiiTvC8pVMXAn210wjLNmdZJzxUECKbm0QsEmYUSDzZvpjeJ9WmXA==',
  base64_salt_separator: 'Bw==',
  rounds: 8,
  mem_cost: 14,
};
const PHONE = '+31205550101';
const WHOLE = { email: 'jane@example.com', givenName: 'Jane', familyName: 'Doe' };
const ADDRESS = {
  street_address: '12 Canal Street\nBack',
  ...{ locality: 'Amsterdam', postal_code: '1012 AB', country: 'NL' },
};
const SALT = Buffer.from('sixteen bytes!!!');
const PASSKEY_KEY =
  'pQECAyYgASFYINyKhPlWgE7mbqt8a2KNOF5E7WDJldqdzDluEGXRSZfDIlggm6QZeVo629IgVdnFqXIIMO98mVEHadF3eMKRA2dz0rc';

/** Keycloak's form of what was computed here, because no Keycloak runs in this test. */
const keycloakUser = (value: string, credentialData: object) => ({
  ...{ id: '6f8c1b52-7a3e-4f0e-9d55-0c6f9b1d2a34', username: 'jane', email: 'jane@example.com', emailVerified: true },
  ...{ firstName: 'Jane', lastName: 'Doe', enabled: true, createdTimestamp: 1_554_112_800_000, totp: false },
  attributes: { phoneNumber: [PHONE], locale: ['nl'] },
  credentials: [
    {
      ...{ id: 'y', type: 'password', createdDate: 1 },
      secretData: JSON.stringify({ value, salt: SALT.toString('base64'), additionalParameters: {} }),
      credentialData: JSON.stringify(credentialData),
    },
  ],
});
const argon2Of = async (password: string) =>
  (await hash(password, { memoryCost: 7168, timeCost: 5, parallelism: 1, salt: SALT })).split('$').at(-1) ?? '';

interface Sample {
  system: SystemName;
  name: string;
  row: unknown;
  key: string;
  account: Record<string, unknown>;
  password?: string;
}

const SAMPLES: readonly Sample[] = [
  {
    ...{ system: 'auth0', name: 'an export of users' },
    row: {
      ...{
        user_id: 'auth0|5f7c8ec7',
        email: 'jane@example.com',
        email_verified: true,
        name: 'Jane Doe',
        nickname: 'jane',
      },
      ...{ picture: 'https://s.gravatar.com/avatar/x', created_at: '2019-04-01T10:00:00.000Z', blocked: true },
      identities: [{ user_id: '5f7c8ec7', provider: 'auth0', connection: 'db', isSocial: false }],
    },
    key: 'id:auth0|5f7c8ec7',
    account: { ...WHOLE, emailVerified: true, blocked: true },
  },
  {
    ...{ system: 'auth0', name: 'the file with hashes' },
    row: {
      ...{
        _id: { $oid: '5f7c8ec7' },
        email_verified: false,
        email: 'jane@example.com',
        tenant: 'acme',
        connection: 'db',
      },
      ...{ passwordHash: BCRYPT, _tmp_is_unique: true, version: '1.1', identifiers: [] },
    },
    key: 'id:auth0|5f7c8ec7',
    account: { email: 'jane@example.com', emailVerified: false },
    password: BCRYPT_PASSWORD,
  },
  {
    ...{ system: 'firebase', name: 'auth:export' },
    row: {
      ...{
        localId: 'kYi4EvWQ',
        email: 'jane@example.com',
        emailVerified: true,
        displayName: 'Jane Doe',
        disabled: false,
      },
      passwordHash: 'lSrfV15cpx95/sZS2W9c9Kp6i/LVgQNDNC/qzrCnh1SAyZvqmZqAjTdn3aoItz+VHjoZilo78198JAdRuid5lQ==',
      ...{ salt: '42xEC+ixf3L2lw==', phoneNumber: PHONE, lastSignedInAt: '1554112800000', createdAt: '1554112800000' },
      providerUserInfo: [],
    },
    key: 'id:kYi4EvWQ',
    account: { ...WHOLE, emailVerified: true, phoneNumber: PHONE, blocked: false },
    password: 'user1password',
  },
  ...(['pbkdf2', 'pbkdf2-sha256', 'pbkdf2-sha512'] as const).map(
    (algorithm): Sample => ({
      ...{ system: 'keycloak', name: algorithm },
      row: keycloakUser(
        pbkdf2Sync('user1password', SALT, 27_500, 64, algorithm.split('-')[1] ?? 'sha1').toString('base64'),
        { hashIterations: 27_500, algorithm, additionalParameters: {} },
      ),
      key: 'id:6f8c1b52-7a3e-4f0e-9d55-0c6f9b1d2a34',
      account: { ...WHOLE, emailVerified: true, phoneNumber: PHONE, locale: 'nl', blocked: false },
      password: 'user1password',
    }),
  ),
  {
    ...{ system: 'keycloak', name: 'argon2' },
    row: keycloakUser(await argon2Of('user1password'), {
      ...{ hashIterations: 5, algorithm: 'argon2' },
      additionalParameters: {
        ...{ hashLength: ['32'], memory: ['7168'], type: ['id'], version: ['1.3'], parallelism: ['1'] },
      },
    }),
    key: 'id:6f8c1b52-7a3e-4f0e-9d55-0c6f9b1d2a34',
    account: { ...WHOLE, emailVerified: true, phoneNumber: PHONE, locale: 'nl', blocked: false },
    password: 'user1password',
  },
  {
    ...{ system: 'cognito', name: 'list-users' },
    row: {
      ...{ Username: 'jane', Enabled: true, UserStatus: 'CONFIRMED', UserCreateDate: '2019-04-01T12:00:00+02:00' },
      Attributes: [
        { Name: 'sub', Value: 'c0ffee-1' },
        { Name: 'email', Value: 'jane@example.com' },
        { Name: 'email_verified', Value: 'true' },
        { Name: 'given_name', Value: 'Jane' },
        { Name: 'family_name', Value: 'Doe' },
      ],
    },
    key: 'id:c0ffee-1',
    account: { ...WHOLE, emailVerified: true, blocked: false },
  },
  {
    ...{ system: 'supabase', name: 'a row of auth.users' },
    row: {
      ...{
        id: '1f0',
        aud: 'authenticated',
        email: 'jane@example.com',
        encrypted_password: BCRYPT,
        phone: '31205550101',
      },
      ...{ email_confirmed_at: '2019-04-01 10:00:00.1+00', phone_confirmed_at: '', banned_until: '' },
      ...{ raw_user_meta_data: '{"full_name":"Jane Doe"}', created_at: '2019-04-01 10:00:00.123456+00' },
    },
    key: 'id:1f0',
    account: { ...WHOLE, emailVerified: true, phoneNumber: PHONE, blocked: false },
    password: BCRYPT_PASSWORD,
  },
  {
    ...{ system: 'wordpress', name: 'before 6.8, with an address of WooCommerce' },
    row: {
      ...{ ID: 7, user_login: 'jane', user_pass: '$P$Bx4eA5/Sen/cfFpYjRCu39lX3vD.hD.', user_email: 'jane@example.com' },
      ...{ user_registered: '2019-04-01 10:00:00', display_name: 'Jane Doe', first_name: '', billing_phone: PHONE },
      ...{ billing_address_1: '12 Canal Street', billing_address_2: 'Back', billing_city: 'Amsterdam' },
      ...{ billing_postcode: '1012 AB', billing_country: 'NL', billing_state: '' },
    },
    key: 'id:7',
    account: { ...WHOLE, emailVerified: false, phoneNumber: PHONE, address: ADDRESS },
    password: BCRYPT_PASSWORD,
  },
  {
    ...{ system: 'wordpress', name: '6.8' },
    row: {
      ...{ ID: '8', user_pass: '$wp$2y$10$hzG1lNxXcXGbSTrg8Ie.4e41CxzEW1SDr/6WWsYWQfUiBLt.NCD4i' },
      ...{ user_email: 'jane@example.com', first_name: 'Jane', last_name: 'Doe' },
    },
    key: 'id:8',
    account: { ...WHOLE, emailVerified: false },
    password: BCRYPT_PASSWORD,
  },
  {
    ...{ system: 'wordpress', name: 'before 2.5' },
    row: { ID: '9', user_pass: '46c082be7d7d25c97a70fc69aceee82a', user_email: 'jane@example.com' },
    key: 'id:9',
    account: { email: 'jane@example.com', emailVerified: false },
    password: BCRYPT_PASSWORD,
  },
  {
    ...{ system: 'django', name: 'dumpdata' },
    row: {
      ...{ model: 'auth.user', pk: 12 },
      fields: {
        ...{ password: 'md5$IC76zqTrwsGDfN0mau542F$6999a296983d16808252af6888b0c291', email: 'jane@example.com' },
        ...{ first_name: 'Jane', last_name: 'Doe', is_active: true, date_joined: '2019-04-01T10:00:00Z', groups: [] },
      },
    },
    key: 'id:12',
    account: { ...WHOLE, emailVerified: false, blocked: false },
    password: BCRYPT_PASSWORD,
  },
  {
    ...{ system: 'django', name: 'a row of auth_user without a password' },
    row: {
      id: '13',
      password: '!bnVsbA',
      email: 'jane@example.com',
      is_active: 'f',
      date_joined: '2019-04-01 10:00:00+00',
    },
    key: 'id:13',
    account: { email: 'jane@example.com', emailVerified: false, blocked: true },
  },
  {
    ...{ system: 'aspnet', name: 'a row of AspNetUsers' },
    row: {
      ...{ Id: 'guid', UserName: 'jane', Email: 'jane@example.com', EmailConfirmed: '1', LockoutEnd: '' },
      PasswordHash: 'AQAAAAIAAYagAAAAEAABAgMEBQYHCAkKCwwNDg/Q8A0WMKbtHQJQ2DHCdoEeeFBrgNlldq6vH4qX/CGqGQ==',
      ...{ PhoneNumber: PHONE, PhoneNumberConfirmed: 'False' },
    },
    key: 'id:guid',
    account: { email: 'jane@example.com', emailVerified: true, phoneNumber: PHONE, blocked: false },
    password: 'my password',
  },
  {
    ...{ system: 'shopify', name: 'the table of customers' },
    row: {
      ...{ 'Customer ID': "'6543210", 'First Name': 'Jane', 'Last Name': 'Doe', Email: 'jane@example.com' },
      ...{ 'Accepts Email Marketing': 'no', 'Default Address Address1': '12 Canal Street', Phone: `'${PHONE}` },
      ...{ 'Default Address Address2': 'Back', 'Default Address City': 'Amsterdam', 'Default Address Zip': "'1012 AB" },
      'Default Address Country Code': 'NL',
    },
    key: 'id:6543210',
    account: { ...WHOLE, emailVerified: false, phoneNumber: PHONE, address: ADDRESS },
  },
];

suite('the export of', () => {
  for (const { system, name, row, key, account, password } of SAMPLES)
    test(`${system}: ${name}`, async () => {
      const mapped = mapRow(system, row, { hashConfig: HASH_CONFIG });
      assert.ok('row' in mapped, JSON.stringify(mapped));
      const read = readPerson(mapped.row, [], { fields: BUILT_IN });
      assert.ok('person' in read, JSON.stringify(read));
      assert.deepEqual([read.person.key, read.person.account], [key, account]);
      const { password: kept } = read;
      assert.equal(kept !== undefined, password !== undefined);
      assert.equal(
        password !== undefined && kept !== undefined && (await isHashOf(kept, password)),
        password !== undefined,
      );
    });

  test('a row of another system is rejected by its name', () => {
    for (const system of [
      'auth0',
      'firebase',
      'keycloak',
      'cognito',
      'supabase',
      'wordpress',
      'aspnet',
      'shopify',
    ] as const) {
      for (const row of [null, 'text', 7, [], { fields: null }]) {
        const mapped = mapRow(system, row, { hashConfig: HASH_CONFIG });
        // Auth0’s two files have no key in common, so that one without either is a person without an id or an address.
        const read = 'reason' in mapped ? mapped : readPerson(mapped.row, [], { fields: BUILT_IN });
        assert.ok('reason' in read, `${system} ${JSON.stringify(row)}`);
      }
    }
    const keycloak = mapRow('keycloak', { id: '1', credentials: [{ type: 'password', secretData: '{' }] }, {});
    assert.match('reason' in keycloak ? keycloak.reason : '', /^no row of keycloak: /);
    const firebase = mapRow('firebase', { localId: '1', passwordHash: 'x', salt: 'y' }, {});
    assert.match('reason' in firebase ? firebase.reason : '', /^no row of firebase: /);
  });

  test('Keycloak brings authenticator apps and passkeys, and no password that was not enough there', () => {
    const otp = (credentialData: object, value = '12345678901234567890') => ({
      ...{ id: 'o', type: 'otp', secretData: JSON.stringify({ value }) },
      credentialData: JSON.stringify({
        subType: 'totp',
        digits: 6,
        counter: 0,
        period: 30,
        algorithm: 'HmacSHA1',
        ...credentialData,
      }),
    });
    const key = (type: string) => ({
      ...{ id: 'w', type, userLabel: 'Yubikey', createdDate: 1_554_112_800_000, secretData: '{}' },
      credentialData: JSON.stringify({
        ...{
          aaguid: '00000000-0000-0000-0000-000000000000',
          credentialId: 'Y3JlZA==',
          counter: 4,
          transports: ['usb'],
        },
        credentialPublicKey: PASSKEY_KEY,
        ...{ attestationStatement: null, attestationStatementFormat: 'none' },
      }),
    });
    const user = keycloakUser(SALT.toString('base64'), { algorithm: 'pbkdf2-sha256', hashIterations: 27_500 });
    const read = (...credentials: object[]) => {
      const mapped = mapRow(
        'keycloak',
        { ...user, credentials: [...user.credentials, ...credentials] },
        { rpId: 'id.example' },
      );
      const row = 'row' in mapped ? readPerson(mapped.row, [], { fields: BUILT_IN, rpId: 'id.example' }) : mapped;
      assert.ok('person' in row, JSON.stringify(row));
      return { totp: row.totp, passkeys: row.person.belongings.passkeys, hasPassword: row.password !== undefined };
    };
    const totp = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
    assert.deepEqual(read(otp({})), { totp, passkeys: [], hasPassword: true });
    assert.equal(read(otp({ secretEncoding: 'BASE32' }, totp)).totp, totp);
    const passkeys = [
      {
        ...{ credentialId: 'Y3JlZA', publicKey: PASSKEY_KEY, counter: 4, transports: ['usb'], name: 'Yubikey' },
        ...{ userHandle: Buffer.from(user.id).toString('base64url'), createdAt: new Date(1_554_112_800_000) },
      },
    ];
    assert.deepEqual(read(key('webauthn-passwordless')), { totp: undefined, passkeys, hasPassword: true });
    assert.deepEqual(read(key('webauthn')), { totp: undefined, passkeys, hasPassword: false });
    assert.deepEqual(read(key('webauthn'), otp({})), { totp, passkeys, hasPassword: true });
    const reasonOf = (credential: object, rpId?: string) => {
      const mapped = mapRow('keycloak', { ...user, credentials: [credential] }, { rpId });
      const row = 'row' in mapped ? readPerson(mapped.row, [], { fields: BUILT_IN, rpId: 'id.example' }) : mapped;
      return 'reason' in row ? row.reason : '';
    };
    assert.match(reasonOf(key('webauthn')), /say so with --rp-id/);
    assert.match(reasonOf(key('webauthn'), 'login.old.example'), /made for login\.old\.example/);
    assert.match(reasonOf(otp({ digits: 8 })), /^totp: makes other codes/);
    assert.match(reasonOf(otp({ subType: 'hotp' })), /^totp: is no address of otpauth:\/\/totp/);
    assert.match(reasonOf({ type: 'otp', secretData: '{}' }), /^totp: is no secret/);
  });

  test('a row with a time that no calendar has is rejected, and stops nothing', () => {
    for (const value of [1e300, -1e16, '99999999999999999', '2020-99-99']) {
      const rows = [
        mapRow('keycloak', { ...keycloakUser('x', {}), credentials: [], createdTimestamp: value }, {}),
        mapRow('firebase', { localId: '1', email: 'jane@example.com', createdAt: value }, { hashConfig: HASH_CONFIG }),
      ];
      for (const mapped of rows) {
        const read = 'reason' in mapped ? mapped : readPerson(mapped.row, [], { fields: BUILT_IN });
        assert.match('reason' in read ? read.reason : '', /created_at|createdAt|createdTimestamp/, String(value));
      }
    }
  });
});
