import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { Validator } from '@seriousme/openapi-schema-validator';
import { startTestPlatform, type TestPlatform } from '#testing/test-platform.ts';
import { Contract, type OpenApiDocument } from '../docs/testing/contract.ts';
import { MANAGEMENT_ERRORS } from './error-catalogue.ts';
import { MANAGEMENT_OPERATIONS } from './openapi.ts';
import { MANAGEMENT_BASE } from './route.ts';
import { MANAGEMENT_ROUTES } from './routes.ts';
import { Backend, type Sent } from './testing/backend.ts';
import { prepared } from './testing/prepared.ts';

// The document is held against the running platform.

let platform: TestPlatform;
let contract: Contract;
before(async () => {
  platform = await startTestPlatform({ API_QUOTA_PER_HOUR: '1000000' });
  const response = await fetch(`${platform.url}${MANAGEMENT_BASE}/openapi.json`);
  contract = new Contract((await response.json()) as OpenApiDocument);
});
after(() => platform.close());

describe('the OpenAPI document of the management API', () => {
  it('is valid OpenAPI 3.1, and has examples that meet their own schemas', async () => {
    const validator = new Validator();
    const { valid, errors } = await validator.validate(structuredClone(contract.document) as never);
    assert.ok(valid, JSON.stringify(errors, null, 2));
    const examples = new Contract(contract.document);
    for (const { operation, answers } of MANAGEMENT_OPERATIONS)
      for (const { status, content = {} } of answers)
        for (const [type, media] of Object.entries(content))
          for (const example of Object.values(media.examples)) {
            const headers = new Headers({ 'content-type': type, 'x-request-id': 'example-1' });
            examples.check(operation, { status, headers, text: '', json: example });
          }
  });

  it('is not that of vendors', async () => {
    const vendors = (await (await fetch(`${platform.url}/openapi.json`)).json()) as OpenApiDocument;
    assert.ok(!JSON.stringify(vendors).includes(MANAGEMENT_BASE));
  });

  it('has the codes that the guide explains, and no others', () => {
    const documented = new Set(
      MANAGEMENT_OPERATIONS.flatMap(({ answers }) => answers.flatMap(({ codes = [] }) => codes)),
    );
    assert.deepEqual([...documented].sort(), Object.keys(MANAGEMENT_ERRORS).sort());
    const guide = readFileSync(new URL('../../../../docs/management-api.md', import.meta.url), 'utf8');
    const rows = [...guide.matchAll(/^\| `(\w+)` \| (.*) \|$/gm)].map(([, code, remedy]) => [code, remedy]);
    assert.deepEqual(Object.fromEntries(rows), MANAGEMENT_ERRORS);
    for (const { method, path } of MANAGEMENT_ROUTES)
      assert.ok(guide.includes(`\`${method} ${path}\``), `the guide has ${method} ${path}`);
  });
});

for (const { operation, method, path, scope } of MANAGEMENT_ROUTES) {
  describe(operation, () => {
    const realm = scope === 'apps:write' ? 'sandbox' : 'production';
    const seen = (status: number) => contract.seen.has(`${operation} ${status}`);

    it('succeeds by its own example, as documented', async () => {
      const backend = await Backend.create(platform, realm);
      const { id, sent } = await prepared(backend, operation);
      const url = path.replace(':id', id);
      const answer = await backend.send(method, url, sent);
      assert.ok(answer.status < 400, answer.text);
      contract.check(operation, answer);
      const etag = answer.headers.get('etag');
      if (method === 'GET' && etag)
        contract.check(operation, await backend.get(url, { headers: { 'if-none-match': etag } }));
      const { answers } = MANAGEMENT_OPERATIONS.find((one) => one.operation === operation) ?? assert.fail();
      for (const { status } of answers.filter((one) => one.status < 400))
        assert.ok(seen(status), `${status} was never seen`);
    });

    it('answers hostile requests as documented, and never by a failure of its own', async () => {
      const backend = await Backend.create(platform, realm);
      const json = (text: string): Sent => ({ body: text });
      const bodies: Sent[] = [
        ...[
          '',
          '{',
          '[]',
          'null',
          '42',
          '"text"',
          '{"__proto__":{"x":1}}',
          '{"a":1,"a":2}',
          `[${'['.repeat(4_000)}`,
        ].map(json),
        ...[
          '{"email":"\\u0000"}',
          '{"email":"\\ud800"}',
          '{"external_id":"\\u0000"}',
          '{"name":"\\u0000"}',
          '{"id":1e400}',
        ].map(json),
        ...[{ email: { $ne: 1 } }, { address: [[]] }, { name: ['x'] }, { origins: [{}] }, { fields: [null] }].map(
          (value) => ({ body: value }),
        ),
        { body: 'a=b', headers: { 'content-type': 'application/x-www-form-urlencoded' } },
        { body: '--x', headers: { 'content-type': 'multipart/form-data; boundary=x' } },
        { body: '{}', headers: { 'content-encoding': 'gzip' } },
        { body: '{}', headers: { 'idempotency-key': 'k'.repeat(300) } },
        { body: '{}', headers: { 'if-match': ',,"' } },
      ];
      const ids = ['x', '%00', '%c3%28', '..%2f..', "'", '__proto__', 'x'.repeat(99)];
      const requests =
        method === 'GET'
          ? ids.map((id) => [id, {}] as const)
          : bodies.map((sent, index) => [ids[index % ids.length] ?? '', sent] as const);
      for (const [id, sent] of requests) {
        const answer = await backend.send(method, path.replace(':id', id), sent);
        assert.ok(answer.status !== 500, `${JSON.stringify(sent)} ${answer.text}`);
        // A path that cannot be decoded, or is none of the calls, is answered before there is a call.
        if (![404, 400].includes(answer.status) || answer.json['error'] === undefined)
          contract.check(operation, answer);
      }
    });
  });
}
