import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { FastifyRequest } from 'fastify';
import { networkAddress } from './network-address.ts';

const rows: [ip: string, address: string | undefined][] = [
  ['198.51.100.7', '198.51.100.7'],
  ['2001:db8::7', '2001:db8::7'],
  ['::ffff:198.51.100.7', '::ffff:198.51.100.7'],
  ['12.7.0.1', '12.7.0.1'],
  ['::12', '::12'],
  ['127.0.0.1', undefined],
  ['127.8.9.10', undefined],
  ['::1', undefined],
  ['::ffff:127.0.0.1', undefined],
];
for (const [ip, address] of rows)
  it(`counts attempts from ${ip} for ${address}`, () =>
    assert.equal(networkAddress({ ip } as FastifyRequest), address));
