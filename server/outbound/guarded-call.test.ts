import assert from 'node:assert/strict';
import type { lookup } from 'node:dns';
import { createServer as createHttpServer, type ServerResponse } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { callGuarded, type OutboundLimits, type OutboundResult } from './guarded-call.ts';
import { CERTIFICATE, KEY } from './testing/certificate.ts';

const TIMEOUT_MS = 250;
const UNREACHABLE: OutboundResult = { outcome: 'unreachable' };

/** A resolver with the answers that somebody else's server gives, one after the other; the last one stays. */
function resolving(...answers: string[][]) {
  return ((_name: string, _options: object, callback: (...answer: unknown[]) => void) => {
    const addresses = (answers.length > 1 ? answers.shift() : answers[0]) ?? [];
    const found = addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
    callback(found.length > 0 ? null : Object.assign(new Error('no such name'), { code: 'ENOTFOUND' }), found);
  }) as unknown as typeof lookup;
}

function call(url: string, limits: Partial<OutboundLimits> = {}): Promise<OutboundResult> {
  const request = { url: new URL(url), method: 'GET', headers: {} } as const;
  return callGuarded(request, { addresses: 'public', timeoutMs: TIMEOUT_MS, maxBytes: 1_000, ...limits });
}

/** A call and how long it took. */
async function timed(result: Promise<OutboundResult>): Promise<{ result: OutboundResult; tookMs: number }> {
  const startedAt = performance.now();
  return { result: await result, tookMs: performance.now() - startedAt };
}

class Listeners {
  readonly #servers: Server[] = [];
  readonly #sockets = new Set<Socket>();
  connections = 0;

  async listen(server: Server): Promise<number> {
    this.#servers.push(server);
    server.on('connection', (socket: Socket) => {
      this.connections += 1;
      this.#sockets.add(socket.on('error', () => {}));
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    return (server.address() as AddressInfo).port;
  }

  /** A port on which nobody listens. */
  async closedPort(): Promise<number> {
    const server = createServer();
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const { port } = server.address() as AddressInfo;
    await new Promise<void>((done) => server.close(() => done()));
    return port;
  }

  stop(): void {
    for (const socket of this.#sockets) socket.destroy();
    for (const server of this.#servers) server.close();
  }
}

describe('the guarded call', () => {
  const listeners = new Listeners();
  const ports = { http: 0, silent: 0, banner: 0, closed: 0, tls: 0 };
  const answers: Record<string, (response: ServerResponse) => void> = {
    '/': (response) => void response.setHeader('x-a', ['1', '2']).end('hello'),
    '/large': (response) => void response.end('x'.repeat(5_000)),
    '/away': (response) => void response.writeHead(302, { location: 'http://169.254.169.254/' }).end(),
    '/silent': () => {},
    '/slow': (response) => void response.write('never more'),
    '/broken': (response) => void response.socket?.end('no HTTP\r\n\r\n'),
    '/gzip': (response) => void response.writeHead(200, { 'content-encoding': 'gzip' }).end('bomb'),
    '/headers': (response) => void response.writeHead(200, { 'x-long': 'x'.repeat(40_000) }).end(),
    '/many': (response) => {
      for (let header = 0; header < 400; header += 1) response.setHeader(`x-${header}`, '1');
      response.end();
    },
  };
  const answer = (request: { url?: string | undefined }, response: ServerResponse) =>
    answers[request.url ?? '']?.(response);

  before(async () => {
    ports.http = await listeners.listen(createHttpServer(answer));
    ports.silent = await listeners.listen(createServer(() => {}));
    ports.banner = await listeners.listen(createServer((socket) => socket.end('SSH-2.0-OpenSSH_9.9\r\n')));
    ports.closed = await listeners.closedPort();
    ports.tls = await listeners.listen(createHttpsServer({ key: KEY, cert: CERTIFICATE }, answer));
  });
  after(() => listeners.stop());

  describe('judges an address when it connects', () => {
    for (const address of [
      '127.0.0.1',
      '::1',
      '::',
      '0.0.0.0',
      '10.0.0.1',
      '100.64.0.1',
      '169.254.169.254',
      '::ffff:127.0.0.1',
      '::ffff:7f00:1',
      '64:ff9b::7f00:1',
      '2002:7f00:1::',
      'fd00:ec2::254',
      'fe80::1',
    ]) {
      it(`and does not go to a name with the address ${address}`, async () => {
        const before = listeners.connections;
        for (const addresses of [[address], ['93.184.216.34', address]]) {
          const url = `https://rebind.example:${ports.tls}/`;
          assert.deepEqual(await call(url, { resolver: resolving(addresses), timeoutMs: 50 }), UNREACHABLE);
          const fromHere = { resolver: resolving(addresses), addresses: 'with loopback', timeoutMs: 50 } as const;
          assert.deepEqual(await call(url, fromHere), UNREACHABLE);
        }
        assert.equal(listeners.connections, before, 'nobody connected');
      });
    }

    it('however often the name changes: it connects to what was judged', async () => {
      const before = listeners.connections;
      const resolver = resolving(['192.0.2.1'], ['127.0.0.1'], ['93.184.216.34', '127.0.0.1'], []);
      for (let round = 0; round < 4; round += 1) {
        assert.deepEqual(await call(`https://rebind.example:${ports.tls}/`, { resolver }), UNREACHABLE);
      }
      assert.equal(listeners.connections, before);
    });

    it('and lets no name but localhost lead to this machine, from a platform on it', async () => {
      const limits = { addresses: 'with loopback', resolver: resolving(['127.0.0.1']) } as const;
      assert.equal((await call(`http://localhost:${ports.http}/`, limits)).outcome, 'answered');
      const away = { addresses: 'with loopback', resolver: resolving(['10.0.0.1']) } as const;
      assert.deepEqual(await call(`http://localhost:${ports.http}/`, away), UNREACHABLE);
      assert.deepEqual(await call(`https://localhost.:${ports.tls}/`, limits), UNREACHABLE);
    });
  });

  describe('refuses by the address as it is written', () => {
    for (const host of [
      'localhost',
      'shop.localhost',
      '127.1',
      '2130706433',
      '0x7f.1',
      '0177.0.0.1',
      '0.0.0.0',
      '10.0.0.1',
      '169.254.169.254',
      '[::]',
      '[::1]',
      '[::ffff:127.0.0.1]',
      '[64:ff9b::7f00:1]',
      '[fd00:ec2::254]',
    ]) {
      it(host, async () => {
        for (const scheme of ['https', 'http']) {
          const result = await call(`${scheme}://${host}:${ports.http}/`);
          assert.deepEqual(result, { outcome: 'refused', reason: 'not_public' });
        }
      });
    }

    it('what is not https, has a user name, or a port that is no web server’s', async () => {
      const reasonOf = async (url: string) => {
        const result = await call(url);
        return result.outcome === 'refused' && result.reason;
      };
      assert.equal(await reasonOf('http://shop.example/'), 'https');
      assert.equal(await reasonOf('file:///etc/passwd'), 'scheme');
      assert.equal(await reasonOf('https://a:b@shop.example/'), 'credentials');
      assert.equal(await reasonOf('https://shop.example:25/'), 'port');
      assert.equal(await reasonOf('https://shop.example:6667/'), 'port');
    });
  });

  describe('tells nobody why a server is not reached', () => {
    const cases: [what: string, port: keyof typeof ports | 'private' | 'nowhere'][] = [
      ['a closed port', 'closed'],
      ['a port that says nothing', 'silent'],
      ['a port that speaks another protocol', 'banner'],
      ['a web server without TLS', 'http'],
      ['a private address', 'private'],
      ['a name without an address', 'nowhere'],
    ];
    for (const [what, port] of cases) {
      it(`and not before the end: ${what}`, async () => {
        const stranger = port === 'private' || port === 'nowhere';
        const { result, tookMs } = await timed(
          stranger
            ? call('https://shop.example/', { resolver: resolving(port === 'private' ? ['10.0.0.1'] : []) })
            : call(`https://127.0.0.1:${ports[port]}/`, { addresses: 'any' }),
        );
        assert.deepEqual(result, UNREACHABLE);
        // A timer counts from when the loop last looked at the clock, which on a busy machine is some milliseconds ago.
        assert.ok(tookMs >= TIMEOUT_MS * 0.9, `${tookMs} ms`);
      });
    }

    for (const port of ['closed', 'silent', 'banner', 'tls'] as const) {
      it(`on this machine, until HTTP is answered: ${port}`, async () => {
        const limits = { addresses: 'with loopback' } as const;
        const { result, tookMs } = await timed(call(`http://127.0.0.1:${ports[port]}/`, limits));
        assert.deepEqual(result, UNREACHABLE);
        // A timer counts from when the loop last looked at the clock, which on a busy machine is some milliseconds ago.
        assert.ok(tookMs >= TIMEOUT_MS * 0.9, `${tookMs} ms`);
      });
    }

    it('with a certificate of this machine', async () => {
      assert.deepEqual(await call(`https://127.0.0.1:${ports.tls}/`, { addresses: 'with loopback' }), UNREACHABLE);
    });
  });

  it('names a certificate that is not valid', async () => {
    const result = await call(`https://shop.example:${ports.tls}/`, {
      addresses: 'any',
      resolver: resolving(['127.0.0.1']),
      timeoutMs: 60_000,
    });
    assert.deepEqual(result, { outcome: 'certificate', code: 'DEPTH_ZERO_SELF_SIGNED_CERT' });
  });

  describe('once TLS is established', () => {
    const trusted = getCACertificates('default');
    before(() => setDefaultCACertificates([...trusted, CERTIFICATE]));
    after(() => setDefaultCACertificates(trusted));
    const reach = (path: string, timeoutMs = 60_000) =>
      call(`https://shop.example:${ports.tls}${path}`, {
        addresses: 'any',
        resolver: resolving(['127.0.0.1']),
        timeoutMs,
      });

    it('returns status, headers and body, and a rounded time', async () => {
      const result = await reach('/');
      assert.ok(result.outcome === 'answered');
      const { status, headers, body, isCut, tookMs } = result;
      assert.deepEqual([status, headers['x-a'], body.toString(), isCut], [200, ['1', '2'], 'hello', false]);
      assert.equal(tookMs % 100, 0);
    });

    it('reads no more than it should', async () => {
      const result = await reach('/large');
      assert.ok(result.outcome === 'answered');
      assert.deepEqual([result.body.length, result.isCut], [1_000, true]);
    });

    it('follows no redirect', async () => {
      const result = await reach('/away');
      assert.deepEqual([result.outcome, result.outcome === 'answered' && result.status], ['answered', 302]);
    });

    it('says what failed', async () => {
      const reasonOf = async (path: string, timeoutMs?: number) => {
        const result = await reach(path, timeoutMs);
        return result.outcome === 'failed' ? `${result.reason} ${result.status ?? '-'}` : result.outcome;
      };
      assert.equal(await reasonOf('/silent', 2_000), 'timeout -');
      assert.equal(await reasonOf('/slow', 2_000), 'timeout 200');
      assert.equal(await reasonOf('/broken'), 'broken -');
      assert.equal(await reasonOf('/headers'), 'broken -');
      assert.equal(await reasonOf('/gzip'), 'coding 200');
    });

    it('takes a hundred headers', async () => {
      const result = await reach('/many');
      assert.ok(result.outcome === 'answered' && Object.keys(result.headers).length <= 100);
    });
  });

  it('tries again while the time lasts', async () => {
    let tries = 0;
    const port = await listeners.listen(
      createHttpServer((request, response) => {
        tries += 1;
        if (tries < 3) request.socket.destroy();
        else response.end();
      }),
    );
    const result = await call(`http://127.0.0.1:${port}/`, { addresses: 'with loopback', timeoutMs: 60_000 });
    assert.deepEqual([result.outcome, tries], ['answered', 3]);
  });
});
