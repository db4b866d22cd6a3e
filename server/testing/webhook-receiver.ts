import { createHmac, timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ReceivedWebhook {
  id: string;
  type: string;
  data: Record<string, unknown> & { user_id?: string; sequence?: number };
  body: string;
  headers: IncomingHttpHeaders;
  path: string;
  atMs: number;
}

type Answer = (response: ServerResponse, received: ReceivedWebhook) => void;

/** A vendor's endpoint, on a free port of the loopback address. */
export class WebhookReceiver {
  readonly received: ReceivedWebhook[] = [];
  answer: Answer = status(204);
  readonly #server: Server;

  private constructor() {
    this.#server = createServer({ keepAliveTimeout: 0 }, async (request, response) => {
      const parts: Buffer[] = [];
      for await (const part of request) parts.push(part as Buffer);
      const body = Buffer.concat(parts).toString();
      const { type, data } = JSON.parse(body) as Pick<ReceivedWebhook, 'type' | 'data'>;
      const { headers, url: path = '' } = request;
      const received = { id: String(headers['webhook-id']), type, data, body, headers, path, atMs: Date.now() };
      this.received.push(received);
      this.answer(response, received);
    });
  }

  static async start(port = 0): Promise<WebhookReceiver> {
    const receiver = new WebhookReceiver();
    receiver.#server.listen(port, '127.0.0.1');
    await once(receiver.#server, 'listening');
    return receiver;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }
}

export function status(code: number, body = ''): Answer {
  return (response) => void response.writeHead(code).end(body);
}

/** Whether a secret has signed what was received, computed as Standard Webhooks 1.0 says and not by our own signing. */
export function isSignedBy({ headers, body }: ReceivedWebhook, secret: string): boolean {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`;
  const expected = createHmac('sha256', key).update(signed).digest();
  return String(headers['webhook-signature'])
    .split(' ')
    .map((signature) => Buffer.from(signature.replace(/^v1,/, ''), 'base64'))
    .some((given) => given.length === expected.length && timingSafeEqual(given, expected));
}
