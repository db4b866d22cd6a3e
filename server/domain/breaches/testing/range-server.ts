import { createHash } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface RangeServer {
  readonly address: URL;
  /** What was asked, by path and headers. */
  readonly asked: { path: string; headers: IncomingHttpHeaders }[];
  /** Replaces the honest answer. */
  answer: RequestListener | undefined;
  close(): Promise<void>;
}

const hashOf = (password: string) => createHash('sha1').update(password).digest('hex').toUpperCase();

/**
 * A server that speaks the range API of Have I Been Pwned: `GET /range/{5 digits}` answers with `{35 digits}:{times used}` a line, between CR LF,
 * and with padding, of which the number is 0.
 */
export async function startRangeServer(breached: readonly string[]): Promise<RangeServer> {
  const asked: RangeServer['asked'] = [];
  const server = createServer((request, response) => {
    const path = request.url ?? '';
    asked.push({ path, headers: request.headers });
    if (range.answer) return range.answer(request, response);
    const prefix = path.slice(-5);
    const found = breached.map(hashOf).filter((hash) => hash.startsWith(prefix));
    const padding = Array.from({ length: 800 }, (_, index) => `${hashOf(`padding ${index}`).slice(5)}:0`);
    response.writeHead(200, { 'content-type': 'text/plain' });
    response.end([...found.map((hash) => `${hash.slice(5)}:7`), ...padding].sort().join('\r\n'));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  const range: RangeServer = {
    address: new URL(`http://127.0.0.1:${port}/range/`),
    asked,
    answer: undefined,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
  return range;
}
