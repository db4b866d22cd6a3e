import assert from 'node:assert/strict';
import { connect, type Socket } from 'node:net';
import { after, before, describe, it } from 'node:test';
import Fastify from 'fastify';
import { until } from '../../../scripts/testing/until.ts';
import { startTestPlatform, type TestPlatform } from '../../testing/test-platform.ts';
import { leaveBodiesToHandlers } from './unread-body.ts';

const MEGABYTE = 1024 * 1024;
const UPLOAD_BYTES = 5 * MEGABYTE;
/** What the kernel may hold, and what is read after the response so that a connection can go on. */
const MAX_READ_BYTES = MEGABYTE;

let platform: TestPlatform;
before(async () => {
  platform = await startTestPlatform();
});
after(() => platform.close());

interface Attempt {
  status: number;
  head: string;
  /** Of the whole connection, as the server counts it. */
  readBytes: number;
}

/** Sends a request whose body goes on whatever is answered, until the server closes the connection. */
async function pour(path: string, headers: readonly string[], bodyBytes = UPLOAD_BYTES): Promise<Attempt> {
  const { hostname, port } = new URL(platform.url);
  const accepted = new Promise<Socket>((resolve) => platform.app.server.once('connection', resolve));
  const socket = connect(Number(port), hostname);
  const received: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => received.push(chunk));
  // A connection that the server resets in the middle of the body is what this is about.
  socket.on('error', () => {});
  const closed = new Promise((resolve) => socket.once('close', resolve));
  socket.write(`POST ${path} HTTP/1.1\r\nhost: ${hostname}:${port}\r\n${headers.join('\r\n')}\r\n\r\n`);
  const peer = await accepted;
  const chunk = Buffer.alloc(64 * 1024, 1);
  for (let sent = 0; sent < bodyBytes && !socket.destroyed; sent += chunk.length) {
    if (!socket.write(chunk)) await Promise.race([closed, new Promise((resolve) => socket.once('drain', resolve))]);
  }
  await closed;
  const head = Buffer.concat(received).toString('latin1');
  return { status: Number(/^HTTP\/1\.1 (\d+)/.exec(head)?.[1]), head, readBytes: peer.bytesRead };
}

const ORIGIN = () => `origin: ${platform.url}`;
const MULTIPART = 'content-type: multipart/form-data; boundary=x';
const FORM = 'content-type: application/x-www-form-urlencoded';
const JSON_TYPE = 'content-type: application/json';

describe('a body of somebody who is unknown', () => {
  const rows: [what: string, path: string, headers: () => string[], status: number][] = [
    ['a picture', '/account/profile/picture', () => [ORIGIN(), MULTIPART], 303],
    ['a picture for the sandbox', '/sandbox/account/profile/picture', () => [ORIGIN(), MULTIPART], 303],
    ['a logo', '/account/apps/unknown/logo', () => [ORIGIN(), MULTIPART], 303],
    ['a file where none is taken', '/account/sign-in', () => [ORIGIN(), MULTIPART], 415],
    ['a form of a foreign page', '/account/sign-in', () => ['origin: https://evil.example', FORM], 403],
    ['a form that is too large', '/account/sign-in', () => [ORIGIN(), FORM], 413],
    ['a step of no interaction', '/interaction/unknown/sign-in', () => [ORIGIN(), FORM], 413],
    ['a confirmation', '/confirm-email', () => [ORIGIN(), FORM], 413],
    ['a new user, without a key', '/1/users', () => [JSON_TYPE], 401],
    ['a new user, with a wrong key', '/1/users', () => [JSON_TYPE, 'x-api-key: sk_live_wrong'], 401],
    ['a sign-up of an embedding app', '/embed/signup', () => [JSON_TYPE], 401],
    ['a machine login', '/custom_api/external_login', () => [JSON_TYPE], 413],
    ['a page that is none', '/nowhere', () => [JSON_TYPE], 404],
  ];
  for (const [what, path, headers, status] of rows) {
    it(`is answered at once and left unread: ${what}`, async () => {
      const attempt = await pour(path, [...headers(), `content-length: ${UPLOAD_BYTES}`]);
      assert.equal(attempt.status, status, attempt.head.slice(0, 300));
      assert.ok(attempt.readBytes < MAX_READ_BYTES, `${attempt.readBytes} bytes were read`);
    });
  }

  it('has no end, and is left all the same', async () => {
    const endless = `${(UPLOAD_BYTES * 4).toString(16)}\r\n`;
    const attempt = await pour('/account/profile/picture', [
      ORIGIN(),
      MULTIPART,
      `transfer-encoding: chunked\r\n\r\n${endless}`,
    ]);
    assert.equal(attempt.status, 303);
    assert.ok(attempt.readBytes < MAX_READ_BYTES, `${attempt.readBytes} bytes were read`);
  });
});

it('a small body that is left lets the connection serve the next request', async () => {
  const { hostname, port } = new URL(platform.url);
  const socket = connect(Number(port), hostname);
  const received: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => received.push(chunk));
  const statuses = () =>
    [
      ...Buffer.concat(received)
        .toString()
        .matchAll(/HTTP\/1\.1 (\d{3}) /g),
    ].map(([, status]) => status);
  const body = 'x'.repeat(20_000);
  const refused = `POST /1/users HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`;
  for (const request of [refused, refused, 'GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n']) {
    const before = statuses().length;
    socket.write(request);
    await until(() => statuses().length > before);
  }
  assert.deepEqual(statuses(), ['401', '401', '200']);
  socket.destroy();
});

it('Fastify looks at no body: whatever a request says of it, its handler is asked', async () => {
  const app = Fastify();
  leaveBodiesToHandlers(app);
  app.all('/', async ({ body }) => body ?? 'unread');
  for (const method of ['POST', 'PUT', 'PATCH', 'DELETE'] as const)
    for (const type of ['application/json', 'nonsense', ''])
      assert.equal(
        (await app.inject({ method, url: '/', body: 'x', headers: { 'content-type': type } })).body,
        'unread',
      );
  assert.ok(app.supportedMethods.includes('POST'));
});
