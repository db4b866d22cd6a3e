import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readTotp, toBase32 } from './read-totp.ts';

const SECRET = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';

describe('the secret of an authenticator app of another system', () => {
  it('is base 32, or the address of its QR code', () => {
    const written = [
      SECRET,
      SECRET.toLowerCase(),
      `${SECRET.match(/.{4}/g)?.join(' ')} `,
      `${SECRET}======`,
      `otpauth://totp/Old:jane%40example.com?secret=${SECRET}&issuer=Old`,
      `otpauth://totp/jane?secret=${SECRET}&algorithm=sha1&digits=6&period=30`,
    ];
    for (const text of written) assert.deepEqual(readTotp(text), { secret: SECRET }, text);
    assert.equal(toBase32(Buffer.from('12345678901234567890')), SECRET);
    assert.equal(toBase32(Buffer.from('foob')), 'MZXW6YQ');
  });

  it('is of codes that are checked here', () => {
    const wrong = [
      '',
      'A short one',
      `${SECRET}1`,
      'A'.repeat(200),
      `otpauth://hotp/jane?secret=${SECRET}&counter=1`,
      `otpauth://totp/jane?secret=${SECRET}&algorithm=SHA256`,
      `otpauth://totp/jane?secret=${SECRET}&digits=8`,
      `otpauth://totp/jane?secret=${SECRET}&period=60`,
      'otpauth://totp/jane',
      `https://totp/jane?secret=${SECRET}`,
    ];
    for (const text of wrong) assert.ok('problem' in readTotp(text), text);
  });
});
