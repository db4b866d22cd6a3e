import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/** What a line does: it works, its other end is gone, or it swallows everything, as a firewall or a machine without power does. */
export type LineState = 'works' | 'refuses' | 'hangs';

/** The line to a database server, which a test can cut. */
export class FaultyLine {
  readonly #target: URL;
  readonly #sockets = new Set<Socket>();
  #state: LineState = 'works';
  #server: Server | undefined;
  #port = 0;

  private constructor(target: URL) {
    this.#target = target;
  }

  static async to(databaseUrl: string): Promise<FaultyLine> {
    const line = new FaultyLine(new URL(databaseUrl));
    await line.#listen();
    return line;
  }

  /** The database's address, by way of this line. */
  get url(): string {
    const url = new URL(this.#target);
    url.port = String(this.#port);
    return url.href;
  }

  /** Connections that are open lose their other end, or are never heard of again. */
  async become(state: LineState): Promise<void> {
    this.#state = state;
    if (state !== 'hangs') for (const socket of this.#sockets) socket.destroy();
    if (state === 'refuses') await this.close();
    else if (!this.#server) await this.#listen();
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    const server = this.#server;
    this.#server = undefined;
    if (server) await new Promise((resolve) => server.close(resolve));
  }

  async #listen(): Promise<void> {
    this.#server = createServer((near) => this.#connect(near)).listen(this.#port, '127.0.0.1');
    await once(this.#server, 'listening');
    this.#port = (this.#server.address() as AddressInfo).port;
  }

  #connect(near: Socket): void {
    const far = connect(Number(this.#target.port), this.#target.hostname);
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      this.#sockets.add(from);
      from.on('data', (bytes) => {
        if (this.#state === 'works') to.write(bytes);
      });
      from.on('error', () => {});
      from.on('close', () => {
        this.#sockets.delete(from);
        if (this.#state !== 'hangs') to.destroy();
      });
    }
  }
}
