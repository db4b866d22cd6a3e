import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import Fastify, { type FastifyLoggerOptions } from 'fastify';
import { loggerOptions } from './logger.ts';

/** An application with our logger options, whose lines are collected. */
function application() {
  const lines: string[] = [];
  const stream = { write: (line: string) => void lines.push(line) };
  const app = Fastify({ logger: { ...(loggerOptions('info') as FastifyLoggerOptions), stream } });
  app.post('/form', async (request) => {
    request.log.info(
      { body: { email: 'ada@example.com', password: 's3cret' }, app: { client_secret: 's3cret' } },
      'seen',
    );
    return {};
  });
  // As error-pages.ts does: Fastify's own handler logs the whole URL.
  app.setNotFoundHandler((_request, reply) => reply.code(404).send());
  app.get('/headers', async (request) => {
    const { headers } = request;
    request.log.info({ headers, upstream: { headers } }, 'headers');
    return {};
  });
  return { app, lines };
}

describe('the log', () => {
  it('has method, path and address of a request, one JSON object a line', async () => {
    const { app, lines } = application();
    await app.inject({ method: 'POST', url: '/form?code=s3cret#x', remoteAddress: '198.51.100.7' });
    const [incoming] = lines.map((line) => JSON.parse(line) as { req?: object; reqId: string });
    assert.deepEqual(incoming?.req, { method: 'POST', path: '/form', address: '198.51.100.7' });
    assert.ok(incoming?.reqId);
  });

  it('has no query, no cookie, no credential and no body', async () => {
    const { app, lines } = application();
    await app.inject({
      method: 'POST',
      url: '/form?code=s3cret&token=s3cret',
      headers: {
        cookie: 'session=s3cret',
        authorization: 'Basic s3cret',
        'x-api-key': 's3cret',
        'content-type': 'application/json',
      },
      payload: { password: 's3cret' },
    });
    await app.inject({ url: '/no-such-page?code=s3cret' });
    assert.ok(lines.length >= 4);
    assert.doesNotMatch(lines.join(''), /s3cret/);
  });

  it('redacts secrets even where code logs them explicitly', async () => {
    const { app, lines } = application();
    const headers = { cookie: 's3cret', authorization: 's3cret', 'x-api-key': 's3cret', 'set-cookie': 's3cret' };
    await app.inject({ url: '/headers', headers });
    await app.inject({ method: 'POST', url: '/form' });
    const text = lines.join('');
    assert.doesNotMatch(text, /s3cret/);
    assert.equal(text.split('"[redacted]"').length - 1, 4, 'headers at both places, a password, a client secret');
  });

  it('can be silent', () => assert.equal(loggerOptions('silent'), false));
});
