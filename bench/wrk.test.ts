import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { ensureWrk, runWrk } from './wrk.ts';
import { CODE } from './wrk-script.ts';

const loads = () => {
  const seen: string[] = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    seen.push(`${request.method} ${request.url} ${request.headers['x-mark'] ?? ''} ${body}`.trim());
    if (request.url === '/auth')
      response.writeHead(303, { location: `https://shop.example/?code=c${seen.length}&s=1` });
    else response.writeHead(Number(request.url?.slice(1)) || 200);
    response.end();
  });
  const options = { seconds: 1, connections: 2 };
  let url = '';
  before(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  after(() => {
    server.closeAllConnections();
    server.close();
  });

  it('sends its requests in turn, to the byte, and counts the answers', async () => {
    seen.length = 0;
    const body = '{"a":"\\"é\\n"}';
    const requests = [
      { path: '/200' },
      { method: 'POST', path: '/?q="', headers: { 'x-mark': 'é"'.slice(1) }, body },
    ] as const;
    const run = await runWrk({ url, requests }, options);
    assert.equal(run.acts, run.byStatus.get(200));
    assert.ok(run.acts > 2 && run.busy >= 0 && run.seconds > 0);
    assert.deepEqual([...new Set(seen)].toSorted(), ['GET /200', `POST /?q=" " ${body}`]);
  });

  it('fails by one answer that it does not expect, also one that redirects', async () => {
    for (const path of ['/500', '/303'])
      await assert.rejects(
        runWrk({ url, requests: [{ path: '/200' }, { path }] }, options),
        new RegExp(`${path.slice(1)} \\d+ times`),
      );
    await assert.rejects(runWrk({ url: 'http://127.0.0.1:1', requests: [{ path: '/' }] }, options));
  });

  it('redeems each code once, and counts what ends an act', async () => {
    seen.length = 0;
    const redeem = { method: 'POST', path: '/200', body: `a=1&code=${CODE}` } as const;
    const run = await runWrk({ url, requests: [{ path: '/auth' }], also: [303], redeem }, options);
    const redeemed = seen.filter((line) => line.startsWith('POST /200')).map((line) => /code=(c\d+)$/.exec(line)?.[1]);
    assert.equal(new Set(redeemed).size, redeemed.length, 'once each');
    assert.ok(redeemed.every((code) => code !== undefined));
    assert.equal(run.acts, run.byStatus.get(200));
  });

  it('comes back later when it is told that the server is busy, and pauses when it should', async () => {
    const busy = await runWrk({ url, requests: [{ path: '/200' }, { path: '/503' }], also: [503] }, options);
    assert.ok((busy.byStatus.get(503) ?? 0) <= options.connections, 'nobody asks again within the second');
    const paced = await runWrk({ url, requests: [{ path: '/200' }] }, { ...options, pauseMs: 100 });
    assert.ok(paced.acts <= 200, 'two connections that wait for 100 ms on average');
  });
};

// As with a missing Firefox: where wrk can be installed, it is.
const missing = await ensureWrk().then(
  () => undefined,
  (error: Error) => error.message,
);
if (missing === undefined) describe('a load', loads);
else console.warn(`NOT RUN: ${missing}`);
