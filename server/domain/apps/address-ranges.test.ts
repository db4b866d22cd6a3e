import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isWithin, MAX_ADDRESS_RANGES, parseAddressRanges } from './address-ranges.ts';

describe('address ranges', () => {
  it('are read one a line or otherwise apart, each once', () => {
    assert.deepEqual(parseAddressRanges(' 203.0.113.0/24\r\n198.51.100.7, 2001:DB8::/32;2001:db8::1 198.51.100.7'), {
      ranges: ['203.0.113.0/24', '198.51.100.7', '2001:DB8::/32', '2001:db8::1'],
    });
    assert.deepEqual(parseAddressRanges(' \n '), { ranges: [] });
    for (const range of ['0.0.0.0/0', '::/0', '10.0.0.1/32', '::1/128', '::ffff:192.0.2.0/120']) {
      assert.deepEqual(parseAddressRanges(range), { ranges: [range] });
    }
  });

  for (const range of [
    'office',
    '203.0.113',
    '203.0.113.256',
    '203.0.113.0/24/8',
    '/24',
    '2001:db8:::1',
    'fe80::1%eth0',
    '0x7f.1',
    '010.0.0.1',
    '١٩٢.0.2.1',
    "1.1.1.1'",
    '<b>',
    'https://203.0.113.1',
  ]) {
    it(`refuses ${range}, which is no address`, () =>
      assert.deepEqual(parseAddressRanges(range), { problem: { code: 'not_an_address', range } }));
  }
  for (const range of [
    '203.0.113.0/',
    '203.0.113.0/33',
    '203.0.113.0/-1',
    '203.0.113.0/024',
    '::/129',
    '10.0.0.0/1e1',
  ]) {
    it(`refuses ${range}, whose prefix is none`, () =>
      assert.deepEqual(parseAddressRanges(range), { problem: { code: 'bad_prefix', range } }));
  }
  for (const [range, suggestion] of [
    ['203.0.113.9/24', '203.0.113.0/24'],
    ['10.1.2.3/8', '10.0.0.0/8'],
    ['255.255.255.255/0', '0.0.0.0/0'],
    ['2001:db8::1/32', '2001:db8::/32'],
    ['2001:db8:ffff::/33', '2001:db8:8000::/33'],
    ['::ffff:192.0.2.1/120', '::ffff:c000:200/120'],
  ] as const) {
    it(`asks whether ${suggestion} was meant by ${range}`, () => {
      assert.deepEqual(parseAddressRanges(range), { problem: { code: 'host_bits', range, suggestion } });
      assert.deepEqual(parseAddressRanges(suggestion), { ranges: [suggestion] });
    });
  }

  it('are so many at most', () => {
    const ranges = Array.from({ length: MAX_ADDRESS_RANGES }, (_, index) => `192.0.2.${index}`);
    assert.deepEqual(parseAddressRanges(ranges.join('\n')), { ranges });
    assert.deepEqual(parseAddressRanges([...ranges, '::1'].join('\n')), { problem: { code: 'too_many' } });
  });

  it('hold what is within, in whichever notation it comes', () => {
    const ranges = ['203.0.113.0/24', '198.51.100.7', '2001:db8::/32'];
    for (const address of ['203.0.113.9', '::ffff:203.0.113.9', '198.51.100.7', '2001:db8:1::1'])
      assert.equal(isWithin(address, ranges), true, address);
    for (const address of ['203.0.114.9', '198.51.100.8', '2001:db9::1', '::ffff:192.0.2.1', 'unknown', ''])
      assert.equal(isWithin(address, ranges), false, address);
  });
});
