import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { decodeJwt, decodeProtectedHeader, type JWTPayload } from 'jose';

export interface ReceivedLogout {
  token: string;
  header: { typ?: string; alg?: string; kid?: string };
  claims: JWTPayload & { sid?: string; events?: Record<string, unknown>; nonce?: string };
  headers: IncomingHttpHeaders;
  atMs: number;
}

type Answer = (response: ServerResponse) => void;

/** A vendor's backend at the other end of the back channel, on a free port of the loopback address. */
export class LogoutReceiver {
  readonly received: ReceivedLogout[] = [];
  /** How many calls are being answered, and the most that ever were at once. */
  open = 0;
  mostAtOnce = 0;
  /** Taken in turn; the last one stays. */
  answers: Answer[] = [status(200)];
  readonly #server: Server;

  private constructor() {
    this.#server = createServer({ keepAliveTimeout: 0 }, async (request, response) => {
      const atMs = Date.now();
      this.mostAtOnce = Math.max(this.mostAtOnce, ++this.open);
      response.once('close', () => {
        this.open -= 1;
      });
      const parts: Buffer[] = [];
      for await (const part of request) parts.push(part as Buffer);
      const token = new URLSearchParams(Buffer.concat(parts).toString()).get('logout_token') ?? '';
      const header = decodeProtectedHeader(token) as ReceivedLogout['header'];
      this.received.push({ token, header, claims: decodeJwt(token), headers: request.headers, atMs });
      const [answer, ...later] = this.answers;
      if (later.length > 0) this.answers = later;
      answer?.(response);
    });
  }

  static async start(): Promise<LogoutReceiver> {
    const receiver = new LogoutReceiver();
    receiver.#server.listen(0, '127.0.0.1');
    await once(receiver.#server, 'listening');
    return receiver;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/backchannel_logout`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }
}

export function status(code: number): Answer {
  return (response) => void response.writeHead(code).end();
}

/** Never answers. */
export function hangs(): Answer {
  return () => {};
}
