import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { z } from 'zod';
import { startTestPlatform, type TestPlatform } from '#testing/test-platform.ts';
import { OPERATIONS } from './operations.ts';

// As much of Postman's collection format v2.1 as we use, strictly: whatever else is in the document is an error.
const field = z.strictObject({
  key: z.string().min(1),
  value: z.string(),
  type: z.string().optional(),
  description: z.string().optional(),
  disabled: z.boolean().optional(),
});
const auth = z.union([
  z.strictObject({ type: z.literal('noauth') }),
  z.strictObject({ type: z.literal('apikey'), apikey: z.array(field) }),
  z.strictObject({ type: z.literal('basic'), basic: z.array(field) }),
  z.strictObject({ type: z.literal('bearer'), bearer: z.array(field) }),
]);
const item = z.strictObject({
  name: z.string().min(1),
  request: z.strictObject({
    auth: auth.optional(),
    method: z.enum(['GET', 'POST', 'PUT', 'DELETE']),
    description: z.string().min(1),
    header: z.array(field),
    url: z.strictObject({
      raw: z.string(),
      host: z.array(z.string()),
      path: z.array(z.string()),
      query: z.array(field).optional(),
      variable: z.array(field).optional(),
    }),
    body: z
      .union([
        z.strictObject({
          mode: z.literal('raw'),
          raw: z.string(),
          options: z.strictObject({ raw: z.strictObject({ language: z.literal('json') }) }),
        }),
        z.strictObject({ mode: z.literal('urlencoded'), urlencoded: z.array(field) }),
      ])
      .optional(),
  }),
  response: z.array(z.never()),
  event: z
    .array(
      z.strictObject({
        listen: z.literal('test'),
        script: z.strictObject({ type: z.literal('text/javascript'), exec: z.array(z.string()) }),
      }),
    )
    .optional(),
});
const collectionSchema = z.strictObject({
  info: z.strictObject({
    name: z.string(),
    description: z.string(),
    schema: z.literal('https://schema.getpostman.com/json/collection/v2.1.0/collection.json'),
  }),
  auth,
  variable: z.array(field),
  item: z.array(z.strictObject({ name: z.string(), item: z.array(item).min(1) })),
});

let platform: TestPlatform;
let text: string;
let collection: z.infer<typeof collectionSchema>;
before(async () => {
  platform = await startTestPlatform();
  const response = await fetch(`${platform.url}/docs/postman.json`);
  assert.match(response.headers.get('content-disposition') ?? '', /^attachment; filename="[\w.]+\.json"$/);
  text = await response.text();
  collection = collectionSchema.parse(JSON.parse(text));
});
after(() => platform.close());

const requests = () => collection.item.flatMap((group) => group.item);

describe('the Postman collection', () => {
  it('has every call of the OpenAPI document', () => {
    const called = requests().map(({ request }) => `${request.method} ${request.url.raw}`);
    for (const { method, path } of OPERATIONS) {
      const address = `{{platform}}${path.replaceAll(/\{(\w+)\}/g, ':$1')}`;
      assert.ok(called.includes(`${method} ${address}`), `${method} ${address}`);
    }
  });

  it('has every endpoint of discovery', async () => {
    const discovery = (await (await fetch(`${platform.url}/.well-known/openid-configuration`)).json()) as object;
    const endpoints = Object.entries(discovery)
      .filter(([name]) => /_endpoint$|^jwks_uri$/.test(name))
      .map(([, address]) => `{{issuer}}${String(address).slice(platform.url.length)}`);
    assert.ok(endpoints.length >= 8);
    const addresses = requests().map(({ request }) => request.url.raw);
    assert.deepEqual(
      endpoints.filter((address) => !addresses.includes(address)),
      [],
    );
  });

  it('declares each variable that it uses, and knows no secret', () => {
    const names = collection.variable.map(({ key }) => key);
    const used = [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name = '']) => name);
    assert.deepEqual(
      [...new Set(used)].filter((name) => !names.includes(name)),
      [],
    );
    for (const { key, value } of collection.variable.filter((each) => /secret|token|code/i.test(each.key)))
      assert.equal(value, '', key);
  });

  it('works once its variables are set', async () => {
    const app = await platform.createApp();
    const values: Record<string, string> = {
      ...Object.fromEntries(collection.variable.map(({ key, value }) => [key, value])),
      secretKey: app.apiKey,
      clientId: app.clientId,
      clientSecret: app.clientSecret,
    };
    const fill = (template: string) =>
      template.replaceAll(/\{\{\$?(\w+)\}\}/g, (_all, name: string) => values[name] ?? 'guid');
    const send = async (name: string) => {
      const found = requests().find((each) => each.name === name);
      assert.ok(found, name);
      const { method, header, url, body } = found.request;
      const headers = Object.fromEntries(
        header.filter(({ disabled }) => !disabled).map(({ key, value }) => [key, fill(value)]),
      );
      if (!found.request.auth) headers['X-Api-Key'] = fill('{{secretKey}}');
      const sent =
        body?.mode === 'urlencoded'
          ? new URLSearchParams(body.urlencoded.map(({ key, value }) => [key, fill(value)]))
          : body?.raw;
      return fetch(fill(url.raw), { method, headers, ...(sent !== undefined && { body: sent }) });
    };
    const summaryOf = (operation: string) => OPERATIONS.find((each) => each.operation === operation)?.summary ?? '';
    const names = [...['createUser', 'listUsers', 'externalLogin'].map(summaryOf), 'Discovery', 'Keys'];
    for (const name of names) assert.equal((await send(name)).status, 200, name);
  });
});
