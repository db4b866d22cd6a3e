import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import type { WebhookEvent } from '@signup-with-platform/protocol';
import express, { type RequestHandler } from 'express';
import Fastify, { type FastifyInstance } from 'fastify';
import { signTestWebhook } from '../testing-support/sign-test-webhook.ts';
import type { WebhookRequest } from './read-delivery.ts';
import { verifyWebhook } from './verify-webhook.ts';
import { WebhookError } from './webhook-error.ts';

const SECRET = `whsec_${Buffer.alloc(32, 'k').toString('base64')}`;
const EVENT: WebhookEvent = {
  type: 'user.created',
  timestamp: '2026-01-02T03:04:05.000Z',
  data: { version: 1, user_id: 'Zoë', client_id: 'shop', environment: 'localhost', sequence: 1 },
};

/** What the frameworks hand over is passed on as it is. */
async function answer(request: WebhookRequest): Promise<{ status: number; said: string }> {
  try {
    const { type, id } = await verifyWebhook(request, SECRET);
    return { status: 200, said: `${type} ${id}` };
  } catch (error) {
    if (error instanceof WebhookError) return { status: 400, said: `${error.code}: ${error.hint}` };
    throw error;
  }
}

function expressWith(...before: RequestHandler[]): Server {
  const app = express();
  app.post('/webhooks', ...before, async (request, response) => {
    const { status, said } = await answer(request);
    response.status(status).send(said);
  });
  return createServer(app);
}

function fastifyWith(prepare: (app: FastifyInstance) => void): FastifyInstance {
  const app = Fastify();
  prepare(app);
  app.post('/webhooks', async (request, reply) => {
    const { status, said } = await answer(request);
    return reply.code(status).send(said);
  });
  return app;
}

const asBuffer = (app: FastifyInstance) =>
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));

const nodeServer = () =>
  createServer(async (request: IncomingMessage, response) => {
    const { status, said } = await answer(request);
    response.writeHead(status).end(said);
  });

async function post(server: Server, delivery = signTestWebhook(EVENT, SECRET, { id: 'msg_1' })): Promise<string> {
  if (!server.listening) await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  const response = await fetch(`http://127.0.0.1:${port}/webhooks`, delivery);
  return `${response.status} ${await response.text()}`;
}

const servers: Record<string, () => Server> = {
  'node:http': nodeServer,
  'Express without a parser': () => expressWith(),
  'Express with express.raw()': () => expressWith(express.raw({ type: 'application/json' })),
  'Express with a parser for other types': () => expressWith(express.urlencoded({ extended: false })),
  'Express with express.text()': () => expressWith(express.text({ type: 'application/json' })),
};

for (const [name, make] of Object.entries(servers)) {
  test(`${name}: takes a delivery, and refuses a changed or endless one`, async () => {
    const server = make();
    try {
      assert.equal(await post(server), '200 user.created msg_1');
      const delivery = signTestWebhook(EVENT, SECRET);
      assert.match(await post(server, { ...delivery, body: `${delivery.body} ` }), /^400 bad_signature/);
      const large = ' '.repeat(90_000);
      assert.match(await post(server, { ...delivery, body: large }), /^400 body_too_large/);
      assert.equal(await post(server), '200 user.created msg_1', 'and still takes the next');
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });
}

test('Fastify with a parser that keeps the bytes: takes a delivery, and refuses a changed one', async () => {
  const app = fastifyWith(asBuffer);
  await app.listen({ port: 0, host: '127.0.0.1' });
  try {
    assert.equal(await post(app.server), '200 user.created msg_1');
    const delivery = signTestWebhook(EVENT, SECRET);
    assert.match(await post(app.server, { ...delivery, body: `${delivery.body} ` }), /^400 bad_signature/);
  } finally {
    await app.close();
  }
});

test('behind a parser that loses the bytes, the hint says what to change', async () => {
  const app = fastifyWith(() => {});
  await app.listen({ port: 0, host: '127.0.0.1' });
  const server = expressWith(express.json());
  try {
    assert.match(await post(server), /^400 body_not_raw: .*express\.raw/);
    assert.match(await post(app.server), /^400 body_not_raw: .*addContentTypeParser/);
  } finally {
    server.closeAllConnections();
    server.close();
    await app.close();
  }
});
