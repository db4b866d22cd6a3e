import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import Fastify, { type FastifyInstance } from 'fastify';
import { ApiError, validationError } from './api-error.ts';
import { sendApiError, toApiError } from './send-error.ts';

describe('errors of the user API', () => {
  let app: FastifyInstance;
  let thrown: unknown;
  before(() => {
    app = Fastify({ genReqId: () => 'request-1' });
    app.setErrorHandler((error, request, reply) => sendApiError(toApiError(error, request), request, reply));
    app.get('/', async () => {
      throw thrown;
    });
  });
  after(() => app.close());

  const answerTo = async (error: unknown, accept = '*/*') => {
    thrown = error;
    const { statusCode, headers, body } = await app.inject({ url: '/', headers: { accept } });
    return { status: statusCode, headers, text: body };
  };

  it('have the format of the contract', async () => {
    const { status, text, headers } = await answerTo(new ApiError(404, 'not_found', 'Look elsewhere.'));
    assert.deepEqual([status, text], [404, '{"error":"not_found","status":404,"message":"Look elsewhere."}']);
    assert.equal(headers['content-type'], 'application/json; charset=utf-8');
    assert.equal(headers['cache-control'], 'no-store');
  });

  it('ask to retry later when the database is unreachable', async () => {
    const { status, headers, text } = await answerTo(Object.assign(new Error('refused'), { code: 'ECONNREFUSED' }));
    assert.equal(status, 503);
    assert.equal(headers['retry-after'], '5');
    assert.equal((JSON.parse(text) as { error: string }).error, 'unavailable');
  });

  it('of validation list the failed rules, and nothing else', async () => {
    const { text } = await answerTo(validationError([{ parameter: 'email', rule: 'required' }]));
    const expected =
      '{"error":"validation_error","status":400,"validation_error":[{"parameter":"email","rule":"required"}]}';
    assert.equal(text, expected);
  });

  for (const accept of ['application/problem+json', 'application/problem+json, application/json;q=0.5']) {
    it(`are RFC 9457 with Accept: ${accept}`, async () => {
      const { status, text, headers } = await answerTo(
        validationError([{ parameter: 'email', rule: 'required' }]),
        accept,
      );
      assert.equal(status, 400);
      assert.match(String(headers['content-type']), /^application\/problem\+json/);
      assert.deepEqual(JSON.parse(text), {
        type: '/docs/api#error-validation_error',
        title: 'validation error',
        status: 400,
        detail: 'Some parameters do not meet their rules.',
        instance: 'urn:request:request-1',
        validation_error: [{ parameter: 'email', rule: 'required' }],
      });
    });
  }

  it('have their headers', async () => {
    const error = new ApiError(429, 'too_many_requests', 'Wait.', { headers: { 'retry-after': '7' } });
    assert.equal((await answerTo(error)).headers['retry-after'], '7');
  });

  it('on our side show the id of the request, and no secret', async () => {
    for (const error of [
      new Error('password=hunter2'),
      'hunter2',
      Object.assign(new Error('hunter2'), { statusCode: 500 }),
    ]) {
      const { status, text } = await answerTo(error);
      assert.equal(status, 500);
      assert.match(text, /^\{"error":"internal_error","status":500,"message":".*request-1\."\}$/);
      assert.ok(!text.includes('hunter2') && !text.includes('at '));
    }
  });

  it('of the framework get our codes', async () => {
    const codes = [];
    for (const statusCode of [400, 415]) {
      codes.push(JSON.parse((await answerTo(Object.assign(new Error('x'), { statusCode }))).text).error);
    }
    assert.deepEqual(codes, ['invalid_request', 'unsupported_media_type']);
  });
});
