import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { QUERIES_OF_REDIRECT_URIS } from '../../scripts/testing/hostile-inputs.ts';
import { withFragment, withQuery } from './add-parameters.ts';

describe('a parameter that is added to an address', () => {
  for (const { input, value, what } of QUERIES_OF_REDIRECT_URIS.understood)
    it(`leaves ${JSON.stringify(input)} as it is: ${what}`, () => {
      for (const page of ['https://shop.example/back', 'com.example.app:/back', 'http://[::1]:4000/'])
        assert.equal(withQuery(page + input, { code: 'c' }), page + value);
    });

  it('is encoded', () => {
    assert.equal(withQuery('https://a.example/?x', { state: 'a&b=c d#' }), 'https://a.example/?x&state=a%26b%3Dc+d%23');
    assert.equal(withFragment('https://a.example/?x', { state: 'a&b' }), 'https://a.example/?x#state=a%26b');
  });

  it('comes before a fragment', () => {
    assert.equal(withQuery('https://a.example/b?c#d?e', { code: 'f' }), 'https://a.example/b?c&code=f#d?e');
  });
});
