import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

/** The application behind a proxy that signs people in: shows what the proxy told it. */
export interface Echo {
  port: number;
  close(): void;
}

/** @param headers in which the proxy tells each claim */
export async function startEcho(headers: Readonly<Record<string, string>>): Promise<Echo> {
  const told = (received: IncomingHttpHeaders) =>
    Object.fromEntries(Object.entries(headers).map(([claim, header]) => [claim, received[header]]));
  const server = createServer((request, response) => {
    response.setHeader('content-type', 'application/json').end(JSON.stringify(told(request.headers)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
