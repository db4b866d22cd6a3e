import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ASKING_REQUESTS } from '../../scripts/testing/hostile-inputs.ts';
import { askerOf } from './asker.ts';

const OURS = 'https://id.example';
const SHOP = 'https://shop.example';

describe('whom a request comes from', () => {
  for (const { input, value, what } of ASKING_REQUESTS.understood)
    it(`${what}: ${value}`, () => assert.equal(askerOf(input, OURS, [SHOP]), value));
  for (const { input, refusal, what } of ASKING_REQUESTS.refused)
    it(`${what}: ${refusal}`, () => assert.equal(askerOf(input, OURS, [SHOP]), refusal));
});
