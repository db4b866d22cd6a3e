import assert from 'node:assert/strict';
import { it } from 'node:test';
import { LOOPBACK_HOSTS } from '../scripts/testing/hostile-inputs.ts';
import { isLoopbackAddress, isLoopbackHost } from './loopback.ts';

const hostOf = (input: string) => new URL(`http://${input}`).hostname;

for (const { input, value, what } of LOOPBACK_HOSTS.understood) {
  it(`${input} is this machine: ${what}`, () => {
    assert.equal(hostOf(input), value);
    assert.equal(isLoopbackHost(value), true);
  });
}

for (const { input, what } of LOOPBACK_HOSTS.refused) {
  it(`${input} is not this machine: ${what}`, () => {
    assert.equal(isLoopbackHost(hostOf(input)), false);
  });
}

it('knows the addresses that sockets report', () => {
  const own = ['127.0.0.1', '127.9.9.9', '::1', '::1%lo', '::ffff:127.0.0.1', '::FFFF:7f00:1'];
  for (const address of own) assert.equal(isLoopbackAddress(address), true, address);
  const others = ['', 'localhost', '[::1]', '127.0.0', '127.0.0.999', '10.0.0.1', 'fe80::1%lo', '::ffff:10.0.0.1'];
  for (const address of others) assert.equal(isLoopbackAddress(address), false, address);
});
