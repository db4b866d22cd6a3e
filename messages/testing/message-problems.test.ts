import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { problemsOf } from './message-problems.ts';

const PLURAL = '{count, plural, one {# event} other {# events}}';

const good: readonly [text: string, tag: string, english?: string][] = [
  ['Cancel', 'en'],
  ['Say type="module" there', 'en'],
  ["Add 'self' or 'nonce-abc' to '<script>'", 'en'],
  [PLURAL, 'en'],
  ['{count, plural, =0 {none} one {#} other {#}}', 'de', PLURAL],
  ['{count, plural, one {#} few {#} many {#} other {#}}', 'pl', PLURAL],
  ['{count, plural, zero {#} one {#} two {#} few {#} many {#} other {#}}', 'ar', PLURAL],
  ['{count, plural, other {# 件}}', 'ja', PLURAL],
  ['{b} {a}', 'nl', '{a} {b}'],
  ['Sûr\u00a0? «\u202foui\u202f», Access-Control: *, https://example.com', 'fr'],
];

const bad: readonly (readonly [problem: RegExp, text: string, tag: string, english?: string])[] = [
  [/^is no ICU message/, '{count, plural, one {#}', 'en'],
  [/^is no ICU message/, '<terms>', 'en'],
  [/^is empty/, '', 'en'],
  [/white space/, 'Text\n', 'en'],
  [/straight quote/, "It's", 'en'],
  [/straight quote/, 'The "name"', 'en'],
  [/takes nothing, and English takes name \(plain\)/, 'Hallo', 'de', 'Hello, {name}'],
  [/takes name \(plain\), and English takes nothing/, 'Hallo, {name}', 'de', 'Hello'],
  [/takes terms \(plain\), and English takes terms \(tag\)/, '{terms}', 'de', '<terms>terms</terms>'],
  [/takes count \(plain\), and English takes count \(number\)/, '{count}', 'de', PLURAL],
  [/lacks "few", which pl has/, '{count, plural, one {#} many {#} other {#}}', 'pl', PLURAL],
  [/has "two", which en never asks for/, '{count, plural, one {#} two {#} other {#}}', 'en', PLURAL],
  [/lacks "two", which he has/, '<b>{x, select, other {{count, plural, one {#} other {#}}}}</b>', 'he'],
  ...['mot : x', 'mot: x', 'mot?', 'mot !', 'mot;', 'mot »', 'mot»', '« mot', '«mot', 'mot :\nx'].map(
    (text) => [/lacks a no-break space/, text, 'fr'] as const,
  ),
];

describe('messages', () => {
  for (const [text, tag, english] of good)
    it(`${JSON.stringify(text)} is good in ${tag}`, () => assert.deepEqual(problemsOf(text, tag, english), []));
  for (const [problem, text, tag, english] of bad)
    it(`${JSON.stringify(text)} in ${tag}: ${problem.source}`, () =>
      assert.match(problemsOf(text, tag, english).join('\n'), problem));
});
