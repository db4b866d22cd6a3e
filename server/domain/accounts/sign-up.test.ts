import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import fc from 'fast-check';
import { openTestRealm, type TestRealm } from '../../testing/test-realm.ts';
import { Throttle } from '../throttle/throttle.ts';
import { signIn } from './sign-in.ts';
import { parseSignUp, type SignUpErrors, type SignUpForm, signUp } from './sign-up.ts';

const GOOD = { given_name: 'Ada', family_name: 'Byron', email: 'ada@example.com', password: 'an engine of difference' };

describe('parseSignUp', () => {
  it('takes a form, trimmed but for the password', () => {
    const password = ' an engine of difference ';
    const typed = { given_name: ' Ada ', family_name: '\tByron\n', email: ' Ada@Example.com ', password };
    const expected = { given_name: 'Ada', family_name: 'Byron', email: 'Ada@Example.com', password };
    assert.deepEqual(parseSignUp(typed), { form: expected });
  });

  it('needs no names', () => {
    assert.deepEqual(parseSignUp({ email: GOOD.email, password: GOOD.password }), {
      form: { ...GOOD, given_name: '', family_name: '' },
    });
  });

  const local = 'a'.repeat(64);
  // 64 + @ + labels of up to 63: 254 characters in all.
  const longest = `${local}@${'b'.repeat(63)}.${'c'.repeat(63)}.${'d'.repeat(58)}.nl`;

  const accepted: [title: string, form: Partial<typeof GOOD>][] = [
    ['a name with a stroke', { given_name: 'Łukasz' }],
    ['an apostrophe', { family_name: "O'Brien" }],
    ['a name of one character', { given_name: '李', family_name: '' }],
    ['a name from right to left', { given_name: 'ليلى' }],
    ['a name of 100 emoji', { given_name: '😀'.repeat(100) }],
    ['eight characters', { password: 'eight±ch' }],
    ['eight emoji', { password: '🔐🗝🚪🏠🔑🪟🧱🪵' }],
    ['128 characters', { password: 'ab-'.repeat(43).slice(1) }],
    ['128 emoji', { password: '🔐'.repeat(128) }],
    ['any characters in a password', { password: '<b>\u0000\u202e\t§‰' }],
    ['an email address of 254 characters', { email: longest }],
    ['a tagged address', { email: 'ada+shop@mail.example.co.uk' }],
  ];
  for (const [title, form] of accepted) {
    it(`takes ${title}`, () => {
      const parsed = parseSignUp({ ...GOOD, ...form });
      assert.deepEqual(parsed, { form: { ...GOOD, ...form } });
    });
  }
  it('(254 is what it says)', () => assert.equal(longest.length, 254));

  const refused: [title: string, form: Record<string, unknown>, errors: SignUpErrors][] = [
    [
      'an empty form',
      { given_name: '', family_name: '', email: '', password: '' },
      { email: 'required', password: 'required' },
    ],
    ['fields that are missing', { email: undefined, password: undefined }, { email: 'required', password: 'required' }],
    [
      'fields that are sent twice',
      { email: ['a@example.com', 'b@example.com'], password: ['x', 'y'] },
      { email: 'required', password: 'required' },
    ],
    ['white space for an address', { email: ' \t ' }, { email: 'required' }],
    ['no @', { email: 'ada.example.com' }, { email: 'valid_email' }],
    ['two addresses', { email: 'ada@example.com,eve@example.com' }, { email: 'valid_email' }],
    ['a name beside the address', { email: 'Ada <ada@example.com>' }, { email: 'valid_email' }],
    ['a header in the address', { email: 'ada@example.com\r\nBcc: eve@example.com' }, { email: 'valid_email' }],
    ['markup in the address', { email: '"<script>"@example.com' }, { email: 'valid_email' }],
    ['a host without a dot', { email: 'ada@localhost' }, { email: 'valid_email' }],
    ['an address of 255 characters', { email: `${longest}x` }, { email: 'too_long' }],
    ['seven characters', { password: 'seven±c' }, { password: 'too_short' }],
    ['seven emoji, though they are 14 units', { password: '🔐🗝🚪🏠🔑🪟🧱' }, { password: 'too_short' }],
    ['129 characters', { password: 'ab-'.repeat(43) }, { password: 'too_long' }],
    ['a common password', { password: 'Password1' }, { password: 'common_password' }],
    ['a common password on a full-width keyboard', { password: 'ｐａｓｓｗｏｒｄ１' }, { password: 'common_password' }],
    ['the address as the password', { password: 'ADA@example.com' }, { password: 'same_as_email' }],
    ['the address with a sign put to it', { password: 'ada@example.com!' }, { password: 'common_password' }],
    ['a name of 101 emoji', { given_name: '😀'.repeat(101) }, { given_name: 'too_long' }],
    ['markup in a name', { given_name: '<img src=x>' }, { given_name: 'valid_characters' }],
    ['a NUL in a name', { family_name: 'By\0ron' }, { family_name: 'valid_characters' }],
    ['a line break in a name', { family_name: 'By\r\nron' }, { family_name: 'valid_characters' }],
    ['half a character', { given_name: 'Ada\ud83d' }, { given_name: 'valid_characters' }],
    [
      'everything that is wrong at once',
      { given_name: '<', family_name: '>', email: '@', password: 'x' },
      { given_name: 'valid_characters', family_name: 'valid_characters', email: 'valid_email', password: 'too_short' },
    ],
  ];
  for (const [title, form, errors] of refused) {
    it(`refuses ${title}`, () => assert.deepEqual(parseSignUp({ ...GOOD, ...form }), { errors }));
  }

  it('answers for whatever comes instead of a form', () => {
    fc.assert(
      fc.property(fc.oneof(fc.anything(), fc.record({ email: fc.anything(), password: fc.anything() })), (body) => {
        const parsed = parseSignUp(body);
        if ('form' in parsed) return;
        assert.ok(Object.keys(parsed.errors).length > 0);
        for (const field of Object.keys(parsed.errors)) assert.ok(Object.hasOwn(GOOD, field), field);
      }),
    );
  });
});

describe('signUp', () => {
  let realm: TestRealm;
  before(async () => {
    realm = await openTestRealm('production');
  });
  after(() => realm.close());

  const register = (form: Partial<SignUpForm>, throttle = new Throttle(undefined), address = '198.51.100.7') =>
    signUp({ ...realm, throttle }, { ...GOOD, ...form }, { address, locale: 'nl-BE' });

  it('makes an account that has proven nothing yet', async () => {
    const result = await register({ email: 'new@example.com' });
    assert.equal(result.outcome, 'signed-up');
    assert.equal(result.addressKnown, false);
    const account = await realm.rows.accounts.find(result.account.id);
    assert.ok(account);
    assert.equal(account.email, 'new@example.com');
    assert.equal(account.emailVerified, false);
    assert.equal(account.givenName, 'Ada');
    assert.equal(account.familyName, 'Byron');
    assert.equal(account.locale, 'nl-BE');
    assert.match(account.passwordHash ?? '', /^\$argon2id\$/);
  });

  it('leaves out names that were not given', async () => {
    const result = await register({ email: 'nameless@example.com', given_name: '', family_name: '' });
    assert.equal(result.outcome, 'signed-up');
    assert.ok(!('givenName' in result.account) && !('familyName' in result.account));
  });

  it('makes an account of its own for a known address, and says so to its mail only', async () => {
    const email = 'known@example.com';
    const owner = await register({ email });
    assert.equal(owner.outcome, 'signed-up');
    await realm.rows.accounts.markEmailVerified(owner.account.id, email);

    const stranger = await register({ email: 'KNOWN@example.com', password: 'a stranger’s own choice' });
    assert.equal(stranger.outcome, 'signed-up');
    assert.equal(stranger.addressKnown, true);
    assert.notEqual(stranger.account.id, owner.account.id);
    assert.equal(stranger.account.emailVerified, false);

    const [first] = await realm.rows.accounts.findByEmail(email);
    assert.equal(first?.id, owner.account.id);
    assert.equal(first?.passwordHash, owner.account.passwordHash, 'the owner’s password is as it was');
    const result = await signIn(realm, {
      email,
      password: GOOD.password,
      address: undefined,
      devices: [],
    });
    assert.equal(result.outcome === 'signed-in' && result.account.id, owner.account.id);
  });

  it('takes an address that nobody has proven for nobody’s', async () => {
    await register({ email: 'claimed@example.com' });
    const second = await register({ email: 'claimed@example.com', password: 'a stranger’s own choice' });
    assert.equal(second.outcome === 'signed-up' && second.addressKnown, false);
  });

  it('signs in who already has this very address and password', async () => {
    const first = await register({ email: 'again@example.com' });
    const second = await register({ email: 'Again@example.com', given_name: 'Somebody', family_name: 'Else' });
    assert.equal(second.outcome, 'signed-in');
    assert.equal(second.account.id, first.outcome === 'signed-up' && first.account.id);
    assert.equal(second.account.givenName, 'Ada');
  });

  it('does not sign a blocked account in', async () => {
    const { rows } = realm;
    const { outcome } = await register({ email: 'blocked@example.com' });
    assert.equal(outcome, 'signed-up');
    await realm.database.db
      .updateTable('accounts')
      .set({ blocked_at: 1 })
      .where('email_key', '=', 'blocked@example.com')
      .execute();
    const again = await register({ email: 'blocked@example.com' });
    assert.equal(again.outcome, 'signed-up');
    const [blocked] = await rows.accounts.findByEmail('blocked@example.com');
    assert.equal(blocked?.blocked, true);
    assert.notEqual(again.account.id, blocked.id);
  });

  it('never keeps the owner of an address out, whatever others have done with it', async () => {
    const throttle = new Throttle(undefined);
    const email = 'target@example.com';
    const mailed: boolean[] = [];
    for (let claim = 0; claim < 12; claim += 1) {
      const result = await register({ email, password: `a stranger’s choice ${claim}` }, throttle);
      assert.equal(result.outcome, 'signed-up');
      mailed.push(result.mayMail);
    }
    assert.deepEqual(mailed, [true, true, true, ...Array(9).fill(false)]);
    const owner = await register({ email: ' TARGET@example.com ' }, throttle, '203.0.113.5');
    assert.equal(owner.outcome, 'signed-up');
    assert.equal(owner.mayMail, true, 'the owner’s own network has mails of its own');
    // From yet another place.
    const attempt = { email, password: GOOD.password, address: '192.0.2.1', devices: [] };
    const back = await signIn({ ...realm, throttle }, attempt);
    assert.equal(back.outcome === 'signed-in' && back.account.id, owner.account.id);
  });

  it('mails one address twelve times a day, and then once for each network that has not had one', async () => {
    const throttle = new Throttle(undefined);
    let mails = 0;
    for (let network = 0; network < 6; network += 1) {
      for (let claim = 0; claim < 3; claim += 1) {
        const form = { email: 'flooded@example.com', password: `a stranger’s choice ${network} ${claim}` };
        const result = await register(form, throttle, `2001:db8:0:${network}00::1`);
        if (result.outcome === 'signed-up' && result.mayMail) mails += 1;
      }
    }
    assert.equal(mails, 12 + 2);
  });

  it('is no way to try passwords: beyond the tries of a network, the right one makes another account', async () => {
    const throttle = new Throttle(undefined);
    const email = 'guessed@example.com';
    const first = await register({ email }, throttle, '203.0.113.5');
    for (let guess = 0; guess < 12; guess += 1) {
      const result = await register({ email, password: `guess number ${guess}` }, throttle);
      assert.equal(result.outcome, 'signed-up');
    }
    const right = await register({ email }, throttle);
    assert.equal(right.outcome, 'signed-up');
    assert.notEqual(right.account.id, first.outcome === 'signed-up' && first.account.id);
  });

  it('is slowed for each network address', async () => {
    const throttle = new Throttle(undefined);
    const address = '198.51.100.99';
    for (let attempt = 0; attempt < 100; attempt += 1) await throttle.count('signUpByAddress', { address });
    assert.equal((await register({ email: 'late@example.com' }, throttle, address)).outcome, 'too_many_attempts');
    assert.equal((await register({ email: 'late@example.com' }, throttle, '203.0.113.7')).outcome, 'signed-up');
  });
});
