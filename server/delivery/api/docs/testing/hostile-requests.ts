import fc from 'fast-check';
import { OPERATIONS } from '../operations.ts';
import type { RawRequest } from './raw-request.ts';

/** Replaced by a valid key before the request is sent. */
export const KEY_PLACEHOLDER = 'KEY';

const hostileText = fc.oneof(
  fc.constantFrom(
    '',
    ' ',
    '\0',
    'a\0b',
    '\ud800',
    '\udfff\ud800',
    '\u202e\u2066',
    '__proto__',
    'constructor',
    "' or 1=1 --",
    '%00',
    '%',
    '<script>alert(1)</script>',
    '{{7*7}}',
    '../../../etc/passwd',
    'a'.repeat(300),
    '😀'.repeat(100),
    'null',
    'NaN',
    '-0',
    '1e999',
  ),
  fc.string({ unit: 'binary', maxLength: 40 }),
);

const hostileValue: fc.Arbitrary<unknown> = fc.oneof(
  hostileText,
  fc.constantFrom<unknown>(null, true, 0, -1, 1e308, [], {}, [[]], [null], { toString: 1 }, { length: 1e9 }),
  fc.array(hostileText, { maxLength: 3 }),
);

/** A body with an operation's own parameters and invalid values. */
const wrongValues = (names: readonly string[]) =>
  fc
    .dictionary(fc.constantFrom(...names, '__proto__', 'constructor', 'id', 'realm', 'client_id'), hostileValue)
    .map((members) => JSON.stringify(members));

const depth = (open: string, close: string, count: number) => open.repeat(count) + close.repeat(count);

const text = (names: readonly string[]) =>
  fc.oneof(
    { weight: 6, arbitrary: wrongValues(names.length > 0 ? names : ['x']) },
    {
      weight: 3,
      arbitrary: fc.constantFrom(
        depth('[', ']', 4_000),
        depth('{"a":', '}', 2_500),
        '['.repeat(8_000),
        '{"__proto__":{"isAdmin":true},"constructor":{"prototype":{"x":1}}}',
        '{"email":"a@b.example","email":"c@d.example","password":1}',
        '{"email":"\\u0000"}',
        '{"email":"\\ud800"}',
        '{"a":1e400}',
        '{"a":',
        '{a:1}',
        "{'a':1}",
        '[]',
        '[{}]',
        'null',
        'true',
        '42',
        '"text"',
        '',
        '   ',
        '\0',
        '/**/{}',
        'a=b&a=c&__proto__=d',
        '%',
        '&&&===',
        '--x\r\ncontent-disposition: form-data; name="client_id"\r\n\r\n\0\r\n--x--\r\n',
        '--x',
      ),
    },
    { weight: 1, arbitrary: fc.integer({ min: 0, max: 40_000 }).map((length) => `{"email":"${'x'.repeat(length)}"}`) },
  );

const encodings: readonly ((body: string) => Buffer)[] = [
  (body) => Buffer.from(body),
  (body) => Buffer.from(body),
  (body) => Buffer.from(body),
  (body) => Buffer.from(`\ufeff${body}`),
  (body) => Buffer.from(body, 'utf16le'),
  (body) => Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(body, 'utf16le')]),
  (body) => Buffer.concat([Buffer.from(body.slice(0, -1)), Buffer.from([0xc3, 0x28, 0xff, 0xed, 0xa0, 0x80])]),
  (body) => Buffer.from(body, 'latin1'),
];

const contentTypes = [
  'application/json',
  'application/json',
  'application/json; charset=utf-8',
  'application/json; charset=utf-16',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'multipart/form-data',
  'text/plain',
  'application/xml',
  'application/json/json',
  '*/*',
  ';;;',
  'APPLICATION/JSON',
];

const access = fc.constantFrom(
  ...Array<string>(6).fill(`x-api-key: ${KEY_PLACEHOLDER}`),
  'x-api-key: sk_test_wrong',
  `x-api-key:  ${KEY_PLACEHOLDER} x`,
  'authorization: Basic',
  'authorization: Basic %%%',
  'authorization: Basic Og==',
  `authorization: Basic ${Buffer.from('\0:').toString('base64')}`,
  'authorization: Bearer a.b.c',
  `authorization: Bearer ${'x'.repeat(3_000)}`,
  'authorization: Negotiate x',
  '',
);

const extraHeaders = fc.uniqueArray(
  fc.constantFrom(
    'accept: application/problem+json',
    'accept: \u00ff',
    'accept-encoding: ,,;q=x',
    'x-request-id: \u00e9\u00e9',
    'x-request-id: a b',
    'idempotency-key: ',
    `idempotency-key: ${'k'.repeat(300)}`,
    'if-match: *',
    'if-none-match: ,,"',
    'origin: null',
    'origin: javascript:alert(1)',
    'x-forwarded-for: 1.2.3.4, \u00ff',
    'x-http-method-override: DELETE',
    'expect: 100-continue',
    'content-encoding: gzip',
    `cookie: ${'c=d; '.repeat(200)}`,
    'range: bytes=0-',
    'upgrade: websocket',
  ),
  { maxLength: 3 },
);

const pathPart = fc.oneof(
  fc.constantFrom(
    '%00',
    '%',
    '%zz',
    '%c3%28',
    '..',
    '%2e%2e%2f',
    'a'.repeat(120),
    '%F0%9F%98%80',
    '{id}',
    ':id',
    '*',
    '-',
  ),
  fc.stringMatching(/^[\w-]{1,22}$/),
);
const query = fc.oneof(
  fc.constant(''),
  fc.constantFrom(
    '?limit=-1',
    '?limit=1e9',
    '?limit[]=1',
    '?limit=1&limit=2',
    '?email=%00',
    '?email=%ff',
    '?starting_after=%00',
    '?__proto__[x]=1',
    '?send_email=maybe',
    `?x=${'y'.repeat(4_000)}`,
    '?%',
    '??',
  ),
);

/** Methods, some of which Node's parser does not know. */
const METHODS = ['PATCH', 'OPTIONS', 'HEAD', 'TRACE', 'QUERY', 'PROPFIND', 'get', 'FOO', 'CONNECT'];

/** Hostile requests for all documented calls. */
export function hostileRequests(count: number, seed: number): RawRequest[] {
  const one = fc.constantFrom(...OPERATIONS).chain((operation) => {
    const names = Object.keys((operation.body?.schema['properties'] ?? {}) as object);
    return fc.record({
      method: fc.oneof(
        { weight: 9, arbitrary: fc.constant(operation.method as string) },
        { weight: 1, arbitrary: fc.constantFrom(...METHODS) },
      ),
      target: fc.tuple(pathPart, query).map(([part, search]) => operation.path.replace(/\{\w+\}/, part) + search),
      access,
      extra: extraHeaders,
      type: fc.constantFrom(...contentTypes),
      body: text(names),
      encode: fc.constantFrom(...encodings),
      framing: fc.constantFrom<'length' | 'chunked' | 'short'>(
        ...Array<'length'>(12).fill('length'),
        'chunked',
        'short',
      ),
    });
  });
  return fc
    .sample(one, { numRuns: count, seed })
    .map(({ access: way, extra, type, body, encode, framing, ...rest }) => {
      const bytes = rest.method === 'GET' || rest.method === 'HEAD' ? Buffer.alloc(0) : encode(body);
      const framed = frame(bytes, framing);
      return {
        method: rest.method,
        target: rest.target,
        headers: [
          ['host', 'localhost'],
          ['connection', 'close'],
          ...(bytes.length > 0 ? [['content-type', type] as const] : []),
          ...framed.headers,
          ...[way, ...extra].filter(Boolean).map((line) => {
            const colon = line.indexOf(':');
            return [line.slice(0, colon), line.slice(colon + 1).trim()] as const;
          }),
        ],
        body: framed.body,
      };
    });
}

function frame(
  bytes: Buffer,
  framing: 'length' | 'chunked' | 'short',
): { headers: (readonly [string, string])[]; body: Buffer } {
  if (bytes.length === 0) return { headers: [], body: bytes };
  if (framing === 'chunked') {
    const size = Buffer.from(`${bytes.length.toString(16)}\r\n`);
    return {
      headers: [['transfer-encoding', 'chunked']],
      body: Buffer.concat([size, bytes, Buffer.from('\r\n0\r\n\r\n')]),
    };
  }
  // Content-Length is too small, so the server reads the rest of the body as another request.
  const length = framing === 'short' ? Math.floor(bytes.length / 2) : bytes.length;
  return { headers: [['content-length', String(length)]], body: bytes };
}
