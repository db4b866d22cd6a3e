import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, request as httpRequest, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, test } from 'node:test';
import express from 'express';
import Fastify from 'fastify';
import { embeddedSignup, SignupRefused, type SignupRequest, toExpress, toFastify, toNode } from '../index.ts';

const API_KEY = 'signup-key-9f8e7d';
/** The example of the contract. */
const SIGNUP = {
  userName: 'hello@login.com',
  password: '#9ske%ls9#DS1',
  firstName: 'John',
  lastName: 'Doe',
  language: 'en',
};

const seen: SignupRequest[] = [];
const errors: unknown[] = [];
const handler = embeddedSignup(
  async (signup) => {
    seen.push(signup);
    if (signup.userName === 'taken@example.com') throw new SignupRefused('Dit adres is bekend.', 'user_exists', 409);
    if (signup.userName === 'bug@example.com') throw new Error(`database: ${signup.password}`);
    if (signup.userName === 'nobody@example.com') return {} as { id: string };
    return { id: 42, firstName: signup.firstName, lastName: null, userName: signup.userName };
  },
  {
    apiKey: ['old-key', API_KEY],
    failureMessage: (language) => (language === 'nl' ? 'Dat is mislukt.' : 'That failed.'),
    onError: (error) => errors.push(error),
  },
);

const post = (body: unknown, headers: Record<string, string> = {}): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json', 'x-api-key': API_KEY, ...headers },
  body: typeof body === 'string' ? body : JSON.stringify(body),
});

/** The same cases are run against the handler itself and behind each framework. */
const doors: Record<string, (init: RequestInit) => Promise<Response>> = {
  'the handler': (init) => handler(new Request('https://shop.example/signup', init)),
};
const servers: Server[] = [];
async function open(name: string, server: Server, path = '/signup'): Promise<void> {
  if (!server.listening) await once(server.listen(0, '127.0.0.1'), 'listening');
  servers.push(server);
  const { port } = server.address() as AddressInfo;
  doors[name] = (init) => fetch(`http://127.0.0.1:${port}${path}`, init);
}
const fastify = Fastify();
before(async () => {
  await open('node:http', createServer(toNode(handler)));
  await open('Express', createServer(express().all('/signup', toExpress(handler))));
  await open(
    'Express behind express.json()',
    createServer(express().use(express.json()).all('/signup', toExpress(handler))),
  );
  fastify.register(toFastify(handler), { path: '/signup' });
  await fastify.ready();
  await open('Fastify', fastify.server);
});
after(async () => {
  for (const server of servers) server.closeAllConnections();
  await fastify.close();
  for (const server of servers) server.close();
});

const NAMES = ['the handler', 'node:http', 'Express', 'Express behind express.json()', 'Fastify'];
for (const name of NAMES) {
  const ask = async (init: RequestInit) => {
    const response = await (doors[name] as (init: RequestInit) => Promise<Response>)(init);
    return { status: response.status, body: (await response.json()) as unknown, headers: response.headers };
  };

  test(`${name}: a sign-up`, async () => {
    const { status, body, headers } = await ask(post(SIGNUP, { 'idempotency-key': 'k-1' }));
    assert.equal(status, 201);
    assert.deepEqual(body, { id: '42', firstName: 'John', userName: 'hello@login.com' });
    assert.equal(headers.get('cache-control'), 'no-store');
    assert.deepEqual(seen.at(-1), { ...SIGNUP, idempotencyKey: 'k-1' });
    assert.equal((await ask(post(SIGNUP, { 'x-api-key': 'old-key' }))).status, 201);
  });

  test(`${name}: refusals`, async () => {
    const { password, ...withoutPassword } = SIGNUP;
    const rows: [RequestInit, number, string][] = [
      [post(SIGNUP, { 'x-api-key': '' }), 401, 'invalid_api_key'],
      [post(SIGNUP, { 'x-api-key': `${API_KEY}x` }), 401, 'invalid_api_key'],
      [post(withoutPassword), 400, 'password_required'],
      [post({ ...SIGNUP, userName: ' ' }), 400, 'user_name_required'],
      [post({ ...SIGNUP, language: 7 }), 400, 'language_required'],
      [post({ ...SIGNUP, firstName: ['x'] }), 400, 'first_name_invalid'],
      [post({ ...SIGNUP, userName: 'taken@example.com' }), 409, 'user_exists'],
      [post({ ...SIGNUP, userName: 'bug@example.com' }), 500, 'internal_error'],
      [post({ ...SIGNUP, userName: 'nobody@example.com' }), 500, 'internal_error'],
      [{ method: 'GET' }, 405, 'method_not_allowed'],
      [
        post(new URLSearchParams(SIGNUP).toString(), { 'content-type': 'application/x-www-form-urlencoded' }),
        415,
        'unsupported_media_type',
      ],
    ];
    for (const [init, status, code] of rows) {
      const answer = await ask(init);
      assert.deepEqual([answer.status, (answer.body as { code: string }).code], [status, code]);
      assert.ok(!JSON.stringify(answer.body).includes(password));
    }
    assert.deepEqual((await ask(post({ ...SIGNUP, userName: 'taken@example.com' }))).body, {
      message: 'Dit adres is bekend.',
      code: 'user_exists',
    });
    const failed = await ask(post({ ...SIGNUP, userName: 'bug@example.com', language: 'nl' }));
    assert.deepEqual(failed.body, { message: 'Dat is mislukt.', code: 'internal_error' });
    assert.match(String(errors.at(-1)), /database/);
  });

  // Express's own parser answers these itself when it comes first.
  if (name !== 'Express behind express.json()') {
    test(`${name}: bodies that cannot be read`, async () => {
      const invalid = await ask(post('{"userName":"hello@login.com","password":"#9ske%ls9\\#DS1"}'));
      assert.deepEqual(invalid, {
        ...invalid,
        status: 400,
        body: { message: 'The body is not a JSON object.', code: 'invalid_json' },
      });
      const latin1 = Buffer.from(JSON.stringify({ ...SIGNUP, password: 'Grün-lamp-42' }), 'latin1');
      assert.equal((await ask({ ...post(''), body: latin1 })).status, 400, 'ISO 8859-1');
      assert.equal((await ask(post('[]'))).status, 400);
      assert.equal((await ask(post(''))).status, 400);
      assert.equal((await ask(post({ ...SIGNUP, firstName: 'x'.repeat(20_000) }))).status, 413);
    });
  }
}

test('a sender who disconnects in the middle affects no other request', async () => {
  const [server] = servers;
  assert.ok(server);
  const { port } = server.address() as AddressInfo;
  const half = httpRequest({ port, host: '127.0.0.1', method: 'POST', headers: { 'content-length': '100' } });
  half.on('error', () => {});
  const arrived = once(server, 'request');
  half.write('{');
  await arrived;
  half.destroy();
  assert.equal((await fetch(`http://127.0.0.1:${port}/`, post(SIGNUP))).status, 201);
});

test('an endpoint without a usable key is refused', () => {
  for (const apiKey of [undefined, '', [], ' key', [API_KEY, '']]) {
    assert.throws(() => embeddedSignup(() => ({ id: 1 }), { apiKey: apiKey as string }), /apiKey/);
  }
  assert.throws(() => new SignupRefused('fine', 'fine', 200), RangeError);
});
