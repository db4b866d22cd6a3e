import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { SignupUser } from '../attempt/signup-flow.ts';
import { en } from '../strings/en.ts';
import type { own } from './fill/understand.ts';
import { wordsOf } from './fill/words.ts';
import { learn } from './rare-fields.ts';

const FIELDS = [
  {
    name: 'loyalty_number',
    type: 'text',
    label: { en: 'Loyalty number', de: 'Kundenkarte' },
    form_names: ['member id'],
  },
  { name: 'company', type: 'text', label: { en: 'Company' }, autocomplete: 'organization' },
  { name: 'tier', type: 'choice', label: { en: 'Tier' }, options: { gold: { en: 'Gold', de: 'Gülden' } } },
  { name: 'member_since', type: 'date', label: { en: 'Member since' } },
].map((field) => ({ autocomplete: 'off', form_names: [], options: {}, ...field }));
const USER: SignupUser = { iss: 'https://id.example', sub: 's', isNewUser: true };

async function learned(user: Partial<SignupUser>, answer: () => Promise<Response>, language = 'de') {
  const person: SignupUser = { ...USER, ...user };
  const understand: typeof own = {};
  const asked: string[] = [];
  const rows = await learn(
    person,
    {
      platform: 'https://id.example',
      ask: (url) => {
        asked.push(url);
        return answer();
      },
      strings: { ...en, language },
    },
    wordsOf,
    understand,
  );
  const find = (token: string, ...names: string[]) => {
    const texts = { label: '', head: '', aside: '', hint: '', shown: '', names: names.map(wordsOf) };
    return understand.find?.(token, texts);
  };
  return { person, rows: rows(person), asked, find };
}
const answering = async () => Response.json(FIELDS);

it('shows what was shared in the language of the button', async () => {
  const claims = { loyalty_number: 'LC-1', tier: 'gold', member_since: '2019-04-01', odd: 7, is_member: true };
  const { rows, asked, person } = await learned({ is_over_18: false, claims }, answering);
  assert.deepEqual(
    rows.map(({ label, value }) => [label, value]),
    [
      ['18 or older', 'No'],
      ['Kundenkarte', 'LC-1'],
      ['Tier', 'Gülden'],
      ['Member since', '1. April 2019'],
      ['odd', '7'],
      ['is_member', 'Yes'],
    ],
  );
  assert.deepEqual(asked, ['https://id.example/own-fields.json']);
  assert.equal(person.claimLabels?.['loyalty_number'], 'Kundenkarte');
});

it('asks the platform nothing about an age', async () => {
  const { rows, asked } = await learned({ is_over_21: true }, () => Promise.reject(new Error('asked')));
  assert.deepEqual(rows, [{ label: '21 or older', value: 'Yes' }]);
  assert.deepEqual(asked, []);
});

it('finds controls by all of a text, and by the name of HTML', async () => {
  const { find, person } = await learned({ claims: { loyalty_number: 'LC-1' } }, answering);
  for (const name of ['loyaltyNumber', 'loyalty_number', 'Kundenkarte', 'Member ID'])
    assert.equal(find('on', name)?.claim, 'loyalty_number', name);
  assert.equal(find('organization', 'org')?.claim, 'company');
  for (const name of ['loyalty', 'loyalty number of a friend', 'email', '']) assert.equal(find('on', name), undefined);
  assert.equal(find('off', 'org'), undefined);
  assert.deepEqual(find('on', 'loyalty_number')?.values(person, {}), ['LC-1']);
});

for (const [what, answer] of [
  ['is out of reach', () => Promise.reject(new TypeError('offline'))],
  ['answers an error', async () => new Response('', { status: 503 })],
  ['answers something else', async () => Response.json({ loyalty_number: 'Loyalty number' })],
] as const)
  it(`shows names when the platform ${what}`, async () => {
    const { rows } = await learned({ claims: { loyalty_number: 'LC-1' } }, answer);
    assert.deepEqual(rows, [{ label: 'loyalty_number', value: 'LC-1' }]);
  });
