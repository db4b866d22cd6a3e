import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readForms } from '../e2e/autofill/forms.ts';
import { judge, shortcomings } from '../e2e/autofill/judge.ts';
import { RECORDED } from '../e2e/autofill/recorded.ts';
import {
  compareSection,
  expectedPage,
  FORMS_HEADING,
  readPage,
  sectionIn,
  withoutVersions,
} from '../e2e/support/compatibility.ts';
import { CHROMIUM_ROWS, cellsOf } from '../e2e/support/delivery-matrix.ts';

describe('docs/compatibility.md', () => {
  const page = readPage();
  const [, major] = /^## Chromium (\d+)$/m.exec(page) ?? [];
  const cells = cellsOf(CHROMIUM_ROWS);
  const all = new Map(cells.map(({ id }) => [id, 'passed' as const]));

  it('is what the tests write when all of them pass', () => {
    assert.equal(withoutVersions(page), withoutVersions(expectedPage(sectionIn(page, FORMS_HEADING) ?? '')));
    for (const browser of ['Chromium', 'Firefox']) assert.match(page, new RegExp(`^## ${browser} \\d+$`, 'm'));
  });

  it('says what happened, whatever follows the first number of the version', () => {
    for (const version of [`${major}.0.1.2`, `${major}.9`])
      assert.equal(compareSection('Chromium', { version, results: all }, page), undefined);
  });

  it('is wrong when a cell is another, or the browser, and the run says how to write it', () => {
    const results = new Map([...all, [cells[0]?.id ?? '', 'failed' as const]]);
    const cell = compareSection('Chromium', { version: `${major}.0`, results }, page) ?? '';
    assert.match(cell, /^- \| `unsafe-none` \|.*`completed`/m);
    assert.match(cell, /^\+ \| `unsafe-none` \|.*\*\*does not work\*\*/m);
    assert.match(cell, /npm run compatibility/);
    const newer = compareSection('Chromium', { version: '999.0', results: all }, page) ?? '';
    assert.match(newer, new RegExp(`^- ## Chromium ${major}\n\\+ ## Chromium 999\n`, 'm'));
  });
});

describe('the forms of e2e/autofill', () => {
  const forms = readForms();

  it('are at least fifty in five languages, and each says what belongs in it', () => {
    assert.ok(forms.length >= 50);
    assert.ok(new Set(forms.map(({ language }) => language)).size >= 5);
    for (const { name, truths } of forms) assert.ok(truths.some(Boolean), name);
  });

  it('are those that Chromium filled', () => {
    assert.deepEqual(
      Object.entries(RECORDED.forms).map(([name, { digest }]) => `${name} ${digest}`),
      forms.map(({ name, digest }) => `${name} ${digest}`),
    );
  });

  it('show the browser no truth, and the element where it stands', () => {
    for (const form of forms) {
      const page = form.render('<the-element>', '<script>');
      assert.doesNotMatch(page, /data-truth/);
      assert.match(page, /<script><\/head>.*<the-element>/s);
    }
  });

  it('have the table of this page', () => {
    const rows = [...readPage().matchAll(/^\| ([\w-]+) \| ([\w-]+) \| \d/gm)].map(([, ...cells]) => cells.join(' '));
    assert.deepEqual(
      rows,
      forms.map(({ name, language }) => `${name} ${language}`),
    );
  });
});

describe('a filled form', () => {
  const form = { name: 'form', truths: [['+31 20 555 01'], ['Doe', ''], undefined, ['NL']] };
  const before = ['', '', '', 'US'].map((value, index) => ({ control: `c${index}`, value }));
  const filling = (...values: string[]) => ({ before, after: values.map((value, i) => ({ control: `c${i}`, value })) });
  const rows: readonly (readonly [string[], string[]])[] = [
    [
      ['+312055501', 'Doe', '', 'NL'],
      ['right', 'right', 'kept', 'right'],
    ],
    [
      ['', '', '', 'US'],
      ['missing', 'right', 'kept', 'missing'],
    ],
    [
      ['020 555 01', 'Jane', 'Doe', 'BE'],
      ['wrong', 'wrong', 'wrong', 'wrong'],
    ],
  ];
  for (const [values, outcomes] of rows) {
    it(`of ${JSON.stringify(values)} is ${outcomes.join(', ')}`, () => {
      assert.deepEqual(
        judge(form, filling(...values)).map(({ outcome }) => outcome),
        outcomes,
      );
    });
  }

  it('falls short of another where only that one is right, and wherever it is wrong', () => {
    const nothing = filling('', '', '', 'US');
    assert.deepEqual(shortcomings(form, nothing, nothing), []);
    assert.deepEqual(shortcomings(form, nothing, filling('+31 20 555 01', '', '', 'US')), [
      'c0 is "", not "+31 20 555 01"',
    ]);
    assert.deepEqual(shortcomings(form, filling('', '', 'Doe', 'US'), nothing), ['c2 is "Doe", not nothing new']);
  });

  it('of another page is an error', () => {
    assert.throws(() => judge(form, { before, after: [] }), /form has 4 controls before, 0 after, and 4 in its file/);
  });
});
