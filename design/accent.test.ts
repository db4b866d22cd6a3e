import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { accentContrast, accentTokens, contrastOf, lightenForDark, MIN_TEXT_CONTRAST } from './accent.ts';
import * as tokens from './tokens.ts';

const schemesOf = (value: string) =>
  /light-dark\((#[\da-f]{6}),(#[\da-f]{6})\)/.exec(value)?.slice(1) ?? assert.fail(value);

describe('an accent', () => {
  it('has the contrast that WCAG gives', () => {
    assert.equal(contrastOf('#000000', '#ffffff'), 21);
    assert.equal(contrastOf('#ffffff', '#ffffff'), 1);
    assert.equal(contrastOf('#767676', '#ffffff').toFixed(2), '4.54');
  });

  // A teal, a red, a green of banks, an orange at the edge, ink, and our own.
  for (const light of ['#0b7285', '#b3261e', '#1b5e20', '#a84300', '#111111', '#3346d3']) {
    it(`${light} is legible in each of its roles, in both schemes`, () => {
      const accent = { light, dark: lightenForDark(light) };
      assert.ok(accentContrast(accent.light, 'light') >= MIN_TEXT_CONTRAST, 'a sample');
      assert.ok(accentContrast(accent.dark, 'dark') >= MIN_TEXT_CONTRAST);
      const made = accentTokens(accent);
      const pairs: [text: string, on: string][] = [
        [made.COLOR_ACCENT, tokens.COLOR_SURFACE],
        [made.COLOR_ACCENT, tokens.COLOR_SURFACE_SUBTLE],
        [made.COLOR_ACCENT, made.COLOR_ACCENT_SUBTLE],
        [made.COLOR_ACCENT_HOVER, tokens.COLOR_SURFACE_SUBTLE],
        [made.COLOR_ON_ACCENT, made.COLOR_ACCENT],
        [made.COLOR_ON_ACCENT, made.COLOR_ACCENT_HOVER],
      ];
      for (const [text, on] of pairs) {
        for (const scheme of [0, 1]) {
          const [color = '', ground = ''] = [schemesOf(text)[scheme], schemesOf(on)[scheme]];
          assert.ok(contrastOf(color, ground) >= MIN_TEXT_CONTRAST, `${color} on ${ground}`);
        }
      }
    });
  }

  it('has the names of the tokens that it replaces', () => {
    for (const name of Object.keys(accentTokens({ light: '#3346d3', dark: '#aeb9ff' })))
      assert.ok(name in tokens, name);
  });
});
