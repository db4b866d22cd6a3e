import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ApiError } from '../api-error.ts';
import { type Parameters, schemaOf } from './parameters.ts';
import { matches, maxLength, minLength, nameCharacters, validEmail } from './rules.ts';
import { validate } from './validate.ts';

const PARAMETERS: Parameters = {
  email: { description: 'E.', required: true, rules: [validEmail, maxLength(20)] },
  password: { description: 'P.', required: true, rules: [minLength(3)] },
  password_confirmation: { description: 'C.', rules: [matches('password')] },
  name: { description: 'N.', rules: [minLength(2), nameCharacters], whenEmpty: 'remove' },
  nickname: { description: 'K.', rules: [], whenEmpty: 'refuse' },
  roles: { description: 'R.', type: 'roles', rules: [] },
  active: { description: 'A.', type: 'boolean', rules: [] },
};
const GOOD = { email: 'a@example.com', password: 'abc' };

function broken(body: unknown): string[] {
  try {
    validate(PARAMETERS, body);
  } catch (error) {
    if (error instanceof ApiError && error.failedRules) {
      return error.failedRules.map(({ parameter, rule }) => `${parameter} ${rule}`);
    }
    throw error;
  }
  return [];
}

describe('validating a body', () => {
  it('gives what was sent, trimmed but for passwords, and nothing else', () => {
    const body = { ...GOOD, email: ' a@example.com ', password: ' ab ', password_confirmation: ' ab ', other: 1 };
    assert.deepEqual(validate(PARAMETERS, body), {
      email: 'a@example.com',
      password: ' ab ',
      password_confirmation: ' ab ',
    });
  });

  it('lists all that is broken, in the order of the documentation', () => {
    assert.deepEqual(broken({ name: '<', password: 'a', email: 'x'.repeat(21), password_confirmation: 'b' }), [
      'email valid_email',
      'email max_length[20]',
      'password min_length[3]',
      'password_confirmation matches[password]',
      'name min_length[2]',
      'name valid_characters',
    ]);
  });

  it('has no further rule for what is missing', () => {
    for (const missing of [undefined, null, '', '  ']) {
      assert.deepEqual(broken({ email: missing, password: 'abc' }), ['email required']);
    }
    assert.deepEqual(broken({ ...GOOD, password: '   ' }), [], 'spaces are characters of a password');
    assert.deepEqual(broken({ ...GOOD, password: '' }), ['password required']);
  });

  it('looks at each field by itself', () => {
    assert.deepEqual(broken({ password_confirmation: 'abc' }), [
      'email required',
      'password required',
      'password_confirmation matches[password]',
    ]);
  });

  it('tells empty from absent where that matters', () => {
    for (const empty of [null, '', ' ']) {
      assert.equal(validate(PARAMETERS, { ...GOOD, name: empty })['name'], null);
      assert.deepEqual(broken({ ...GOOD, nickname: empty }), ['nickname required']);
    }
    assert.ok(!('name' in validate(PARAMETERS, GOOD)));
  });

  it('reads booleans however they are written, and nothing into what is none', () => {
    for (const yes of [true, 'true', '1']) assert.equal(validate(PARAMETERS, { ...GOOD, active: yes })['active'], true);
    for (const no of [false, 'false', '0'])
      assert.equal(validate(PARAMETERS, { ...GOOD, active: no })['active'], false);
    for (const neither of ['yes', 'no', 1, 0, [], {}]) {
      assert.deepEqual(broken({ ...GOOD, active: neither }), ['active valid_characters']);
    }
  });

  it('reads roles as a list or a text', () => {
    for (const roles of [['a', 'b'], 'a,b', ' a , b , a ']) {
      assert.deepEqual(validate(PARAMETERS, { ...GOOD, roles })['roles'], ['a', 'b']);
    }
    for (const roles of [[1], [['a']], ['a,b'], 5, {}, true]) {
      assert.deepEqual(broken({ ...GOOD, roles }), ['roles valid_characters']);
    }
  });

  it('takes objects only', () => {
    for (const body of [null, [], 'text', 5, true]) {
      assert.throws(() => validate(PARAMETERS, body), { status: 400, code: 'invalid_request' });
    }
  });

  it('is documented by the same rules', () => {
    const { required, properties } = schemaOf(PARAMETERS) as {
      required: string[];
      properties: Record<string, Record<string, unknown>>;
    };
    assert.deepEqual(required, ['email', 'password']);
    assert.deepEqual([properties['email']?.['format'], properties['email']?.['maxLength']], ['idn-email', 20]);
    assert.deepEqual(properties['name']?.['type'], ['string', 'null']);
    assert.equal(properties['active']?.['type'], 'boolean');
  });
});
