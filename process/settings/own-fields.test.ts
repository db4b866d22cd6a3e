import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { OWN_FIELDS } from '../../server/testing/own-fields.ts';
import { temporaryDirectory } from '../../server/testing/temporary-directory.ts';
import { languagesLacking, ownFieldsOf, PROTOCOL_NAMES } from './own-fields.ts';
import { SettingError } from './setting.ts';

const TAKEN = { names: ['email', ...PROTOCOL_NAMES], languages: ['en', 'de', 'ar'] };
const FIELD = { name: 'loyalty_number', type: 'text', label: 'Loyalty number' };
const read = (...fields: unknown[]) => ownFieldsOf(JSON.stringify(fields, undefined, 1), TAKEN);

describe('ownFieldsOf', () => {
  it('reads what it may leave out', () => {
    assert.deepEqual(read(FIELD), [
      {
        ...{ name: 'loyalty_number', type: 'text', label: { en: 'Loyalty number' }, scope: 'loyalty_number' },
        ...{ editable: true, needsApproval: false, autocomplete: 'off', formNames: [], formerly: [] },
        ...{ maxLength: 100, pattern: undefined, options: {}, example: undefined },
        ...{ min: Number.MIN_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER },
      },
    ]);
  });

  it('reads a field of each type, and a file of them', () => {
    const path = join(temporaryDirectory(), 'fields.json');
    writeFileSync(path, OWN_FIELDS);
    const fields = ownFieldsOf(path, TAKEN);
    assert.deepEqual(fields, ownFieldsOf(OWN_FIELDS, TAKEN));
    assert.deepEqual([...new Set(fields.map(({ type }) => type))], ['text', 'number', 'boolean', 'date', 'choice']);
  });

  it('says in which languages a field has no words', () => {
    const [loyalty, , company] = ownFieldsOf(OWN_FIELDS, TAKEN);
    assert.ok(loyalty && company);
    assert.deepEqual(languagesLacking(loyalty, TAKEN.languages), []);
    assert.deepEqual(languagesLacking(company, TAKEN.languages), ['de', 'ar']);
  });

  for (const [what, fields, problem] of [
    ['the name of a claim', [{ ...FIELD, name: 'email' }], /^line 2, \[0\]\.name is the name of something else$/],
    ['a name of the protocol', [{ ...FIELD, name: 'nonce' }], /is the name of something else/],
    ['a name of every object', [{ ...FIELD, name: 'constructor' }], /is the name of something else/],
    ['a name in capitals', [{ ...FIELD, name: 'Loyalty' }], /\[0\]\.name must be 4 to 40 letters/],
    ['the same name twice', [FIELD, FIELD], /line 7, \[1\]\.name loyalty_number is there twice/],
    [
      'an earlier name that is another field',
      [FIELD, { ...FIELD, name: 'card', formerly: ['loyalty_number'] }],
      /twice/,
    ],
    ['an unknown key', [{ ...FIELD, lable: 'x' }], /\[0\]\.lable is not known/],
    ['an unknown type', [{ ...FIELD, type: 'string' }], /\[0\]\.type must be one of text, number/],
    ['no label', [{ name: 'card', type: 'text' }], /\[0\]\.label/],
    ['a label without English', [{ ...FIELD, label: { de: 'Karte' } }], /\[0\]\.label/],
    [
      'a label in a language that there is not',
      [{ ...FIELD, label: { en: 'Card', xx: 'Card' } }],
      /\.label\.xx is not known/,
    ],
    ['markup in a label', [{ ...FIELD, label: '<b>Card</b>' }], /must be one line without markup/],
    ['a label that turns around', [{ ...FIELD, label: 'Card\u202e' }], /must be one line without markup/],
    ['a pattern that may take forever', [{ ...FIELD, pattern: '(a+)+' }], /\[0\]\.pattern has at character 1/],
    ['a key of another type', [{ ...FIELD, min: 1 }], /\[0\]\.min is for fields of the type number/],
    ['a choice without choices', [{ ...FIELD, type: 'choice' }], /\.options must name at least one choice/],
    ['limits that leave nothing', [{ ...FIELD, type: 'number', min: 2, max: 1 }], /\.min is greater than max/],
    ['the scope of every request', [{ ...FIELD, scope: 'openid' }], /\.scope must be another one/],
  ] as const)
    it(`refuses ${what}, with line, field and key`, () =>
      assert.throws(
        () => read(...fields),
        (error) => (error instanceof SettingError && problem.test(error.message) ? true : assert.fail(String(error))),
      ));

  it('refuses more than fits into a credential', () => {
    const long = (at: number) => ({ ...FIELD, name: `field_${at}`, max_length: 500 });
    assert.equal(read(...[1, 2, 3, 4].map(long)).length, 4);
    assert.throws(() => read(...[1, 2, 3, 4, 5].map(long)), /up to 2500 characters together/);
  });

  it('refuses what is no list, no JSON and no file', () => {
    assert.throws(() => ownFieldsOf('[{]', TAKEN), /is not valid JSON/);
    assert.throws(() => ownFieldsOf('/no/such/file', TAKEN), /a file that can be read/);
    assert.throws(
      () => read(...Array.from({ length: 21 }, (_, at) => ({ ...FIELD, name: `field_${at}` }))),
      /at most 20/,
    );
  });
});
