import assert from 'node:assert/strict';
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { type AddressInfo, createServer } from 'node:net';
import { describe, it } from 'node:test';
import { readConfig } from './config.ts';
import { startPlatform } from './platform.ts';
import { temporaryDirectory } from './testing/temporary-directory.ts';
import { startTestPlatform } from './testing/test-platform.ts';

describe('startPlatform', () => {
  it('listens on a free port with PORT=0, and uses that port in its URL', async () => {
    const platform = await startTestPlatform();
    const { port } = platform.app.server.address() as AddressInfo;
    assert.equal(platform.url, `http://localhost:${port}`);
    const { issuer } = (await (await fetch(`${platform.url}/.well-known/openid-configuration`)).json()) as {
      issuer: string;
    };
    assert.equal(issuer, platform.url);
    await platform.close();
  });

  it('keeps the name that PUBLIC_URL gives it', async () => {
    const platform = await startTestPlatform({ PUBLIC_URL: 'https://id.example' });
    assert.equal(platform.url, 'https://id.example');
    const { port } = platform.app.server.address() as AddressInfo;
    const response = await fetch(`http://localhost:${port}/sandbox/.well-known/openid-configuration`, {
      headers: { 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'http' },
    });
    const metadata = JSON.stringify(await response.json());
    assert.ok(metadata.includes('https://id.example/sandbox/jwks'));
    assert.ok(!metadata.includes('evil.example'));
    await platform.close();
  });

  it('fails at once when the port is in use, and releases everything', async () => {
    const squatter = createServer().listen(0, 'localhost');
    await once(squatter, 'listening');
    const { port } = squatter.address() as AddressInfo;
    const dataDir = temporaryDirectory();
    await assert.rejects(startPlatform(readConfig({ PORT: String(port), DATA_DIR: dataDir, LOG_LEVEL: 'silent' })), {
      code: 'EADDRINUSE',
    });
    squatter.close();
    await once(squatter, 'close');
    const platform = await startTestPlatform({ PORT: String(port), DATA_DIR: dataDir });
    await platform.close();
  });

  it('fails when the database is unreachable, and releases the port', async () => {
    const env = {
      DATABASE_URL: 'postgres://nobody:s3cret@127.0.0.1:1/none',
      LOG_LEVEL: 'silent',
      DATA_DIR: temporaryDirectory(),
    };
    const probe = createServer().listen(0, 'localhost');
    await once(probe, 'listening');
    const { port } = probe.address() as AddressInfo;
    probe.close();
    await once(probe, 'close');
    await assert.rejects(startPlatform(readConfig({ ...env, PORT: String(port) })), { code: 'ECONNREFUSED' });
    const again = createServer().listen(port, 'localhost');
    await once(again, 'listening');
    again.close();
  });

  it('limits how long a request may take to arrive', async () => {
    const platform = await startTestPlatform();
    const { requestTimeout, headersTimeout, timeout, maxRequestsPerSocket } = platform.app.server;
    assert.deepEqual([requestTimeout, headersTimeout, timeout, maxRequestsPerSocket], [30_000, 30_000, 120_000, 0]);
    await platform.close();
  });

  it('keeps an idle connection longer than a proxy does, so that no request meets a closing one', async (test) => {
    const platform = await startTestPlatform();
    test.after(() => platform.close());
    const { headers } = await fetch(`${platform.url}/healthz`);
    assert.equal(headers.get('keep-alive'), 'timeout=72');
    const other = await startTestPlatform({ KEEP_ALIVE_SECONDS: '350' });
    test.after(() => other.close());
    assert.equal((await fetch(`${other.url}/healthz`)).headers.get('keep-alive'), 'timeout=350');
  });
});

describe('close', () => {
  it('finishes an open request, takes no new ones, and does not wait for idle connections', async () => {
    const platform = await startTestPlatform();
    const agent = new Agent({ keepAlive: true });
    const { port } = new URL(platform.url);
    const options = { port, host: 'localhost', agent, path: '/sandbox/interaction/abc/sign-in', method: 'POST' };
    // Leaves an idle connection, which both sides would keep.
    await new Promise((resolve) =>
      request({ ...options, method: 'GET', path: '/healthz' }, (response) =>
        response.resume().on('end', resolve),
      ).end(),
    );

    const slow = request({
      ...options,
      headers: { 'content-type': 'application/x-www-form-urlencoded', 'content-length': 7 },
    });
    const answered = once(slow, 'response');
    slow.write('a=1');
    await once(platform.app.server, 'request');
    let isClosed = false;
    const closed = platform.close().then(() => {
      isClosed = true;
    });
    await assert.rejects(fetch(`${platform.url}/healthz`), 'it takes no new requests');
    assert.equal(isClosed, false, 'it waits for the request');
    slow.end('&b=2');
    const [response] = await answered;
    assert.equal(response.statusCode, 400);
    response.resume();
    await closed;
    agent.destroy();
  });

  it('leaves the data for the next start', async () => {
    const first = await startTestPlatform();
    const { clientId } = await first.createApp();
    const keys = await (await fetch(`${first.url}/jwks`)).text();
    await first.close();
    const second = await startTestPlatform({ DATA_DIR: first.dataDir });
    assert.ok(await second.storage.appEnvironments.findByClientId(clientId));
    assert.equal(await (await fetch(`${second.url}/jwks`)).text(), keys);
    await second.close();
  });
});
