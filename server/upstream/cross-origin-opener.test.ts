import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { freePort } from '../testing/free-port.ts';
import { seversOpener } from './cross-origin-opener.ts';

describe('whether a login’s pages cut a window off', () => {
  const pages: Record<string, { policy?: string; to?: string }> = {
    '/plain': {},
    '/none': { policy: 'unsafe-none' },
    '/same-origin': { policy: 'same-origin; report-to="coop"' },
    '/allow-popups': { policy: 'same-origin-allow-popups' },
    '/leads-there': { to: '/same-origin' },
    '/redirect-does': { to: '/plain', policy: 'same-origin' },
    '/leads-to-none': { to: '/none' },
    '/circle': { to: '/circle' },
  };
  const server = createServer((request, response) => {
    const { policy, to } = pages[request.url ?? ''] ?? {};
    if (policy) response.setHeader('cross-origin-opener-policy', policy);
    response.writeHead(to ? 303 : 200, to ? { location: to } : {}).end('<h1>Sign in</h1>');
  });
  before(() => new Promise<void>((done) => server.listen(0, '127.0.0.1', done)));
  after(() => server.close());

  for (const [path, expected] of [
    ['/plain', false],
    ['/none', false],
    ['/leads-to-none', false],
    ['/same-origin', true],
    ['/allow-popups', true],
    ['/leads-there', true],
    ['/redirect-does', true],
    ['/circle', undefined],
  ] as const) {
    it(`${path}: ${expected}`, async () => {
      const { port } = server.address() as AddressInfo;
      assert.equal(await seversOpener(new URL(path, `http://127.0.0.1:${port}`)), expected);
    });
  }

  it('is not known of a login that is down', async () => {
    assert.equal(await seversOpener(new URL(`http://127.0.0.1:${await freePort()}/`)), undefined);
  });
});
