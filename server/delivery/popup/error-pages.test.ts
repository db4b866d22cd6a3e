import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import Fastify, { type FastifyError } from 'fastify';
import { readConfig } from '../../config.ts';
import { requestIdOf } from '../../http/request-id.ts';
import { addErrorPages } from './error-pages.ts';
import { PopupError } from './popup-error.ts';

const ID = 'request-0001';

function application() {
  const lines: string[] = [];
  const stream = { write: (line: string) => void lines.push(line) };
  const app = Fastify({ genReqId: requestIdOf, logger: { level: 'info', stream } });
  addErrorPages(app, readConfig({ PLATFORM_NAME: 'Acme <ID>' }));
  const failing = (path: string, error: unknown) =>
    app.get(path, async () => {
      throw error;
    });
  failing('/bug', new Error('password of the database is s3cret'));
  failing('/string', 's3cret');
  failing('/hint', new PopupError('invalid_request', 'origin: <b>missing</b>'));
  failing('/sandbox/expired', new PopupError('expired'));
  failing('/sandboxed', new PopupError('expired'));
  failing('/limited', new PopupError('too_many_requests'));
  failing('/teapot', Object.assign(new Error('short and stout'), { statusCode: 418 }) as FastifyError);
  failing('/upstream', Object.assign(new Error('s3cret upstream'), { statusCode: 503 }) as FastifyError);
  app.post('/form', async () => ({}));
  return {
    get: (url: string, headers = {}) => app.inject({ url, headers: { 'x-request-id': ID, ...headers } }),
    app,
    lines,
  };
}

describe('an error page', () => {
  const rows: [path: string, status: number, heading: string][] = [
    ['/bug', 500, 'Something went wrong on our side'],
    ['/string', 500, 'Something went wrong on our side'],
    ['/upstream', 500, 'Something went wrong on our side'],
    ['/hint', 400, 'The shop sent an invalid request'],
    ['/sandbox/expired', 400, 'This took too long'],
    ['/limited', 429, 'Too many requests'],
    ['/teapot', 418, 'The shop sent an invalid request'],
  ];
  for (const [path, status, heading] of rows) {
    it(`answers ${path} with ${status}, in words, with the request’s id`, async () => {
      const { get } = application();
      const response = await get(path);
      assert.equal(response.statusCode, status);
      assert.equal(response.headers['content-type'], 'text/html; charset=utf-8');
      assert.equal(response.headers['cache-control'], 'no-store');
      assert.match(String(response.headers['content-security-policy']), /default-src 'none'.*frame-ancestors 'none'/);
      assert.ok(response.body.includes(`<h1>${heading}</h1>`), response.body.slice(-1_000));
      assert.ok(response.body.includes(ID));
      assert.ok(!/s3cret|\.ts:|node_modules|stout/.test(response.body));
    });
  }

  it('keeps our own faults for the log, under the same id', async () => {
    const { get, lines } = application();
    await get('/bug');
    const failure = lines
      .map((line) => JSON.parse(line) as { level: number; reqId: string; err?: { stack: string } })
      .find(({ err }) => err);
    assert.equal(failure?.level, 50);
    assert.equal(failure?.reqId, ID);
    assert.match(failure?.err?.stack ?? '', /s3cret/);
  });

  it('tells the developer what to mend, as text', async () => {
    const { get } = application();
    assert.match((await get('/hint')).body, /origin: &lt;b&gt;missing&lt;\/b&gt;/);
  });

  it('speaks the language of the request', async () => {
    const { get } = application();
    assert.match((await get('/bug?language=ar')).body, /<html lang="ar" dir="rtl"/);
    assert.match((await get('/bug', { 'accept-language': 'nl' })).body, /<html lang="nl"/);
    assert.match(
      (await get('/bug?theme=dark&language=de&language=fr')).body,
      /<html lang="en" dir="ltr" data-theme="dark"/,
    );
  });

  it('says in which realm it is', async () => {
    const { get } = application();
    assert.match((await get('/sandbox/expired')).body, /class="ribbon"/);
    assert.doesNotMatch((await get('/sandboxed')).body, /class="ribbon"/);
  });

  it('answers what Fastify refuses by itself', async () => {
    const { app } = application();
    const send = (headers: Record<string, string>, payload: string) =>
      app.inject({ method: 'POST', url: '/form', headers, payload });
    assert.equal((await send({ 'content-type': 'application/json' }, '{')).statusCode, 400);
    assert.equal((await send({ 'content-type': 'application/json' }, '{"__proto__":{}}')).statusCode, 400);
    assert.equal((await send({ 'content-type': 'image/png' }, 'x')).statusCode, 415);
    assert.equal(
      (await send({ 'content-type': 'application/json' }, JSON.stringify('x'.repeat(2_000_000)))).statusCode,
      413,
    );
  });
});
