import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { cpuTimeMs } from '../../../scripts/testing/cpu-time.ts';
import { recognizeDevice } from './device.ts';

const MOZILLA = 'Mozilla/5.0';
const WEBKIT = 'AppleWebKit/537.36 (KHTML, like Gecko)';
const WINDOWS = `${MOZILLA} (Windows NT 10.0; Win64; x64) ${WEBKIT}`;
const IPHONE = `${MOZILLA} (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)`;

const KNOWN: readonly (readonly [userAgent: string, browser: string | undefined, system: string | undefined])[] = [
  [`${WINDOWS} Chrome/140.0.0.0 Safari/537.36`, 'Chrome', 'Windows'],
  [`${WINDOWS} Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0`, 'Edge', 'Windows'],
  [`${WINDOWS} Chrome/140.0.0.0 Safari/537.36 OPR/124.0.0.0`, 'Opera', 'Windows'],
  [`${MOZILLA} (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0`, 'Firefox', 'Windows'],
  [`${MOZILLA} (X11; Ubuntu; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0`, 'Firefox', 'Linux'],
  [`${MOZILLA} (X11; CrOS x86_64 14541.0.0) ${WEBKIT} Chrome/140.0.0.0 Safari/537.36`, 'Chrome', 'ChromeOS'],
  [`${MOZILLA} (X11; Linux x86_64) ${WEBKIT} HeadlessChrome/140.0.0.0 Safari/537.36`, 'Chrome', 'Linux'],
  [
    `${MOZILLA} (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15`,
    'Safari',
    'macOS',
  ],
  [`${IPHONE} Version/18.5 Mobile/15E148 Safari/604.1`, 'Safari', 'iPhone'],
  [`${IPHONE} CriOS/140.0.0.0 Mobile/15E148 Safari/604.1`, 'Chrome', 'iPhone'],
  [`${IPHONE} FxiOS/140.0 Mobile/15E148 Safari/605.1.15`, 'Firefox', 'iPhone'],
  [`${MOZILLA} (Linux; Android 10; K) ${WEBKIT} Chrome/140.0.0.0 Mobile Safari/537.36`, 'Chrome', 'Android'],
  [
    `${MOZILLA} (Linux; Android 15; SM-S931B) ${WEBKIT} SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36`,
    'Samsung Internet',
    'Android',
  ],
  [`${MOZILLA} (Linux; U; Android 4.4) AppleWebKit/534.30`, undefined, 'Android'],
  ['curl/8.5.0', undefined, undefined],
  ['Chromecast', undefined, undefined],
  ['<script>alert(1)</script>', undefined, undefined],
  ['', undefined, undefined],
];

describe('a device is recognised by its user agent', () => {
  for (const [userAgent, browser, system] of KNOWN) {
    it(`${browser ?? 'something'} on ${system ?? 'something'}: ${userAgent.slice(-40)}`, () => {
      assert.deepEqual(recognizeDevice(userAgent), { ...(browser && { browser }), ...(system && { system }) });
    });
  }

  it('as nothing without one', () => {
    assert.deepEqual(recognizeDevice(undefined), {});
  });

  it('in no time, however long it is', () => {
    const userAgent = `${'Version/1 '.repeat(50)}${'Mobile/a '.repeat(50)}`;
    assert.ok(cpuTimeMs(() => recognizeDevice(userAgent)) < 1_000);
  });
});
