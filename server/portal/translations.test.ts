import assert from 'node:assert/strict';
import { globSync } from 'node:fs';
import { dirname } from 'node:path';
import { describe, it } from 'node:test';
import { LANGUAGES } from '../strings/pick-strings.ts';
import { translations } from './translations.ts';

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

async function stringsOf(folder: string, tag: string): Promise<Map<string, string>> {
  const module = (await import(`${folder}/${tag}.ts`)) as Record<string, unknown>;
  return flatten(module[tag]);
}

const folders = globSync('**/strings/en.ts', { cwd: import.meta.dirname }).map((file) => `./${dirname(file)}`);

describe('what the portal says', () => {
  it('is found', () => assert.ok(folders.length > 3));

  for (const folder of folders) {
    for (const tag of LANGUAGES.keys()) {
      it(`${folder} in ${tag} has the keys and placeholders of English`, async () => {
        const [english, own] = [await stringsOf(folder, 'en'), await stringsOf(folder, tag)];
        assert.deepEqual([...own.keys()].sort(), [...english.keys()].sort());
        for (const [path, text] of own) {
          assert.deepEqual(placeholders(text), placeholders(english.get(path) ?? ''), path);
          assert.notEqual(text.trim(), '', path);
        }
      });
    }
  }

  it('is English where a language is not known', () => {
    const pick = translations({ en: 'en', nl: 'nl', de: 'de', fr: 'fr', es: 'es', ar: 'ar' });
    assert.equal(pick({ tag: 'nl' }), 'nl');
    assert.equal(pick({ tag: 'constructor' }), 'en');
  });
});
