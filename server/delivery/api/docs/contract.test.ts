import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { Validator } from '@seriousme/openapi-schema-validator';
import { startTestPlatform, type TestPlatform } from '#testing/test-platform.ts';
import { OPERATIONS } from './operations.ts';
import { Contract, type OpenApiDocument } from './testing/contract.ts';
import { SUCCESSES } from './testing/successes.ts';
import { type PreparedRequest, Vendor } from './testing/vendor.ts';

// The document is held against the running platform, in both directions.

let platform: TestPlatform;
let contract: Contract;
let routes: { method: string; url: string }[];

before(async () => {
  platform = await startTestPlatform();
  const response = await fetch(`${platform.url}/openapi.json`);
  contract = new Contract((await response.json()) as OpenApiDocument);
  routes = routesOf(platform.app.printRoutes({ commonPrefix: false }));
});
after(() => platform.close());

describe('the OpenAPI document', () => {
  it('is valid OpenAPI 3.1', async () => {
    const validator = new Validator();
    const { valid, errors } = await validator.validate(structuredClone(contract.document) as never);
    assert.ok(valid, JSON.stringify(errors, null, 2));
    assert.equal(validator.version, '3.1');
  });

  it('has each route that there is below /1, /custom_api and /embed, and no other', async () => {
    const documented = contract.operations.map(([, path, method]) => `${method.toUpperCase()} ${path}`);
    const existing = routes
      .filter(
        ({ method, url }) => /^\/(1|custom_api|embed)\//.test(url) && /^(GET|POST|PUT|PATCH|DELETE)$/.test(method),
      )
      .map(({ method, url }) => `${method} ${url.replaceAll(/:(\w+)/g, '{$1}')}`);
    assert.deepEqual(
      documented.filter((call) => !existing.includes(call)),
      [],
    );
    const vendor = await Vendor.create(platform);
    for (const call of existing.filter((name) => !documented.includes(name))) {
      const [method = '', path = ''] = call.split(' ');
      // Some routes are there to refuse in their contract's own form.
      const { status } = await vendor.send({ method, path });
      assert.ok(status === 404 || status === 405, `${call} answers ${status}, and is not documented`);
    }
  });

  it('may be read from any page and kept for a while', async () => {
    const response = await fetch(`${platform.url}/openapi.json`);
    assert.equal(response.headers.get('access-control-allow-origin'), '*');
    assert.match(response.headers.get('cache-control') ?? '', /^public, max-age=\d+/);
    const etag = response.headers.get('etag') ?? '';
    assert.equal((await fetch(response.url, { headers: { 'if-none-match': etag } })).status, 304);
  });

  it('has examples that meet their own schemas', async () => {
    const examples = new Contract(contract.document);
    for (const { operation, answers } of OPERATIONS) {
      for (const { status, content = {} } of answers) {
        for (const [type, media] of Object.entries(content)) {
          for (const example of Object.values(media.examples)) {
            const headers = new Headers({ 'content-type': type, 'x-request-id': 'example-1' });
            examples.check(operation, { status, headers, text: '', json: example });
          }
        }
      }
    }
  });
});

describe('each documented call', () => {
  for (const { operation, answers, ...rest } of OPERATIONS) {
    const seen = (status: number, code?: string) =>
      contract.seen.has([operation, status, code].filter(Boolean).join(' '));

    it(`${operation}: its own example succeeds`, async () => {
      const prepare = SUCCESSES[operation];
      assert.ok(prepare, `write down in testing/successes.ts what makes ${operation} succeed`);
      const vendor = await Vendor.create(platform);
      for (const request of await prepare(vendor)) {
        const answer = await vendor.send(request);
        assert.ok(answer.status < 400, `${request.method} ${request.path}: ${answer.status} ${answer.text}`);
        contract.check(operation, answer);
      }
      for (const { status } of answers.filter((answer) => answer.status < 400))
        assert.ok(seen(status), `${status} was never seen`);
    });

    it(`${operation}: what is wrong is refused as documented`, async () => {
      const vendor = await Vendor.create(platform);
      const example = vendor.documented(operation);
      const refuse = async (request: PreparedRequest, access?: Record<string, string>) => {
        const answer = await vendor.send(request, access);
        assert.ok(answer.status >= 400, `${JSON.stringify(request)}: ${answer.status}`);
        contract.check(operation, answer);
      };
      if (rest.security !== 'none') await refuseAccess(vendor, example, refuse);
      if (rest.method !== 'GET') {
        await refuse({ ...example, body: '{"email": ' });
        await refuse({ ...example, body: '{"a": 1}', headers: { 'content-type': 'text/plain' } });
        await refuse({ ...example, body: { filler: 'x'.repeat(17 * 1024) } });
      }
      if (rest.body) {
        await refuse({ ...example, body: [] });
        await refuse({ ...example, body: {} });
        await refuse({
          ...example,
          body: Object.fromEntries(Object.keys(example.body as object).map((name) => [name, 7])),
        });
      }
      if (rest.parameters.some(({ name }) => name === 'Idempotency-Key')) {
        const once = { ...example, headers: { 'idempotency-key': 'k' } };
        await vendor.done(once);
        await refuse({ ...once, body: { ...(example.body as object), firstName: 'Joan', first_name: 'Joan' } });
        await refuse({ ...once, headers: { 'idempotency-key': 'k'.repeat(256) } });
        await refuse(example);
      }
      if (rest.parameters.some(({ in: place }) => place === 'path')) await refuse(example);
      if (rest.parameters.some(({ name }) => name === 'If-Match')) {
        await refuse({
          ...example,
          path: example.path.replace(/[^/]+$/, await vendor.createUser()),
          headers: { 'if-match': '"no"' },
        });
      }
      // Only a fault brings about 500 and 503 (outage.test.ts), and only a full quota or many failures 429 (tested with each).
      const unseen = answers
        .filter(({ status }) => ![429, 500, 503].includes(status) && !seen(status))
        .map(({ status }) => status)
        .filter((status) => !(status === 404 && !rest.parameters.some(({ in: place }) => place === 'path')));
      assert.deepEqual(unseen, []);
    });
  }
});

/** Every way not to get in. */
async function refuseAccess(
  vendor: Vendor,
  example: PreparedRequest,
  refuse: (request: PreparedRequest, access: Record<string, string>) => Promise<void>,
): Promise<void> {
  const { apiKeys, apps } = platform.storage;
  const key = (value: string) => ({ 'x-api-key': value });
  await refuse(example, {});
  await refuse(example, key('sk_test_nothing'));
  if (example.path.startsWith('/1/')) {
    await refuse(example, { authorization: 'Digest x' });
    await refuse(example, { authorization: 'Bearer x' });
    await refuse(example, { ...vendor.key, authorization: 'Bearer x' });
    await refuse(example, { ...key('sk_test_nothing'), accept: 'application/problem+json' });
  }
  const { key: elsewhere } = await apiKeys.create(vendor.app.clientId, { name: 'k', addressRanges: ['192.0.2.0/24'] });
  await refuse(example, key(elsewhere));
  if (example.method !== 'GET') {
    await refuse(example, key((await apiKeys.create(vendor.app.clientId, { name: 'k', readOnly: true })).key));
  }
  const disabled = await Vendor.create(platform);
  await apps.setDisabled(disabled.app.appId, true);
  await refuse(example, disabled.key);
}

describe('when the quota is used up', () => {
  it('each call that is counted says so as documented', async () => {
    const small = await startTestPlatform({ API_QUOTA_PER_HOUR: '1' });
    try {
      for (const { operation, security } of OPERATIONS.filter((candidate) => candidate.security !== 'none')) {
        assert.notEqual(security, 'none');
        const vendor = await Vendor.create(small);
        await vendor.send(vendor.documented(operation));
        const answer = await vendor.send(vendor.documented(operation));
        assert.equal(answer.status, 429, operation);
        assert.match(answer.headers.get('retry-after') ?? '', /^\d+$/);
        contract.check(operation, answer);
      }
    } finally {
      await small.close();
    }
  });
});

/** Fastify's tree of routes, flattened. */
function routesOf(tree: string): { method: string; url: string }[] {
  const parents: string[] = [];
  return tree.split('\n').flatMap((line) => {
    const [, indent = '', part = '', methods] = /^([│├└─ ]*)(\S+)(?: \(([A-Z, ]+)\))?$/.exec(line) ?? [];
    if (part === '') return [];
    const depth = Math.round(indent.length / 4);
    parents.splice(depth);
    parents[depth] = part;
    const url = parents.slice(0, depth + 1).join('');
    return (methods?.split(', ') ?? []).map((method) => ({ method, url }));
  });
}
