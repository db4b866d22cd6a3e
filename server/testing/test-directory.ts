import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

const KEY = Buffer.alloc(32, 7);

/** A question as it came. */
export interface AskedDirectory {
  readonly email: string;
  readonly password?: string;
}

type Answer = (response: ServerResponse, asked: AskedDirectory) => void;
/** A person in the form of an import, with the password that they have in the directory. */
type Person = { password: string; email?: string } & Record<string, unknown>;

/**
 * A directory of the operator's own, on a free port of the loopback address: it knows the people that a test gives it, verifies each signature, and is
 * out of order as the test wants. What examples/directory/ does with a file, this does in memory.
 */
export class TestDirectory {
  readonly asked: AskedDirectory[] = [];
  readonly headers: IncomingHttpHeaders[] = [];
  readonly people: Person[] = [];
  /** What it answers in place of what it knows. */
  instead: Answer | undefined;
  readonly #server: Server;

  private constructor() {
    this.#server = createServer(async (request, response) => {
      const parts: Buffer[] = [];
      for await (const part of request) parts.push(part as Buffer);
      const body = Buffer.concat(parts).toString();
      if (!isSigned(request.headers, body)) return void response.writeHead(403).end();
      const asked: AskedDirectory = JSON.parse(body);
      this.asked.push(asked);
      this.headers.push(request.headers);
      (this.instead ?? ((to) => this.#answer(to, asked)))(response, asked);
    });
  }

  static async start(): Promise<TestDirectory> {
    const directory = new TestDirectory();
    directory.#server.listen(0, '127.0.0.1');
    await once(directory.#server, 'listening');
    return directory;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/sign-in`;
  }

  /** The settings with which a platform asks it. */
  settings(more: Record<string, string> = {}): Record<string, string> {
    return { DIRECTORY_URL: this.url, DIRECTORY_SECRET: `whsec_${KEY.toString('base64')}`, ...more };
  }

  get key(): Uint8Array {
    return new Uint8Array(KEY);
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  #answer(response: ServerResponse, { email, password }: AskedDirectory): void {
    const person = this.people.find((each) => each.email?.toLowerCase() === email.toLowerCase());
    if (!person) return void response.writeHead(404).end();
    const { password: right, ...row } = person;
    if (password !== undefined && password !== right) return void response.writeHead(401).end();
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(row));
  }
}

function isSigned(headers: IncomingHttpHeaders, body: string): boolean {
  const { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signature } = headers;
  const mac = createHmac('sha256', KEY).update(`${id}.${timestamp}.${body}`).digest('base64');
  return signature === `v1,${mac}` && Math.abs(Date.now() / 1000 - Number(timestamp)) < 300;
}
