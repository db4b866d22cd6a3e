import assert from 'node:assert/strict';
import { it } from 'node:test';
import Fastify from 'fastify';
import { DatabaseHealth } from '../storage/database-health.ts';
import { addMetrics } from './metrics.ts';

it('counts requests by route, and never by path', async () => {
  const app = Fastify();
  addMetrics(app, { waiting: 3, refused: 17 }, new DatabaseHealth());
  app.get('/people/:id', async () => 'ok');
  await app.inject('/people/somebody-private');
  await app.inject('/nowhere/somebody-private');
  const { body, headers } = await app.inject('/metrics');
  await app.close();
  assert.match(String(headers['content-type']), /^text\/plain/);
  assert.match(body, /http_request_duration_seconds_count\{method="GET",route="\/people\/:id",status="200"\} 1/);
  assert.match(body, /http_request_duration_seconds_count\{method="GET",route="none",status="404"\} 1/);
  assert.match(body, /^password_hashes_waiting 3$/m);
  assert.match(body, /^password_hashes_refused_total 17$/m);
  assert.match(body, /process_cpu_seconds_total/);
  assert.doesNotMatch(body, /somebody-private/);
});
