import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { startTestPlatform, type TestPlatform } from '../../testing/test-platform.ts';
import { OPERATIONS } from './docs/operations.ts';
import {
  EMBED_ERROR_SCHEMA,
  ERROR_SCHEMA,
  EXTERNAL_LOGIN_ERROR_SCHEMA,
  PROBLEM_SCHEMA,
  VALIDATION_ERROR_SCHEMA,
} from './docs/schemas.ts';
import { hostileRequests, KEY_PLACEHOLDER } from './docs/testing/hostile-requests.ts';
import { type RawRequest, type RawResponse, sendRaw } from './docs/testing/raw-request.ts';
import { Vendor } from './docs/testing/vendor.ts';

// Ten thousand requests that nobody would send in good faith: each gets a documented status and an error in its contract's own form, and
// the server is none the worse for it.

const SEED = 20_260_309;
const COUNT = 10_000;
const CONCURRENCY = 16;
const MAX_HEAP_GROWTH_BYTES = 200 * 1024 * 1024;

const ajv = new Ajv2020({ strict: false });
ajv.addFormat('uri', true).addFormat('uri-reference', true);
const validators = {
  '/1': ajv.compile({ anyOf: [ERROR_SCHEMA, VALIDATION_ERROR_SCHEMA, PROBLEM_SCHEMA] }),
  '/custom_api': ajv.compile(EXTERNAL_LOGIN_ERROR_SCHEMA),
  '/embed': ajv.compile(EMBED_ERROR_SCHEMA),
};
const STATUSES = new Set([...OPERATIONS.flatMap(({ answers }) => answers.map(({ status }) => status)), 204, 404, 405]);

let platform: TestPlatform;
let port: number;
let vendor: Vendor;
before(async () => {
  platform = await startTestPlatform({ API_QUOTA_PER_HOUR: '10000000' });
  port = Number(new URL(platform.url).port);
  vendor = await Vendor.create(platform);
});
after(() => platform.close());

describe(`${COUNT} hostile requests (seed ${SEED})`, () => {
  it('get documented statuses, and errors in their contract’s own form', async () => {
    const id = await vendor.createUser();
    const requests = hostileRequests(COUNT, SEED).map((request) => withKey(request, vendor.app.apiKey));
    const heapBefore = process.memoryUsage().heapUsed;
    const problems: string[] = [];
    const statuses = new Map<number, number>();
    let next = 0;
    const work = async () => {
      for (let request = requests[next++]; request; request = requests[next++]) {
        const response = await sendRaw(port, request);
        const problem = problemOf(request, response);
        if (problem) problems.push(problem);
        const status = response?.status ?? 0;
        statuses.set(status, (statuses.get(status) ?? 0) + 1);
      }
    };
    await Promise.all(Array.from({ length: CONCURRENCY }, work));

    assert.deepEqual(problems.slice(0, 20), [], `${problems.length} of ${COUNT}`);
    // Otherwise they would all have stopped at the same door.
    for (const status of [400, 401, 404, 405, 413, 415])
      assert.ok((statuses.get(status) ?? 0) > 20, `${status}: ${statuses.get(status)}`);
    assert.equal((await vendor.send({ method: 'GET', path: `/1/users/${id}` })).status, 200);
    assert.equal(({} as Record<string, unknown>)['isAdmin'], undefined);
    assert.ok(process.memoryUsage().heapUsed - heapBefore < MAX_HEAP_GROWTH_BYTES);
    const connections = await new Promise<number>((resolve) =>
      platform.app.server.getConnections((_error, count) => resolve(count)),
    );
    assert.ok(connections <= CONCURRENCY, `${connections} connections are left`);
    const { status } = await fetch(`${platform.url}/readyz`);
    assert.equal(status, 200);
  });
});

function withKey(request: RawRequest, key: string): RawRequest {
  return { ...request, headers: request.headers.map(([name, value]) => [name, value.replace(KEY_PLACEHOLDER, key)]) };
}

/** @returns what is wrong with the answer */
function problemOf(request: RawRequest, response: RawResponse | undefined): string | undefined {
  const { method, target, headers } = request;
  const sent = JSON.stringify(request.body.toString('latin1').slice(0, 60));
  const what = `${method} ${target.slice(0, 60)} ${JSON.stringify(headers.slice(2)).slice(0, 300)} ${sent}`;
  if (!response) return method === 'CONNECT' ? undefined : `no answer: ${what}`;
  const { status, body } = response;
  const told = `${status} ${body.slice(0, 200)}: ${what}`;
  // What is no HTTP never becomes a request: the parser's own answer, then the connection is closed.
  if (status === 400 && !response.headers.has('x-request-id')) return isHttp(request) ? `bare ${told}` : undefined;
  if (!STATUSES.has(status)) return `status ${told}`;
  if (status >= 500) return `failure ${told}`;
  if (!response.headers.has('x-request-id')) return `no request id ${told}`;
  if (/node_modules|\.ts:\d+|at async|SQLITE|select /i.test(body)) return `insides ${told}`;
  if (status < 400 || method === 'HEAD') return undefined;
  const prefix = (['/1', '/custom_api', '/embed'] as const).find((base) => target.startsWith(base));
  const validate = prefix && validators[prefix];
  try {
    if (validate?.(JSON.parse(body))) return undefined;
  } catch {
    return `no JSON ${told}`;
  }
  return `form ${told}`;
}

/** By RFC 9112, as far as these requests go: a method that is known, and as many bytes as were announced. */
function isHttp({ method, headers, body }: RawRequest): boolean {
  const [, length] = headers.find(([name]) => name === 'content-length') ?? [];
  return !['get', 'FOO'].includes(method) && (length === undefined || Number(length) === body.length);
}
