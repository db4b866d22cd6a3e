import assert from 'node:assert/strict';
import { it } from 'node:test';
import { nameKey } from './name-key.ts';

it('A name is looked up without case, accents and superfluous spaces', () => {
  const same: readonly (readonly [string, ...string[]])[] = [
    ['zoe', 'Zoë', 'ZOË', 'Zoe\u0308', '  zoe '],
    ['lukasiewicz', 'Łukasiewicz', 'ŁUKASIEWICZ', 'lukasiewicz'],
    ['strasser', 'Straßer', 'STRASSER'],
    ['isik', 'Işık', 'IŞIK', 'ışık'],
    ['οδυσσευσ', 'Οδυσσεύς', 'ΟΔΥΣΣΕΥΣ'],
    ['van der berg', 'van  der\tBerg', 'Van Der Berg'],
    ['sørensen'.replace('ø', 'o'), 'Sørensen', 'SØRENSEN'],
    ['山田', '山田'],
  ];
  for (const [key, ...names] of same) for (const name of names) assert.equal(nameKey(name), key, name);
  assert.equal(nameKey(' \u0301 '), null);
});

it('A key is bounded, and has no half of a letter at its end', () => {
  const key = nameKey(`${'a'.repeat(199)}😀`) ?? '';
  assert.equal(key.length, 200);
  assert.ok(key.isWellFormed());
});
