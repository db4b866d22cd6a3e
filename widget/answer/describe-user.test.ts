import assert from 'node:assert/strict';
import { test } from 'node:test';
import { en } from '../strings/en.ts';
import { describeUser, displayName, formatAddress } from './describe-user.ts';

const nobody = { iss: 'https://platform.example', sub: 'u', isNewUser: false };

test('only shared values have a row', () => {
  assert.deepEqual(describeUser(nobody, en), []);
  assert.deepEqual(describeUser({ ...nobody, given_name: 'Ada', family_name: 'Lovelace' }, en), [
    { label: 'Name', value: 'Ada Lovelace' },
  ]);
});

test('an unconfirmed email address has a note', () => {
  const email = 'ada@example.org';
  assert.deepEqual(describeUser({ ...nobody, email, email_verified: false }, en), [
    { label: 'Email', value: email, note: 'not confirmed' },
  ]);
  assert.deepEqual(describeUser({ ...nobody, email, email_verified: true }, en), [{ label: 'Email', value: email }]);
});

test('a date is written out in the language of the page', () => {
  const rows = describeUser({ ...nobody, birthdate: '1990-05-01' }, en, 'en');
  assert.deepEqual(rows, [{ label: 'Date of birth', value: 'May 1, 1990' }]);
});

test('an address that the platform did not format is formatted', () => {
  const address = {
    street_address: 'Keizersgracht 1\n2nd floor',
    postal_code: '1015 CJ',
    locality: 'Amsterdam',
    country: 'NL',
  };
  assert.equal(formatAddress(address, 'en'), 'Keizersgracht 1\n2nd floor\n1015 CJ Amsterdam\nNetherlands');
  assert.equal(formatAddress({ ...address, formatted: 'as it is' }), 'as it is');
  assert.equal(formatAddress({}), '');
});

test('unknown codes are returned unchanged', () => {
  assert.equal(displayName('region', 'NL', 'nl'), 'Nederland');
  assert.equal(displayName('region', 'Narnia', 'en'), 'Narnia');
  assert.equal(displayName('language', '!', 'not a tag!'), '!');
});
