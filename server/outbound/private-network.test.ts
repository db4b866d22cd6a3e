import assert from 'node:assert/strict';
import { it } from 'node:test';
import { checkSignupEndpoint } from '../domain/apps/environment-addresses.ts';
import { isInPrivateNetwork } from './private-network.ts';

const at = (...addresses: string[]) =>
  isInPrivateNetwork(new URL('https://shop.example'), async () => addresses.map((address) => ({ address })));

it('recognizes private addresses', async () => {
  for (const address of [
    '10.0.0.1',
    '127.0.0.1',
    '169.254.169.254',
    '172.31.255.255',
    '192.168.1.1',
    '100.64.0.1',
    '0.0.0.0',
    '255.255.255.255',
    '::1',
    '::',
    'fd00::1',
    'fe80::1',
    '::ffff:10.0.0.1',
    '64:ff9b::a00:1',
    // 6to4 and Teredo contain an IPv4 address; site-local is a deprecated private range.
    '2002:a00:1::',
    '2001:0:a00:1::',
    'fec0::1',
  ]) {
    assert.equal(await at(address), true, address);
    assert.equal(await at('203.0.114.1', address), true, `one of two: ${address}`);
  }
});

it('allows public addresses, and names that do not resolve', async () => {
  for (const address of ['93.184.216.34', '172.32.0.1', '2606:2800:220:1::1']) assert.equal(await at(address), false);
  assert.equal(await at(), false);
  const failing = () => Promise.reject(new Error('ENOTFOUND'));
  assert.equal(await isInPrivateNetwork(new URL('https://shop.example'), failing), false);
});

it('keeps a sign-up endpoint out of the platform’s own network', async () => {
  const inside = async () => [{ address: '10.0.0.7' }];
  const check = (publicUrl: string) =>
    checkSignupEndpoint('localhost', publicUrl, 'https://intranet.example/signup', inside);
  assert.equal((await check('https://id.example'))?.problem, 'private_network');
  assert.equal(await check('http://localhost:4000'), undefined);
});
