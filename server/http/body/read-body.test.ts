import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import Fastify, { type FastifyInstance } from 'fastify';
import { BODY_HEADERS, FIELD_BYTES, JSON_BODIES, URL_ENCODED_TEXT } from '../../../scripts/testing/hostile-inputs.ts';
import type { BodyContract, ParsedBody } from './body-contract.ts';
import type { BodyError } from './body-error.ts';
import { readBody } from './read-body.ts';
import { leaveBodiesToHandlers } from './unread-body.ts';

const MAX_BYTES = 16 * 1024;
const EVERYTHING: BodyContract = { types: ['json', 'form', 'multipart'], maxBytes: MAX_BYTES };
const FORM = { 'content-type': 'application/x-www-form-urlencoded' };
const JSON_TYPE = { 'content-type': 'application/json' };
const MULTIPART = { 'content-type': 'multipart/form-data; boundary=b' };

interface Answer {
  status: number;
  body?: ParsedBody;
  problem?: string;
  message?: string;
  accepts: string | null;
}

let app: FastifyInstance;
let url: string;
let contract = EVERYTHING;
before(async () => {
  app = Fastify();
  leaveBodiesToHandlers(app);
  app.setErrorHandler((error, _request, reply) => {
    const { statusCode, problem, message, headers } = error as BodyError;
    return reply
      .code(statusCode ?? 500)
      .headers(headers ?? {})
      .send({ problem, message });
  });
  app.post('/', async (request) => ({ body: await readBody(request, contract) }));
  url = await app.listen({ port: 0, host: '127.0.0.1' });
});
after(() => app.close());

async function post(body: string | Buffer, headers: Readonly<Record<string, string>>): Promise<Answer> {
  // A Buffer, because fetch names a type for a string.
  const response = await fetch(url, { method: 'POST', body: Buffer.from(body), headers });
  const accepts = response.headers.get('accept') ?? response.headers.get('accept-encoding');
  return { status: response.status, accepts, ...((await response.json()) as object) };
}

const part = (name: string, value: string | Buffer, more = '') =>
  Buffer.concat([
    Buffer.from(`--b\r\ncontent-disposition: form-data; name="${name}"${more}\r\n\r\n`),
    Buffer.from(value),
    Buffer.from('\r\n'),
  ]);
const parts = (...all: Buffer[]) => Buffer.concat([...all, Buffer.from('--b--\r\n')]);
const inJson = (bytes: Buffer) => Buffer.concat([Buffer.from('{"a":"'), bytes, Buffer.from('"}')]);

describe('bytes', () => {
  for (const { input, value, what } of FIELD_BYTES.understood) {
    it(`are understood: ${what}`, async () => {
      assert.deepEqual((await post(inJson(input), JSON_TYPE)).body, { type: 'json', value: { a: value } });
      const form = { type: 'form', entries: [['a', value]] };
      assert.deepEqual((await post(Buffer.concat([Buffer.from('a='), input]), FORM)).body, form);
      assert.deepEqual((await post(parts(part('a', input)), MULTIPART)).body, form);
    });
  }
  for (const { input, refusal, what } of FIELD_BYTES.refused) {
    it(`are refused: ${what}`, async () => {
      for (const answer of [
        await post(inJson(input), JSON_TYPE),
        await post(Buffer.concat([Buffer.from('a='), input]), FORM),
        await post(parts(part('a', input)), MULTIPART),
      ])
        assert.deepEqual([answer.status, answer.problem], [400, refusal], String(answer.message));
    });
  }

  it('of a file are any', async () => {
    const file = part('f', Buffer.from([0xff, 0, 0xfe]), '; filename="a.bin"');
    const { body } = await post(parts(part('a', 'x'), file), MULTIPART);
    assert.deepEqual(body, {
      type: 'form',
      entries: [
        ['a', 'x'],
        ['f', { type: 'Buffer', data: [0xff, 0, 0xfe] }],
      ],
    });
  });

  it('that are wrong are told where', async () => {
    const { message } = await post(Buffer.concat([Buffer.from('{"\ufffd":1,\n"a":"'), Buffer.from([0xfc])]), JSON_TYPE);
    assert.equal(message, 'The body is not UTF-8: look at line 2, column 6.');
    assert.match(String((await post('password=%FC', FORM)).message), /The field "password" is not UTF-8/);
    assert.match(String((await post('%FC=1', FORM)).message), /The name of a field/);
  });
});

describe('text of forms', () => {
  for (const { input, value, what } of URL_ENCODED_TEXT.understood) {
    it(`is understood: ${what}`, async () =>
      assert.deepEqual((await post(`a=${input}&${input}`, FORM)).body, {
        type: 'form',
        entries: [
          ['a', value],
          [value, ''],
        ],
      }));
  }
  for (const { input, refusal, what } of URL_ENCODED_TEXT.refused) {
    it(`is refused: ${what}`, async () => {
      for (const body of [`a=${input}`, `${input}=a`]) {
        const answer = await post(body, FORM);
        assert.deepEqual([answer.status, answer.problem], [400, refusal]);
      }
    });
  }
});

describe('JSON', () => {
  for (const { input, value, what } of JSON_BODIES.understood) {
    it(`is understood: ${what}`, async () =>
      assert.deepEqual((await post(input, JSON_TYPE)).body, { type: 'json', value }));
  }
  for (const { input, refusal, what } of JSON_BODIES.refused) {
    it(`is refused: ${what}`, async () => {
      const answer = await post(input, JSON_TYPE);
      assert.deepEqual([answer.status, answer.problem], [400, refusal], String(answer.message));
    });
  }

  it('is told where a name comes again', async () => {
    const { message } = await post('{"a":1,\n "a":2}', JSON_TYPE);
    assert.equal(message, 'The body has a name twice in one object: look at line 2, column 2.');
  });
});

describe('headers', () => {
  for (const { input, what } of BODY_HEADERS.understood)
    it(`are understood: ${what}`, async () => assert.equal((await post('{"a":1}', input)).status, 200));
  for (const { input, refusal, what } of BODY_HEADERS.refused) {
    it(`are refused: ${what}`, async () => {
      const answer = await post('{"a":1}', input);
      assert.deepEqual([answer.status, answer.problem ?? 'unsupported_type'], [415, refusal]);
      if (answer.problem === 'unsupported_coding') assert.equal(answer.accepts, 'identity');
      if (answer.problem === 'unsupported_type') assert.match(String(answer.accepts), /^application\/json, /);
    });
  }

  it('of another charset are refused where they matter', async () => {
    const latin1 = { 'content-type': 'application/json; charset=ISO-8859-1' };
    const utf16 = { 'content-type': 'application/json; charset=utf-16' };
    for (const answer of [await post('{"a":"ü"}', latin1), await post(Buffer.from('{"a":1}', 'utf16le'), utf16)])
      assert.deepEqual([answer.status, answer.problem], [415, 'unsupported_charset']);
  });

  it('without a body and without a type mean that there is none', async () =>
    assert.deepEqual((await post('', {})).body, { type: 'none' }));
});

describe('length', () => {
  const bodyOf = (bytes: number) => JSON.stringify({ a: 'x'.repeat(bytes - '{"a":""}'.length) });

  it('is bounded, announced or not', async () => {
    assert.equal((await post(bodyOf(MAX_BYTES), JSON_TYPE)).status, 200);
    const chunked = async (text: string) => {
      const body = new ReadableStream({
        start(controller) {
          controller.enqueue(Buffer.from(text));
          controller.close();
        },
      });
      // Of a stream, the length is not known before. @types/node does not know `duplex`, which fetch then asks for.
      const init = { method: 'POST', body, headers: JSON_TYPE, duplex: 'half' };
      const response = await fetch(url, init);
      return { status: response.status, ...((await response.json()) as { message?: string }) };
    };
    assert.equal((await chunked(bodyOf(MAX_BYTES))).status, 200);
    for (const answer of [await post(bodyOf(MAX_BYTES + 1), JSON_TYPE), await chunked(bodyOf(MAX_BYTES + 1))])
      assert.deepEqual([answer.status, answer.message], [413, 'The body is larger than 16 KB.']);
  });

  it('of a file may be cut, so that the form is read and the file is too large', async (test) => {
    contract = { ...EVERYTHING, cutsLongFiles: true };
    test.after(() => {
      contract = EVERYTHING;
    });
    const sent = parts(part('a', 'x'), part('f', Buffer.alloc(1024 * 1024, 1), '; filename="f"'));
    const { body } = await post(sent, MULTIPART);
    assert.ok(body?.type === 'form');
    const [field, file] = body.entries;
    assert.deepEqual(field, ['a', 'x']);
    // JSON writes a Buffer as an object with its bytes.
    const { length } = (file?.[1] as unknown as { data: number[] } | undefined)?.data ?? [];
    assert.ok(length > MAX_BYTES - 500 && length < MAX_BYTES, `${length}`);
  });

  it('of a list of parts is bounded', async () => {
    const answer = await post(parts(...Array.from({ length: 30 }, () => part('a', 'x'))), MULTIPART);
    assert.deepEqual([answer.status, answer.problem], [400, 'invalid_form']);
  });
});

it('names of a form reach no prototype', async () => {
  const { body } = await post('__proto__[x]=1&__proto__=1&constructor=2', FORM);
  assert.deepEqual(body?.type === 'form' && body.entries.map(([name]) => name), [
    '__proto__[x]',
    '__proto__',
    'constructor',
  ]);
  assert.equal(({} as Record<string, unknown>)['x'], undefined);
});

it('an error says nothing of what was sent', async () => {
  for (const body of ['{"password":"hunter2-hunter2",}', '{"password":"hunter2', "{'password':'hunter2'}", 'hunter2']) {
    const { message } = await post(body, JSON_TYPE);
    assert.doesNotMatch(String(message), /hunter2/);
  }
});
