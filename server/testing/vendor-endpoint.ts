import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request as it came. */
export interface ReceivedSignup {
  method: string;
  url: string;
  headers: IncomingHttpHeaders;
  body: Record<string, string>;
}

type Answer = (response: ServerResponse, received: ReceivedSignup) => void | Promise<void>;

/** A vendor's own sign-up endpoint, on a free port of the loopback address. */
export class TestVendorEndpoint {
  readonly received: ReceivedSignup[] = [];
  readonly #server: Server;
  /** Taken in turn; the last one stays. */
  answers: Answer[] = [];

  private constructor() {
    this.#server = createServer({ keepAliveTimeout: 0 }, async (request, response) => {
      const parts: Buffer[] = [];
      for await (const part of request) parts.push(part as Buffer);
      const { method = '', url = '', headers } = request;
      const received = { method, url, headers, body: JSON.parse(Buffer.concat(parts).toString()) };
      this.received.push(received);
      const [answer, ...later] = this.answers;
      if (later.length > 0) this.answers = later;
      await answer?.(response, received);
    });
  }

  static async start(): Promise<TestVendorEndpoint> {
    const endpoint = new TestVendorEndpoint();
    endpoint.#server.listen(0, '127.0.0.1');
    await once(endpoint.#server, 'listening');
    return endpoint;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/signup?shop=1`;
  }

  /** Forgets what came, and answers so from now on. */
  will(...answers: Answer[]): void {
    this.received.length = 0;
    this.answers = answers;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }
}

/** Answers with JSON, or with a text as it is. */
export function answering(status: number, body: unknown, headers: Record<string, string> = {}): Answer {
  return (response) =>
    void response
      .writeHead(status, { 'content-type': 'application/json', ...headers })
      .end(typeof body === 'string' ? body : JSON.stringify(body));
}
