import assert from 'node:assert/strict';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { gzipSync } from 'node:zlib';
import { fetchPage } from './fetch-page.ts';
import { isPublicAddress } from './public-address.ts';

const PUBLIC = 'https://id.example.com';
const LOCAL = 'http://localhost:4000';

describe('an address of the public internet', () => {
  for (const address of ['93.184.216.34', '1.1.1.1', '2606:2800:220:1:248:1893:25c8:1946', '2a00:1450::1']) {
    it(`is ${address}`, () => assert.equal(isPublicAddress(address), true));
  }
  for (const address of [
    '0.0.0.0',
    '10.1.2.3',
    '100.64.0.1',
    '127.0.0.1',
    '127.255.255.254',
    '169.254.169.254',
    '172.16.0.1',
    '172.31.255.255',
    '192.0.2.1',
    '192.168.1.1',
    '198.18.0.1',
    '224.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::ffff:127.0.0.1',
    '::ffff:93.184.216.34',
    '64:ff9b::a00:1',
    'fc00::1',
    'fd00:ec2::254',
    'fe80::1',
    'ff02::1',
    '2001::1',
    '2001:db8::1',
    '2002:7f00:1::',
  ]) {
    it(`is not ${address}`, () => assert.equal(isPublicAddress(address), false));
  }
});

describe('fetching a page', () => {
  let server: Server;
  let origin: string;
  let cookies: (string | undefined)[] = [];
  const pages: Record<string, (response: ServerResponse) => void> = {
    '/': (response) => response.setHeader('x-a', ['1', '2']).end('<p>hello'),
    '/loop': (response) => response.writeHead(302, { location: '/loop' }).end(),
    '/thrice': (response) => response.writeHead(302, { location: '/twice' }).end(),
    '/twice': (response) => response.writeHead(302, { location: '/once' }).end(),
    '/once': (response) => response.writeHead(301, { location: '/', 'set-cookie': 'a=b' }).end(),
    '/metadata': (response) => response.writeHead(302, { location: 'http://169.254.169.254/latest/meta-data/' }).end(),
    '/mail': (response) => response.writeHead(302, { location: 'http://127.0.0.1:25/' }).end(),
    '/file': (response) => response.writeHead(302, { location: 'file:///etc/passwd' }).end(),
    '/somebody': (response) => response.writeHead(302, { location: 'http://a:b@127.0.0.1/' }).end(),
    '/endless': (response) => {
      const more = () => {
        while (response.write('x'.repeat(64 * 1024)));
        response.once('drain', more);
      };
      more();
    },
    '/bomb': (response) =>
      response.setHeader('content-encoding', 'gzip').end(gzipSync(Buffer.alloc(50 * 1024 * 1024, 'x'))),
    '/broken': (response) => response.setHeader('content-encoding', 'gzip').end('no gzip'),
    '/silent': () => {},
    '/slow': (response) => void response.write('<p>'),
  };

  before(async () => {
    server = createServer((request, response) => {
      cookies.push(request.headers.cookie);
      pages[request.url ?? '']?.(response);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  after(() => {
    server.closeAllConnections();
    server.close();
  });

  const local = (path: string, timeoutMs?: number) =>
    fetchPage(origin + path, { publicUrl: LOCAL, addresses: 'with loopback', ...(timeoutMs && { timeoutMs }) });
  const reasonOf = async (result: ReturnType<typeof fetchPage>) => {
    const page = await result;
    return page.outcome === 'unreachable' ? page.reason : page.outcome;
  };

  it('returns status, all header values and text', async () => {
    const page = await local('/');
    assert.ok(page.outcome === 'reached');
    assert.deepEqual(
      [page.status, page.headers['x-a'], page.body, page.url],
      [200, ['1', '2'], '<p>hello', `${origin}/`],
    );
  });

  it('follows at most three redirects, without cookies', async () => {
    cookies = [];
    const page = await local('/once');
    assert.ok(page.outcome === 'reached');
    assert.equal(page.url, `${origin}/`);
    assert.deepEqual(cookies, [undefined, undefined]);
    cookies = [];
    assert.equal((await local('/thrice')).outcome, 'reached');
    assert.equal(cookies.length, 4, 'the page, after three redirects');
    cookies = [];
    assert.equal(await reasonOf(local('/loop')), 'redirects');
    assert.equal(cookies.length, 4, 'not asked a fifth time');
  });

  it('reads at most a megabyte, and nothing that is compressed', async () => {
    const page = await local('/endless');
    assert.ok(page.outcome === 'reached');
    assert.equal(page.body.length, 1024 * 1024);
    for (const path of ['/bomb', '/broken']) assert.equal(await reasonOf(local(path)), 'coding');
  });

  it('has one timeout for headers and body together', async () => {
    assert.equal(await reasonOf(local('/silent', 200)), 'unreachable');
    assert.equal(await reasonOf(local('/slow', 200)), 'timeout');
  });

  it('does not follow a redirect to a private address, a blocked port, another scheme or a URL with credentials', async () => {
    assert.equal(await reasonOf(local('/metadata')), 'not_public');
    assert.equal(await reasonOf(local('/mail')), 'port');
    assert.equal(await reasonOf(local('/file')), 'scheme');
    assert.equal(await reasonOf(local('/somebody')), 'credentials');
  });

  it('says when nobody is there', async () => {
    assert.equal(
      await reasonOf(
        fetchPage('http://127.0.0.1:1024/', { publicUrl: LOCAL, addresses: 'with loopback', timeoutMs: 200 }),
      ),
      'unreachable',
    );
  });

  describe('from a platform on the internet', () => {
    for (const host of [
      'localhost',
      'shop.localhost',
      '127.0.0.1',
      '127.1',
      '2130706433',
      '0x7f.1',
      '0177.0.0.1',
      '0.0.0.0',
      '10.0.0.1',
      '192.168.0.1',
      '169.254.169.254',
      '[::1]',
      '[::]',
      '[::ffff:127.0.0.1]',
      '[::ffff:7f00:1]',
      '[64:ff9b::7f00:1]',
      '[fd00:ec2::254]',
    ]) {
      it(`does not contact ${host}`, async () => {
        const { port } = new URL(origin);
        assert.equal(
          await reasonOf(fetchPage(`http://${host}:${port}/`, { publicUrl: PUBLIC, addresses: 'public' })),
          'not_public',
        );
      });
    }

    for (const port of [22, 25, 110, 465, 993, 6000, 6667]) {
      it(`does not contact port ${port}`, async () => {
        assert.equal(
          await reasonOf(fetchPage(`http://93.184.216.34:${port}/`, { publicUrl: PUBLIC, addresses: 'public' })),
          'port',
        );
      });
    }
  });
});
