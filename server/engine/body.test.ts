import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { after, afterEach, before, describe, it } from 'node:test';
import { until } from '../../scripts/testing/until.ts';
import { FairQueue } from '../load/fair-queue.ts';
import { startTestPlatform, type TestPlatform } from '../testing/test-platform.ts';

const FORM = 'application/x-www-form-urlencoded';
/** More than the engine reads. */
const TOO_LARGE = 57 * 1024;
const CONCURRENCY = 2;

describe('a body that the engine reads', () => {
  const queue = new FairQueue('too much to do', { concurrency: CONCURRENCY, maxWaiting: 4 });
  /** Places that the test holds. */
  let taken = 0;
  const sockets: Socket[] = [];
  let platform: TestPlatform;
  before(async () => {
    platform = await startTestPlatform({}, { requestQueue: queue });
  });
  afterEach(() => {
    for (; taken > 0; taken -= 1) queue.leave();
    for (const socket of sockets.splice(0)) socket.destroy();
  });
  after(() => platform.close());

  /** Sends by hand. @returns the connection, and what has arrived on it */
  const open = async (text: string) => {
    const socket = connect(Number(new URL(platform.url).port), '127.0.0.1');
    await once(socket, 'connect');
    const connection = { socket, received: '' };
    socket.setEncoding('utf8').on('data', (chunk: string) => {
      connection.received += chunk;
    });
    sockets.push(socket);
    socket.write(text);
    return connection;
  };
  const head = (path: string, headers: string) =>
    `POST ${path} HTTP/1.1\r\nhost: x\r\ncontent-type: ${FORM}\r\n${headers}\r\n\r\n`;
  const paths = ['/token', '/par', '/revoke', '/device_authorization', '/userinfo', '/sandbox/token'];

  it('waits for its turn again when it has arrived, and takes no place before', async () => {
    const begun = await Promise.all(paths.map((path) => open(`${head(path, 'content-length: 10')}client_id`)));
    const ask = () => fetch(`${platform.url}/token`, { method: 'POST' });
    assert.equal((await ask()).status, 400, 'there are places, although all handlers have begun');
    while (queue.enterAtOnce()) taken += 1;
    for (const { socket } of begun) socket.write('=');
    const other = ask();
    await until(() => queue.size === 1);
    for (let turn = 0; turn < 5; turn += 1) assert.equal((await fetch(`${platform.url}/robots.txt`)).status, 200);
    assert.ok(begun.every(({ received }) => received === ''));
    for (; taken > 0; taken -= 1) queue.leave();
    assert.equal((await other).status, 400);
    await until(() => begun.every(({ received }) => received.startsWith('HTTP/1.1 4')));
    while (queue.enterAtOnce()) taken += 1;
    assert.equal(taken, CONCURRENCY, 'every place is free again');
  });

  it('is read as before: whole, in pieces, or without an announced length', async () => {
    const { clientId, clientSecret } = await platform.createApp();
    const form = new URLSearchParams({
      grant_type: 'authorization_code',
      code: 'none',
      client_id: clientId,
      client_secret: clientSecret,
      redirect_uri: 'https://shop.example/é',
    }).toString();
    const announced = head('/sandbox/token', `content-length: ${form.length}`);
    const chunked = `${head('/sandbox/token', 'transfer-encoding: chunked')}${form.length.toString(16)}\r\n`;
    const sent = [
      [announced + form],
      [announced, form.slice(0, 20), form.slice(20)],
      [chunked, `${form}\r\n0\r\n\r\n`],
    ];
    for (const [first = '', ...others] of sent) {
      const connection = await open(first);
      for (const piece of others) connection.socket.write(piece);
      await until(() => connection.received.includes('{"error":"invalid_grant"'));
    }
  });

  it('is refused in OAuth’s form when it is too large, announced or not', async () => {
    const body = 'x'.repeat(TOO_LARGE);
    const refused = { error: 'invalid_request', error_description: 'failed to parse the request body' };
    const announced = await fetch(`${platform.url}/token`, { method: 'POST', headers: { 'content-type': FORM }, body });
    assert.deepEqual([announced.status, await announced.json()], [400, refused]);
    const chunked = await open(
      `${head('/token', 'transfer-encoding: chunked')}${TOO_LARGE.toString(16)}\r\n${body}\r\n`,
    );
    await until(() => chunked.received.includes(JSON.stringify(refused)));
  });
});
