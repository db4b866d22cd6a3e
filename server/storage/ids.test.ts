import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { hashSecret, randomAlphanumerics, randomId, secretMatches } from './ids.ts';

describe('randomId', () => {
  it('carries 128 bits unless told otherwise, in characters that a URL leaves as they are', () => {
    assert.match(randomId(), /^[A-Za-z0-9_-]{22}$/);
    assert.match(randomId(32), /^[A-Za-z0-9_-]{43}$/);
  });

  it('does not repeat', () => {
    assert.equal(new Set(Array.from({ length: 1_000 }, () => randomId())).size, 1_000);
  });
});

describe('randomAlphanumerics', () => {
  it('has exactly the length that is asked for', () => {
    for (const length of [0, 1, 22, 32, 40, 257]) assert.equal(randomAlphanumerics(length).length, length);
  });

  it('uses all letters and digits, and nothing else', () => {
    const text = randomAlphanumerics(20_000);
    assert.match(text, /^[A-Za-z0-9]+$/);
    assert.equal(new Set(text).size, 62);
  });

  it('favours none of them', () => {
    const LENGTH = 124_000;
    const counts = new Map<string, number>();
    for (const character of randomAlphanumerics(LENGTH)) counts.set(character, (counts.get(character) ?? 0) + 1);
    // Taking bytes modulo 62 would give the first eight letters a quarter more than 2 000; 8 standard deviations are 18 %.
    for (const [character, count] of counts) assert.ok(Math.abs(count - LENGTH / 62) < 360, `${character}: ${count}`);
  });
});

describe('secretMatches', () => {
  const secret = randomAlphanumerics(40);

  it('accepts the secret whose hash is stored', () => {
    assert.equal(secretMatches(secret, hashSecret(secret)), true);
    assert.equal(secretMatches('Zoë’s sécret', hashSecret('Zoë’s sécret')), true);
  });

  it('refuses another value, another length and another case', () => {
    for (const wrong of ['', secret.slice(1), `${secret}x`, ` ${secret}`, 'x'.repeat(40), hashSecret(secret)]) {
      assert.equal(secretMatches(wrong, hashSecret(secret)), false, wrong);
    }
    assert.equal(secretMatches('Secret', hashSecret('secret')), false);
  });

  it('refuses, without failing, a stored hash that is none', () => {
    for (const hash of ['', 'x', secret, `${hashSecret(secret)}=`]) assert.equal(secretMatches(secret, hash), false);
  });

  it('compares with SHA-256 in base64url, which is what the rows hold', () => {
    assert.equal(hashSecret('abc'), 'ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0');
  });
});
