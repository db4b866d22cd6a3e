import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Claim, claimsOf, claimsOfField, type Field } from '@signup-with-platform/protocol';
import { BUILT_IN } from '../../domain/claims/catalogue.ts';
import type { InputProblem } from '../../domain/claims/field-descriptor.ts';
import { INPUTS, type InputName } from '../../domain/claims/fields.ts';
import type { ConsentRequest } from '../../domain/consent/consent-request.ts';
import type { Account, AccountProfile } from '../../storage/accounts.ts';
import { decide } from './consent.ts';

const NOBODY: Account = {
  id: 'a',
  emailVerified: false,
  blocked: false,
  signOutCount: 0,
  createdAt: new Date(0),
  updatedAt: new Date(0),
};
const ADA: Account = {
  ...NOBODY,
  email: 'ada@example.com',
  givenName: 'Ada',
  familyName: 'Byron',
  phoneNumber: '+44 20 7946 0018',
  address: { street_address: '12 St James’s Square', locality: 'London', country: 'GB' },
  locale: 'en-GB',
};
const ADDRESS = { street_address: '12 Canal Street', locality: 'Amsterdam', country: 'nl' };

/** `name!` is required, `name` optional. */
function openFields(...names: string[]): ConsentRequest['open'] {
  return names.map((name) => {
    const field = name.replace('!', '') as Field;
    return { field, required: name.endsWith('!'), claims: [...claimsOfField(field)] };
  });
}

interface Row {
  title: string;
  account: Account;
  open: ConsentRequest['open'];
  share?: string[];
  typed?: Partial<Record<InputName, string>>;
  granted?: Claim[];
  declined?: Claim[];
  profile?: AccountProfile;
  errors?: Partial<Record<InputName, InputProblem>>;
}

const rows: Row[] = [
  {
    title: 'shares what is required, ticked or not',
    account: ADA,
    open: openFields('name!', 'email!'),
    granted: claimsOf(['name', 'email']),
  },
  {
    title: 'does not share what is optional and not ticked',
    account: ADA,
    open: openFields('phone_number'),
    declined: claimsOf(['phone_number']),
  },
  {
    title: 'shares what is optional and ticked',
    account: ADA,
    open: openFields('phone_number', 'locale'),
    share: ['locale'],
    granted: ['locale'],
    declined: claimsOf(['phone_number']),
  },
  {
    title: 'shares the claims that were asked for, not the whole field',
    account: ADA,
    open: [{ field: 'name', required: true, claims: ['given_name'] }],
    granted: ['given_name'],
  },
  {
    title: 'ignores ticks for what was not asked',
    account: ADA,
    open: openFields('email!'),
    share: ['address', 'phone_number', 'constructor'],
    granted: claimsOf(['email']),
  },
  { title: 'decides nothing when nothing is open', account: ADA, open: [], share: ['email'] },
  {
    title: 'does not share what the account lacks and cannot be typed',
    account: NOBODY,
    open: openFields('picture', 'locale', 'email'),
    share: ['picture', 'locale', 'email'],
    declined: claimsOf(['email', 'picture', 'locale']),
  },
  {
    title: 'does not fail on a required field that the account lacks and that cannot be typed',
    account: NOBODY,
    open: openFields('picture!'),
    declined: ['picture'],
  },
  {
    title: 'wants a required field to be filled in',
    account: NOBODY,
    open: openFields('name!', 'phone_number!'),
    errors: { given_name: 'required', phone_number: 'required' },
  },
  {
    title: 'keeps and shares what was filled in',
    account: NOBODY,
    open: openFields('name!'),
    typed: { given_name: ' Ada ', family_name: 'Byron' },
    granted: claimsOf(['name']),
    profile: { givenName: 'Ada', familyName: 'Byron' },
  },
  {
    title: 'needs no family name',
    account: NOBODY,
    open: openFields('name!'),
    typed: { given_name: '李' },
    granted: claimsOf(['name']),
    profile: { givenName: '李' },
  },
  {
    title: 'takes a ticked field that was left empty for a refusal',
    account: NOBODY,
    open: openFields('address'),
    share: ['address'],
    declined: ['address'],
  },
  {
    title: 'does not keep what was typed and not ticked',
    account: NOBODY,
    open: openFields('phone_number'),
    typed: { phone_number: '+31 20 555 0101' },
    declined: claimsOf(['phone_number']),
  },
  {
    title: 'does not mind errors in what is not ticked',
    account: NOBODY,
    open: openFields('phone_number'),
    typed: { phone_number: 'nonsense' },
    declined: claimsOf(['phone_number']),
  },
  {
    title: 'puts an address together',
    account: NOBODY,
    open: openFields('address'),
    share: ['address'],
    typed: ADDRESS,
    granted: ['address'],
    profile: { address: { ...ADDRESS, country: 'NL' } },
  },
  {
    title: 'wants the whole of an address, once begun',
    account: NOBODY,
    open: openFields('address'),
    share: ['address'],
    typed: { postal_code: '1012 AB' },
    errors: { street_address: 'required', locality: 'required', country: 'required' },
  },
  {
    title: 'refuses a country that there is not',
    account: NOBODY,
    open: openFields('address'),
    share: ['address'],
    typed: { ...ADDRESS, country: 'XX' },
    errors: { country: 'valid_country' },
  },
  {
    title: 'refuses markup, and what is too long',
    account: NOBODY,
    open: openFields('address!'),
    typed: { ...ADDRESS, street_address: '<b>', locality: 'x'.repeat(201) },
    errors: { street_address: 'valid_characters', locality: 'too_long' },
  },
  {
    title: 'refuses a number that is none',
    account: NOBODY,
    open: openFields('phone_number!'),
    typed: { phone_number: '12' },
    errors: { phone_number: 'valid_phone_number' },
  },
  {
    title: 'does not let a form change what the account knows',
    account: ADA,
    open: openFields('name!', 'phone_number'),
    share: ['phone_number'],
    typed: { given_name: 'Eve', phone_number: '+1 212 555 0100' },
    granted: claimsOf(['name', 'phone_number']),
    profile: {},
  },
  {
    title: 'asks for the part of a name that is asked for',
    account: { ...NOBODY, familyName: 'Byron' },
    open: [{ field: 'name', required: true, claims: ['given_name'] }],
    typed: { given_name: 'Ada' },
    granted: ['given_name'],
    profile: { givenName: 'Ada' },
  },
];

describe('decide', () => {
  for (const {
    title,
    account,
    open,
    share = [],
    typed = {},
    granted = [],
    declined = [],
    profile = {},
    errors,
  } of rows) {
    it(title, () => {
      const empty = Object.fromEntries(INPUTS.map(({ name }) => [name, ''])) as Record<InputName, string>;
      const decision = decide(
        { account, request: { asked: [], open, alreadyShared: [] } },
        { ...empty, ...typed, share },
        BUILT_IN,
      );
      if (errors) assert.deepEqual(decision, { errors });
      else {
        assert.ok('granted' in decision, JSON.stringify(decision));
        assert.deepEqual([...decision.granted].sort(), [...granted].sort());
        assert.deepEqual([...decision.declined].sort(), [...declined].sort());
        assert.deepEqual(decision.profile, profile);
      }
    });
  }
});
