import { createSocket, type Socket } from 'node:dgram';
import dns from 'node:dns';
import { once } from 'node:events';

const HEADER_BYTES = 12;
const TXT = Buffer.from([0, 16, 0, 1]);
const POINTER_TO_QUESTION = Buffer.from([0xc0, HEADER_BYTES]);

/**
 * A DNS server that knows TXT records (RFC 1035), which this process asks while it runs. Names above those of records exist, too (RFC 8020),
 * and no others.
 */
export class TestDnsServer {
  readonly records = new Map<string, string[]>();
  /** Whether other names exist, too, as below a wildcard. */
  hasEveryName = false;
  /** The names that were asked for. */
  readonly asked: string[] = [];
  readonly #socket: Socket;
  readonly #earlier = dns.getServers();

  private constructor() {
    this.#socket = createSocket('udp4', (query, { port, address }) => {
      this.#socket.send(this.#answer(query), port, address);
    });
  }

  static async start(): Promise<TestDnsServer> {
    const server = new TestDnsServer();
    server.#socket.bind(0, '127.0.0.1');
    await once(server.#socket, 'listening');
    dns.setServers([`127.0.0.1:${server.#socket.address().port}`]);
    return server;
  }

  stop(): void {
    dns.setServers(this.#earlier);
    this.#socket.close();
  }

  #answer(query: Buffer): Buffer {
    const labels: string[] = [];
    let at = HEADER_BYTES;
    for (let length = query[at] ?? 0; length > 0; length = query[at] ?? 0) {
      labels.push(query.toString('latin1', at + 1, at + 1 + length));
      at += 1 + length;
    }
    const question = query.subarray(HEADER_BYTES, at + 1 + TXT.length);
    const isTxt = query.subarray(at + 1, at + 1 + TXT.length).equals(TXT);
    const name = labels.join('.').toLowerCase();
    const texts = (isTxt && this.records.get(name)) || [];
    this.asked.push(name);
    const exists =
      this.hasEveryName || [...this.records.keys()].some((known) => known === name || known.endsWith(`.${name}`));
    const header = Buffer.alloc(HEADER_BYTES);
    query.copy(header, 0, 0, 2);
    // A response, recursion asked for and available; 3 is "no such name".
    header.writeUInt16BE(exists ? 0x8180 : 0x8183, 2);
    header.writeUInt16BE(1, 4);
    header.writeUInt16BE(texts.length, 6);
    const answers = texts.map((text) => {
      const data = Buffer.concat([Buffer.from([text.length]), Buffer.from(text, 'latin1')]);
      const lifetimeAndLength = Buffer.alloc(6);
      lifetimeAndLength.writeUInt16BE(data.length, 4);
      return Buffer.concat([POINTER_TO_QUESTION, TXT, lifetimeAndLength, data]);
    });
    return Buffer.concat([header, question, ...answers]);
  }
}
