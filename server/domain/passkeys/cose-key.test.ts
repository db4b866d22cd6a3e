import assert from 'node:assert/strict';
import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { describe, it } from 'node:test';
import { isPasskeyKey } from './cose-key.ts';

type Jwk = Record<string, string | undefined>;
const bytes = (base64url = '') => Buffer.from(base64url, 'base64url');
const text = (content: Buffer) =>
  Buffer.concat([
    content.length < 256
      ? Buffer.from([0x58, content.length])
      : Buffer.from([0x59, content.length >> 8, content.length & 255]),
    content,
  ]);
const ec = ({ x, y }: Jwk) => Buffer.concat([bytes('pQECAyYgASFYIA'), bytes(x), Buffer.from([0x22]), text(bytes(y))]);
const jwk = ({ publicKey }: { publicKey: KeyObject }) => publicKey.export({ format: 'jwk' }) as Jwk;
const EC = jwk(generateKeyPairSync('ec', { namedCurve: 'P-256' }));
const ED = jwk(generateKeyPairSync('ed25519'));
const ed = Buffer.concat([Buffer.from([0xa4, 1, 1, 3, 0x27, 0x20, 6, 0x21]), text(bytes(ED.x))]);
const rsa = (bits: number) => {
  const { n, e } = jwk(generateKeyPairSync('rsa', { modulusLength: bits }));
  const head = Buffer.from([0xa4, 1, 3, 3, 0x39, 1, 0, 0x20]);
  return Buffer.concat([head, text(bytes(n)), Buffer.from([0x21, 0x43]), bytes(e)]);
};

describe('the public key of a passkey', () => {
  it('is one of the three kinds', () => {
    // As Auth0 exports one.
    const exported =
      'pQECAyYgASFYINyKhPlWgE7mbqt8a2KNOF5E7WDJldqdzDluEGXRSZfDIlggm6QZeVo629IgVdnFqXIIMO98mVEHadF3eMKRA2dz0rc=';
    for (const key of [Buffer.from(exported, 'base64'), ec(EC), ed, rsa(2048)]) assert.equal(isPasskeyKey(key), true);
  });

  it('is nothing else, and whole', () => {
    const key = ec(EC);
    const moved = Buffer.from(key);
    moved[20] = (moved[20] ?? 0) ^ 1;
    const otherCurve = Buffer.from(key);
    otherCurve[6] = 2;
    const wrong: readonly (readonly [string, Buffer])[] = [
      ['empty', Buffer.alloc(0)],
      ['text', Buffer.from('a text that is none')],
      ['cut off', key.subarray(0, 70)],
      ['with more behind it', Buffer.concat([key, Buffer.from([0])])],
      ['a point that is not on the curve', moved],
      ['another curve', otherCurve],
      ['a short RSA key', rsa(1024)],
      ['a map without end', Buffer.from([0xbf, 1, 2])],
      ['a map of millions', Buffer.from([0xba, 0xff, 0xff, 0xff, 0xff])],
      ['a text of gigabytes', Buffer.from([0xa1, 1, 0x5a, 0xff, 0xff, 0xff, 0xff, 0])],
      ['maps in maps', Buffer.alloc(10_000, 0xa1)],
    ];
    for (const [what, bad] of wrong) assert.equal(isPasskeyKey(bad), false, what);
  });
});
