import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import Fastify from 'fastify';
import { ROOT } from '../../scripts/run.ts';
import { addSecurityHeaders } from './security-headers.ts';
import { takeOver } from './take-over.ts';

describe('an answer that Fastify does not write', () => {
  it('has the headers that every answer has, and its own', async () => {
    const app = Fastify();
    addSecurityHeaders(app, {});
    app.get('/', (_request, reply) => {
      assert.deepEqual(reply.raw.getHeaderNames(), [], 'or Node would write them one by one');
      takeOver(reply.header('x-frame-options', 'SAMEORIGIN')).writeHead(200, { 'cache-control': 'no-store' }).end('ok');
    });
    const { headers, body } = await app.inject('/');
    assert.equal(body, 'ok');
    assert.equal(headers['x-frame-options'], 'SAMEORIGIN');
    assert.equal(headers['cache-control'], 'no-store');
    assert.match(String(headers['content-security-policy']), /default-src 'none'/);
  });

  it('is always taken over here, because it would lack them', () => {
    const users = globSync('server/**/*.ts', { cwd: ROOT, exclude: ['**/node_modules/**', '**/*.test.ts'] }).filter(
      (file) => /\.hijack\(/.test(readFileSync(join(ROOT, file), 'utf8')),
    );
    assert.deepEqual(users, ['server/http/take-over.ts']);
  });
});
