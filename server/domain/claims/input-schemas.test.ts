import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { NAMES } from '../../../scripts/testing/hostile-inputs.ts';
import { cleanText } from '../values/shown-text.ts';
import {
  addressLineSchema,
  addressLinesSchema,
  countrySchema,
  nameSchema,
  phoneNumberSchema,
} from './input-schemas.ts';

type Schema = typeof nameSchema;
const accepted = (schema: Pick<Schema, 'safeParse'>, text: string) => {
  const parsed = schema.safeParse(text);
  return parsed.success ? parsed.data : undefined;
};
const problem = (schema: Pick<Schema, 'safeParse'>, text: string) => schema.safeParse(text).error?.issues[0]?.message;

/** Any text, of any mixture of planes, lone surrogates included. */
const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.string({ unit: 'grapheme', maxLength: 300 }),
  fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 50 }).map((units) => String.fromCharCode(...units)),
);

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are exactly what must not get through
const HARMFUL = /[\u0000-\u001f\u007f-\u009f\u2028\u2029<>]/u;

for (const [name, schema, maxLength] of [
  ['nameSchema', nameSchema, 100],
  ['addressLineSchema', addressLineSchema, 200],
] as const) {
  describe(name, () => {
    it('lets nothing harmful through, whatever comes in', () => {
      fc.assert(
        fc.property(anyText, (text) => {
          const value = accepted(schema, text);
          if (value === undefined) return;
          assert.doesNotMatch(value, HARMFUL);
          assert.ok(value.isWellFormed());
          assert.ok([...value].length <= maxLength);
          assert.equal(value, cleanText(text));
        }),
      );
    });

    it('takes its own results as they are', () => {
      fc.assert(
        fc.property(anyText, (text) => {
          const value = accepted(schema, text);
          if (value !== undefined) assert.equal(accepted(schema, value), value);
        }),
      );
    });

    it(`takes ${maxLength} code points and not one more`, () => {
      for (const letter of ['a', 'Ł', '李', '😀']) {
        assert.equal(accepted(schema, letter.repeat(maxLength)), letter.repeat(maxLength));
        assert.equal(problem(schema, letter.repeat(maxLength + 1)), 'too_long');
      }
    });

    for (const text of [
      'Łukasz',
      "O'Brien",
      'O’Brien',
      '李',
      'ليلى الخطيب',
      'José María',
      'Jean-Luc',
      'X Æ A-12',
      '👩‍🚀',
      'Dr. J. & Sons',
      '',
    ])
      it(`takes ${JSON.stringify(text)}`, () => assert.equal(accepted(schema, ` ${text} `), text));

    for (const text of [
      '<b>Ada</b>',
      'a<',
      'a>b',
      'A\u0000da',
      'A\nda',
      'A\tda',
      'A\u0085da',
      'A\u2028da',
      'A\ud83dda',
      '\udc00',
    ])
      it(`refuses ${JSON.stringify(text)}`, () => assert.equal(problem(schema, text), 'valid_characters'));
  });
}

describe('addressLinesSchema', () => {
  it('keeps lines, whichever way they end', () => {
    assert.equal(accepted(addressLinesSchema, ' 12 Canal Street\r\nApartment 4\n'), '12 Canal Street\nApartment 4');
  });

  it('checks each line', () => {
    assert.equal(problem(addressLinesSchema, `12 Canal Street\n${'x'.repeat(201)}`), 'too_long');
    assert.equal(problem(addressLinesSchema, '12 Canal Street\n<script>'), 'valid_characters');
    assert.equal(problem(addressLinesSchema, 'a\rb'), 'valid_characters');
  });

  it('takes six lines and not one more', () => {
    assert.ok(accepted(addressLinesSchema, 'x\n'.repeat(5).concat('x')));
    assert.equal(problem(addressLinesSchema, 'x\n'.repeat(6).concat('x')), 'too_long');
  });

  it('lets nothing harmful through but line breaks', () => {
    fc.assert(
      fc.property(fc.array(anyText, { maxLength: 4 }), (lines) => {
        const value = accepted(addressLinesSchema, lines.join('\n'));
        if (value !== undefined) assert.doesNotMatch(value.replaceAll('\n', ''), HARMFUL);
      }),
    );
  });
});

describe('nameSchema', () => {
  for (const { input, value, what } of NAMES.understood)
    it(`takes ${JSON.stringify(input).slice(0, 60)}: ${what}`, () => assert.equal(accepted(nameSchema, input), value));
  for (const { input, refusal, what } of NAMES.refused)
    it(`refuses ${JSON.stringify(input).slice(0, 60)}: ${what}`, () =>
      assert.equal(problem(nameSchema, input), refusal));
});

describe('phoneNumberSchema', () => {
  for (const text of ['', '+31 20 555 0101', '020-5550101', '(020) 555.01.01', '12345', '+123456789012345'])
    it(`takes ${JSON.stringify(text)}`, () => assert.equal(accepted(phoneNumberSchema, ` ${text}\n`), text));

  for (const text of [
    '1234',
    '1234567890123456',
    '++31205550101',
    '31+205550101',
    '+31 20\n5550101',
    'call me',
    '+31 20 555 0101 ext. 4',
  ])
    it(`refuses ${JSON.stringify(text)}`, () => assert.equal(problem(phoneNumberSchema, text), 'valid_phone_number'));

  it('never lets more through than digits and what groups them', () => {
    fc.assert(
      fc.property(fc.oneof(anyText, fc.string({ unit: fc.constantFrom(...'0123456789+ ().-\n\t\u00a0') })), (text) => {
        const value = accepted(phoneNumberSchema, text);
        if (value) assert.match(value, /^\+?[\d ().-]{5,40}$/);
      }),
    );
  });
});

describe('countrySchema', () => {
  it('takes a code in any case, and none', () => {
    assert.equal(accepted(countrySchema, 'nl '), 'NL');
    assert.equal(accepted(countrySchema, ''), '');
  });

  it('refuses whatever is not two letters', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const value = accepted(countrySchema, text);
        if (value === undefined) assert.equal(problem(countrySchema, text), 'valid_country');
        else assert.match(value, /^([A-Z]{2})?$/);
      }),
    );
    for (const text of ['N', 'NLD', 'N1', 'Nederland', '31'])
      assert.equal(problem(countrySchema, text), 'valid_country');
  });
});
