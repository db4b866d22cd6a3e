import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { en } from './en.ts';
import { LANGUAGES } from './pick-strings.ts';

/** Every string by its path. */
function flatten(value: unknown, path = ''): Map<string, string> {
  if (typeof value === 'string') return new Map([[path, value]]);
  return new Map(
    Object.entries(value as Record<string, unknown>).flatMap(([key, inner]) => [...flatten(inner, `${path}.${key}`)]),
  );
}

function placeholders(text: string): string[] {
  return [...text.matchAll(/\{(\w+)\}/g)].map(([match]) => match).sort();
}

const english = flatten(en);

for (const { tag, direction, strings } of LANGUAGES.values()) {
  describe(`strings in ${tag}`, () => {
    const flat = flatten(strings);

    test('have the keys of English', () => {
      assert.deepEqual([...flat.keys()].sort(), [...english.keys()].sort());
    });

    test('have the placeholders of English', () => {
      for (const [path, text] of flat)
        assert.deepEqual(placeholders(text), placeholders(english.get(path) ?? ''), path);
    });

    test('are filled in, and are text', () => {
      for (const [path, text] of flat) {
        assert.notEqual(text.trim(), '', path);
        assert.doesNotMatch(text, /[<>&]/, path);
      }
    });

    test('say which way they run', () => {
      assert.equal(direction, new Set(['ar', 'fa', 'he', 'ur']).has(tag) ? 'rtl' : 'ltr');
    });

    test('name no account in what a failed sign-in says', () => {
      const text = strings.signIn.errors.invalid_credentials;
      assert.doesNotMatch(text, /account|konto|compte|cuenta|حساب/i);
    });
  });
}

test('nothing but the password is called so in English, for whoever looks for it by its label', () => {
  const labels = { ...en.inputs, ...en.fields, email: en.signIn.email, show: en.password.show, hide: en.password.hide };
  for (const label of Object.values(labels)) assert.doesNotMatch(label, /password/i);
});
