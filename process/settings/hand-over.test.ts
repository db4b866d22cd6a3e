import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { handOverKeysOf, handOverUrlOf } from './hand-over.ts';

describe('HANDOVER_KEYS', () => {
  const folder = mkdtempSync(join(tmpdir(), 'hand-over-'));
  after(() => rmSync(folder, { recursive: true }));
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const jwk = { ...publicKey.export({ format: 'jwk' }), kid: 'one' };
  const file = (name: string, content: string | Buffer) => {
    const path = join(folder, name);
    writeFileSync(path, content);
    return path;
  };

  it('is a JWK set, a file of one, a public key in PEM, or an address', () => {
    const set = JSON.stringify({ keys: [jwk, { ...jwk, kid: 'two' }] });
    const kids = (text: string) => {
      const keys = handOverKeysOf(text);
      return 'keys' in keys ? keys.keys.map(({ kid }) => kid) : [];
    };
    assert.deepEqual(kids(set), ['one', 'two']);
    assert.deepEqual(kids(file('set.json', set)), ['one', 'two']);
    const pem = handOverKeysOf(file('pub.pem', publicKey.export({ type: 'spki', format: 'pem' })));
    assert.ok('keys' in pem && pem.keys[0]?.['x'] === jwk.x);
    assert.deepEqual(handOverKeysOf('https://www.example.com/keys'), { url: 'https://www.example.com/keys' });
  });

  it('is refused with a private key, a secret or nothing in it, in words that repeat none of it', () => {
    const own = privateKey.export({ format: 'jwk' });
    const wrong: [text: string, because: RegExp][] = [
      [JSON.stringify({ keys: [own] }), /public keys alone/],
      [file('key.pem', privateKey.export({ type: 'pkcs8', format: 'pem' })), /public keys alone/],
      [JSON.stringify({ keys: [{ kty: 'oct', k: 'S3CRET' }] }), /a JWK set of 1 to 20/],
      [JSON.stringify({ keys: [] }), /a JWK set of 1 to 20/],
      ['{"keys":', /a JWK set/],
      [file('empty', ''), /a JWK set/],
      [file('no.pem', '-----BEGIN PUBLIC KEY-----\nS3CRET\n-----END PUBLIC KEY-----'), /no public key in PEM/],
      [join(folder, 'none'), /a file that can be read/],
      ['http://www.example.com/keys', /https/],
    ];
    for (const [text, because] of wrong)
      assert.throws(
        () => handOverKeysOf(text),
        ({ message }: Error) =>
          because.test(message) && !message.includes('S3CRET') && !message.includes(String(own.d)),
        text.slice(0, 40),
      );
  });
});

describe('HANDOVER_URL', () => {
  it('is a page that nobody else can read on its way', () => {
    assert.equal(
      handOverUrlOf('https://www.example.com/index.php?page=hand-over'),
      'https://www.example.com/index.php?page=hand-over',
    );
    assert.ok(handOverUrlOf('http://localhost:4300/hand-over'));
    for (const wrong of [
      'http://www.example.com/',
      'www.example.com',
      'ftp://x',
      'https://u:p@www.example.com/',
      'https://www.example.com/#x',
    ])
      assert.throws(() => handOverUrlOf(wrong), wrong);
  });
});
