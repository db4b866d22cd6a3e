import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { NATIVE_REDIRECT_URIS } from '../../../scripts/testing/hostile-inputs.ts';
import { proofsFor } from './domain-proof.ts';
import { checkNewAddress } from './environment-addresses.ts';
import { isNativeRedirectUri, parseNativeRedirectUri } from './native-redirect-uri.ts';

const PLACE = { environment: 'production', kind: 'native' } as const;
const PLATFORM = 'https://id.example';

describe('a redirect URI of a native app', () => {
  for (const { input, value, what } of NATIVE_REDIRECT_URIS.understood) {
    it(`may be ${input}, in production too (${what})`, () => {
      assert.equal(parseNativeRedirectUri(input), input);
      assert.equal(checkNewAddress('redirectUris', PLACE, PLATFORM, [], input), undefined);
      assert.ok(isNativeRedirectUri([input], value));
    });
  }

  for (const { input, refusal, what } of NATIVE_REDIRECT_URIS.refused) {
    it(`is refused as ${refusal}: ${JSON.stringify(input)} (${what})`, () => {
      assert.throws(() => parseNativeRedirectUri(input), { problem: refusal });
      const others = NATIVE_REDIRECT_URIS.understood.map((one) => one.input);
      assert.ok(!isNativeRedirectUri(others, input), 'and nothing that is registered leads there');
    });
  }

  it('at an address of the public web is public in production', () => {
    assert.equal(checkNewAddress('redirectUris', PLACE, PLATFORM, [], 'https://192.0.2.1/cb')?.problem, 'ip_address');
  });

  it('needs a proof only of a claimed host', () => {
    const known = { origins: [], redirectUris: [], postLogoutRedirectUris: [], domains: [] };
    const uris = ['com.example.app://shop.example/cb', 'http://127.0.0.1/cb', 'https://app.example/cb'];
    assert.deepEqual(
      proofsFor(known, uris).map(({ host }) => host),
      ['app.example'],
    );
  });
});
