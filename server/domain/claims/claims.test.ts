import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { CLAIMS, CLAIMS_OF_SCOPE } from '@signup-with-platform/protocol';
import type { Account } from '../../storage/accounts.ts';
import { accountClaims } from './claims.ts';

const BARE: Account = {
  id: 'a',
  emailVerified: false,
  blocked: false,
  signOutCount: 0,
  createdAt: new Date(0),
  updatedAt: new Date(0),
};

describe('accountClaims', () => {
  it('says everything that is known', () => {
    const address = { street_address: '12 Canal Street', locality: 'Amsterdam', country: 'NL' };
    const claims = accountClaims({
      ...BARE,
      email: 'jane@example.com',
      emailVerified: true,
      givenName: 'Jane',
      familyName: 'Doe',
      phoneNumber: '+31 20 555 0101',
      verifiedPhoneNumber: '+31 20 555 0101',
      address,
      birthdate: '1990-05-17',
      locale: 'nl-NL',
      picture: 'https://pictures.example/jane.png',
      passwordHash: '$argon2id$secret',
      persona: 'complete',
    });
    assert.deepEqual(claims, {
      name: 'Jane Doe',
      given_name: 'Jane',
      family_name: 'Doe',
      email: 'jane@example.com',
      email_verified: true,
      phone_number: '+31 20 555 0101',
      phone_number_verified: true,
      address,
      birthdate: '1990-05-17',
      is_over_16: true,
      is_over_18: true,
      is_over_21: true,
      locale: 'nl-NL',
      picture: 'https://pictures.example/jane.png',
    });
    assert.deepEqual(Object.keys(claims).sort(), [...CLAIMS].sort());
  });

  it('leaves out what is not known, instead of null or empty text', () => {
    assert.deepEqual(accountClaims(BARE), {});
    assert.deepEqual(accountClaims({ ...BARE, givenName: '', familyName: '' }), {});
  });

  it('makes a name of the part that is there', () => {
    assert.deepEqual(accountClaims({ ...BARE, familyName: '李' }), { name: '李', family_name: '李' });
  });

  it('says that another number than the verified one is not verified', () => {
    const claims = accountClaims({ ...BARE, phoneNumber: '+31 20 555 0102', verifiedPhoneNumber: '+31 20 555 0101' });
    assert.deepEqual(claims, { phone_number: '+31 20 555 0102', phone_number_verified: false });
  });

  it('says nothing of a number that is verified and gone', () =>
    assert.deepEqual(accountClaims({ ...BARE, verifiedPhoneNumber: '+31 20 555 0101' }), {}));

  it('says that an address is not verified', () => {
    assert.deepEqual(accountClaims({ ...BARE, email: 'a@example.com' }), {
      email: 'a@example.com',
      email_verified: false,
    });
  });
});

it('every claim belongs to one scope', () => {
  assert.deepEqual(Object.values(CLAIMS_OF_SCOPE).flat().sort(), [...CLAIMS].sort());
});
