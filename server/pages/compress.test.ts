import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { compress } from './compress.ts';

const text = 'A page of markup. '.repeat(200);

describe('compress', () => {
  it('prefers brotli', async () => {
    const { body, encoding } = await compress(text, 'gzip, deflate, br');
    assert.equal(encoding, 'br');
    assert.equal(brotliDecompressSync(body as Buffer).toString(), text);
  });

  it('falls back to gzip', async () => {
    const { body, encoding } = await compress(text, 'gzip;q=0.8, br;q=0');
    assert.equal(encoding, 'gzip');
    assert.equal(gunzipSync(body as Buffer).toString(), text);
  });

  for (const header of [undefined, '', 'identity', 'br;q=0.0, gzip;q=0', 'brotli']) {
    it(`leaves it as it is for ${JSON.stringify(header)}`, async () => {
      assert.deepEqual(await compress(text, header), { body: text, encoding: undefined });
    });
  }

  it('leaves small bodies alone', async () => {
    assert.deepEqual(await compress('small', 'br'), { body: 'small', encoding: undefined });
  });
});
