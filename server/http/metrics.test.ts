import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import Fastify from 'fastify';
import { DatabaseHealth } from '../storage/database-health.ts';
import { addMetrics } from './metrics.ts';

const TOKEN = '0123456789abcdef';

async function appWith(metricsToken?: string, publicUrl = 'http://localhost:4000') {
  const app = Fastify();
  addMetrics(app, { metricsToken, publicUrl }, { hashes: { waiting: 3, refused: 17 }, health: new DatabaseHealth() });
  app.get('/people/:id', async () => 'ok');
  await app.ready();
  return app;
}

it('counts requests by route, and never by path', async () => {
  const app = await appWith();
  await app.inject('/people/somebody-private');
  await app.inject('/nowhere/somebody-private');
  const { body, headers } = await app.inject('/metrics');
  assert.match(String(headers['content-type']), /^text\/plain/);
  assert.match(body, /http_request_duration_seconds_count\{method="GET",route="\/people\/:id",status="200"\} 1/);
  assert.match(body, /http_request_duration_seconds_count\{method="GET",route="none",status="404"\} 1/);
  assert.match(body, /^password_hashes_waiting 3$/m);
  assert.match(body, /^password_hashes_refused_total 17$/m);
  assert.match(body, /process_cpu_seconds_total/);
  assert.doesNotMatch(body, /somebody-private/);
});

describe('/metrics', () => {
  const strangers = [
    { remoteAddress: '203.0.113.5' },
    { headers: { 'x-forwarded-for': '127.0.0.1' } },
    { headers: { host: 'id.example.com' } },
  ];

  it('answers this machine alone, unless there is a token', async () => {
    const app = await appWith();
    for (const stranger of strangers) {
      const { statusCode, body } = await app.inject({ url: '/metrics', ...stranger });
      assert.equal(statusCode, 403);
      assert.match(body, /set METRICS_TOKEN/);
      assert.doesNotMatch(body, /process_cpu/);
    }
    const guess = { authorization: 'Bearer undefined', host: 'id.example.com' };
    assert.equal((await app.inject({ url: '/metrics', headers: guess })).statusCode, 403);
  });

  it('of a public platform answers nobody without the token, because a proxy may make a stranger look local', async () => {
    for (const token of [undefined, TOKEN]) {
      const app = await appWith(token, 'https://id.example.com');
      for (const host of ['localhost', 'localhost.:4000', '127.0.0.1', '[::1]', 'id.example.com']) {
        const { statusCode, body } = await app.inject({ url: '/metrics', headers: { host } });
        assert.equal(statusCode, token ? 401 : 403, host);
        assert.match(body, /METRICS_TOKEN/);
        assert.doesNotMatch(body, /process_cpu/);
      }
      const headers = { host: 'localhost', authorization: `Bearer ${TOKEN}` };
      assert.equal((await app.inject({ url: '/metrics', headers })).statusCode, token ? 200 : 403);
    }
  });

  it('answers everybody who has the token', async () => {
    const app = await appWith(TOKEN);
    for (const { headers, ...stranger } of strangers) {
      const ask = (authorization: string) =>
        app.inject({ url: '/metrics', ...stranger, headers: { ...headers, authorization } });
      assert.equal((await ask(`Bearer ${TOKEN}`)).statusCode, 200);
      for (const wrong of [`Bearer ${TOKEN}0`, 'Bearer ', `Basic ${TOKEN}`, TOKEN, '']) {
        const { statusCode, headers: answered } = await ask(wrong);
        assert.deepEqual([statusCode, answered['www-authenticate']], [401, 'Bearer'], wrong);
      }
    }
    assert.equal((await app.inject('/metrics')).statusCode, 200, 'and this machine');
  });
});
