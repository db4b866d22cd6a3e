import assert from 'node:assert/strict';
import { once } from 'node:events';
import { Agent, get, type RequestListener } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { describe, it, type TestContext } from 'node:test';
import { setImmediate as immediate } from 'node:timers/promises';
import { until } from '../scripts/testing/until.ts';
import { createHttpServer, type HttpServer } from './http-server.ts';

async function listen(
  test: TestContext,
  listener: RequestListener,
  keepAliveMs = 72_000,
): Promise<HttpServer & { port: number }> {
  const http = createHttpServer(keepAliveMs, listener);
  http.server.listen(0, '127.0.0.1');
  await once(http.server, 'listening');
  test.after(() => {
    http.server.close();
    http.server.closeAllConnections();
  });
  return { ...http, port: (http.server.address() as AddressInfo).port };
}

/** A connection on which `text` has arrived. */
async function send(http: HttpServer & { port: number }, text: string): Promise<Socket> {
  const accepted = once(http.server, 'connection') as Promise<[Socket]>;
  const socket = connect(http.port, '127.0.0.1').on('error', () => {});
  const [peer] = await accepted;
  const arrived = text ? once(peer, 'data') : undefined;
  socket.write(text);
  await arrived;
  return socket;
}

describe('drain', () => {
  it('does not wait for a connection on which nobody waits for an answer', async (test) => {
    const http = await listen(test, (_request, response) => void response.end('ok'));
    const agent = new Agent({ keepAlive: true });
    test.after(() => agent.destroy());
    const [idle] = await once(get({ port: http.port, host: '127.0.0.1', agent }), 'response');
    await once(idle.resume(), 'end');
    const sockets = [await send(http, ''), await send(http, 'POST /token HTTP/1.1\r\nhost: id.example\r\ncontent-')];
    const ends = sockets.map((socket) => once(socket, 'close'));
    // Only the check of each fraction of a second ends them, and not the limit of five seconds.
    test.mock.timers.enable({ apis: ['setTimeout'] });
    await http.drain();
    await Promise.all(ends);
  });

  it('answers the requests that have arrived, and tells the client to send no more', async (test) => {
    const waiting: (() => void)[] = [];
    const http = await listen(test, (_request, response) => void waiting.push(() => response.end('done')));
    const agent = new Agent({ keepAlive: true });
    test.after(() => agent.destroy());
    const answer = once(get({ port: http.port, host: '127.0.0.1', agent }), 'response');
    await once(http.server, 'request');
    const drained = http.drain();
    await immediate();
    for (const finish of waiting) finish();
    const [response] = await answer;
    assert.equal(response.headers.connection, 'close');
    assert.equal(await response.setEncoding('utf8').toArray().then(String), 'done');
    await drained;
  });

  it('answers a request that arrives on an open connection while the server stops', async (test) => {
    const http = await listen(test, (_request, response) => void response.end('done'));
    const socket = await send(http, '');
    const answer = socket.setEncoding('utf8').toArray();
    const drained = http.drain();
    socket.write('GET / HTTP/1.1\r\nhost: id.example\r\n\r\n');
    assert.match((await answer).join(''), /^HTTP\/1\.1 200 OK\r\nconnection: close\r\n[\s\S]*done/i);
    await drained;
  });

  it('ends an answer, or a request, that does not end by itself', async (test) => {
    const http = await listen(test, (_request, response) => void response.writeHead(200).write('more to come'));
    const stream = await send(http, 'GET / HTTP/1.1\r\nhost: id.example\r\n\r\n');
    const upload = await send(http, 'POST / HTTP/1.1\r\nhost: id.example\r\ncontent-length: 100\r\n\r\nhalf');
    const ends = [stream, upload].map((socket) => once(socket.resume(), 'close'));
    test.mock.timers.enable({ apis: ['setTimeout'] });
    const drained = http.drain();
    await immediate();
    test.mock.timers.tick(4_999);
    assert.ok(!stream.destroyed && !upload.destroyed);
    test.mock.timers.tick(1);
    await Promise.all([drained, ...ends]);
  });
});

describe('an idle connection', () => {
  const answer: RequestListener = (_request, response) => void response.end('ok');

  /** Asks once, and waits for the answer. Node's own agent would end the connection by itself, before the server does. */
  async function askOnce(http: HttpServer & { port: number }, header = ''): Promise<Socket> {
    const socket = await send(http, `GET / HTTP/1.1\r\nhost: id.example\r\n${header}\r\n`);
    await once(socket, 'data');
    return socket;
  }
  const PROXIED = 'x-forwarded-for: 203.0.113.1\r\n';

  it('of a proxy is counted by who ends it', async (test) => {
    const patient = await listen(test, answer);
    (await askOnce(patient, PROXIED)).end();
    await until(() => patient.idleEnds.byProxy === 1);
    assert.equal(patient.idleEnds.byServer, 0);

    const impatient = await listen(test, answer, 1);
    await once(await askOnce(impatient, PROXIED), 'close');
    assert.deepEqual(impatient.idleEnds, { byServer: 1, byProxy: 0 });
  });

  it('of nobody’s proxy is ended and not counted', async (test) => {
    const http = await listen(test, answer, 1);
    await once(await askOnce(http), 'close');
    assert.deepEqual(http.idleEnds, { byServer: 0, byProxy: 0 });
  });
});

describe('what is no request', () => {
  const REQUEST = 'POST / HTTP/1.1\r\nhost: id.example\r\ntransfer-encoding: chunked\r\n\r\n';
  /** What a client reads that sends `first` and, once it has read `until`, something that is no HTTP. */
  async function answersTo(test: TestContext, listener: RequestListener, first: string, until: string) {
    const http = await listen(test, listener);
    http.server.on('clientError', (_error, socket) => {
      if (socket.writable) socket.end('HTTP/1.1 400 Bad Request\r\n\r\nno request');
    });
    const socket = (await send(http, first)).setEncoding('utf8');
    let read = '';
    socket.on('data', (text: string) => {
      const before = read.includes(until);
      read += text;
      if (!before && read.includes(until)) socket.write('nonsense\r\n\r\n');
    });
    await once(socket, 'close');
    return read;
  }

  it('is not answered in the middle of another answer', async (test) => {
    const half: RequestListener = (request, response) => {
      request.resume();
      response.writeHead(200, { 'content-length': 100 }).write('the first half');
    };
    const get = 'GET / HTTP/1.1\r\nhost: id.example\r\n\r\n';
    assert.match(await answersTo(test, half, get, 'half'), /the first half$/);
    assert.match(await answersTo(test, half, get + get, 'half'), /the first half$/, 'nor before one that waits');
    assert.match(await answersTo(test, half, REQUEST, 'half'), /the first half$/, 'nor for the body that goes with it');
  });

  it('is not answered when it is the rest of a request that has been answered', async (test) => {
    const early: RequestListener = (_request, response) => void response.writeHead(401).end('early');
    const read = await answersTo(test, early, REQUEST, 'early');
    assert.doesNotMatch(read, /400 Bad Request/);
  });

  it('is answered otherwise, after an answer too', async (test) => {
    const whole: RequestListener = (_request, response) => void response.end('whole');
    const get = 'GET / HTTP/1.1\r\nhost: id.example\r\n\r\n';
    assert.match(await answersTo(test, whole, get, 'whole'), /whole.*400 Bad Request.*no request$/s);
    const waits: RequestListener = () => undefined;
    const http = await listen(test, waits);
    http.server.on('clientError', (_error, socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\nno request'));
    const socket = (await send(http, REQUEST)).setEncoding('utf8');
    socket.write('nonsense\r\n\r\n');
    assert.match(
      String(await socket.toArray()),
      /^HTTP\/1.1 400 .*no request$/s,
      'a body that nothing has been said to',
    );
  });
});
