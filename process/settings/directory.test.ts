import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { directoryUrlOf, durationOf, webhookSecretOf } from './directory.ts';
import { SettingError } from './setting.ts';

describe('settings of the live directory', () => {
  it('let it be on a private network over https, and over http on this machine alone', () => {
    for (const url of ['https://10.1.2.3/sign-in', 'https://people.internal:8443/', 'http://localhost:4300/'])
      assert.equal(directoryUrlOf(url), url);
    for (const url of ['http://10.1.2.3/', 'ftp://people.example/', 'people.example', 'https://a:b@people.example/'])
      assert.throws(() => directoryUrlOf(url), SettingError, url);
  });

  it('want a secret of Standard Webhooks, and never repeat it', () => {
    const bytes = Buffer.alloc(32, 7);
    assert.deepEqual(Buffer.from(webhookSecretOf(`whsec_${bytes.toString('base64')}`)), bytes);
    const short = `whsec_${Buffer.alloc(23, 7).toString('base64')}`;
    for (const secret of [bytes.toString('base64'), short, 'whsec_', `whsec_${'%'.repeat(40)}`])
      assert.throws(
        () => webhookSecretOf(secret),
        (error) => error instanceof SettingError && !error.message.includes('BwcH'),
      );
  });

  it('read durations in seconds or with a unit', () => {
    const read = ['0', '900', '15m', '12h', '2d', '30D'].map(durationOf);
    assert.deepEqual(read, [0, 900_000, 900_000, 43_200_000, 172_800_000, 2_592_000_000]);
    for (const text of ['', '-1', '1.5h', '31d', '5 weeks', '1e3']) assert.throws(() => durationOf(text), SettingError);
  });
});
