import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { LIMITS } from './limits.ts';
import { Throttle } from './throttle.ts';
import { lookUpUserCode } from './user-code-guesses.ts';

const wrong = async () => undefined;
const right = async () => 'a device';
const network = (number: number) => `198.18.${number >> 8}.${number & 255}`;

describe('guesses at the codes of devices', () => {
  const guess = (
    throttle: Throttle,
    address: string,
    lookUp: () => Promise<string | undefined>,
    realm = 'production',
  ) => lookUpUserCode(throttle, { realm, address }, lookUp);

  it('are limited for a network, and right ones are free', async () => {
    const throttle = new Throttle(undefined);
    for (let time = 0; time < 100; time += 1)
      assert.deepEqual(await guess(throttle, network(1), right), { found: 'a device' });
    for (let time = 0; time < LIMITS.userCodes.points; time += 1)
      assert.deepEqual(await guess(throttle, network(1), wrong), { found: undefined });
    const refused = await guess(throttle, network(1), right);
    assert.ok('waitMs' in refused && refused.waitMs > 0);
    assert.deepEqual(await guess(throttle, network(2), right), { found: 'a device' });
  });

  it('of many networks leave each with three, and everybody else with theirs', async () => {
    const throttle = new Throttle(undefined);
    const { points } = LIMITS.wrongUserCodes;
    for (let made = 0; made < points; made += 1) await guess(throttle, network(made >> 4), wrong);
    const attacker = network(5_000);
    for (let time = 0; time < 3; time += 1)
      assert.deepEqual(await guess(throttle, attacker, wrong), { found: undefined });
    assert.ok('waitMs' in (await guess(throttle, attacker, wrong)));
    for (let time = 0; time < 10; time += 1)
      assert.deepEqual(await guess(throttle, network(6_000), right), { found: 'a device' });
    for (let time = 0; time < 10; time += 1) await guess(throttle, network(7_000), wrong, 'sandbox');
    assert.deepEqual(await guess(throttle, network(7_000), right, 'sandbox'), { found: 'a device' }, 'the other realm');
  });
});
