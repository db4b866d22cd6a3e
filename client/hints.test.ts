import assert from 'node:assert/strict';
import { it } from 'node:test';
import { cpuTimeMs } from '../scripts/testing/cpu-time.ts';
import { HOSTILE_REPETITIONS } from '../scripts/testing/hostile-inputs.ts';
import { hintOfIssuer, hintOfShape } from './hints.ts';

const ISSUER = 'https://platform.example';

it('a hint about the issuer still sees the slash at the end', () => {
  assert.match(hintOfIssuer(`${ISSUER}//`, ISSUER), /only in the slash at the end/);
});

for (const { input, what } of HOSTILE_REPETITIONS) {
  it(`takes a moment, whatever an unverified token says: ${what}`, () => {
    assert.ok(cpuTimeMs(() => [hintOfIssuer(input, ISSUER), hintOfShape(input)]) < 100);
  });
}
