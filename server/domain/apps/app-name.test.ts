import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { APP_NAMES } from '../../../scripts/testing/hostile-inputs.ts';
import { nameProblem, normalizeName } from './app-name.ts';
import { skeletonOf } from './name-skeleton.ts';

const PLATFORM = 'Acme';

describe('the name of an app', () => {
  for (const { input, value, what } of APP_NAMES.understood) {
    it(`may be ${what}: ${JSON.stringify(input)}`, () => {
      assert.equal(normalizeName(input), value);
      assert.equal(nameProblem(value, PLATFORM), undefined);
    });
  }

  for (const { input, refusal, what } of APP_NAMES.refused) {
    it(`may not be ${what}: ${JSON.stringify(input).slice(0, 60)}`, () => {
      assert.equal(nameProblem(normalizeName(input), PLATFORM), refusal);
    });
  }

  it('is compared with the platform’s by what people see of both', () => {
    for (const name of ['Paypal', 'PayPaI', 'pаypal', 'P\u0430yp\u0430l', 'PÁYPAL']) {
      assert.equal(skeletonOf(name), skeletonOf('PayPal'), name);
    }
    assert.equal(nameProblem('Bistro', '★'), undefined, 'a platform whose name has no letters');
  });
});
