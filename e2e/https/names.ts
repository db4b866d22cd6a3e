import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';

export interface NamesProxy {
  readonly port: number;
  close(): Promise<void>;
}

/**
 * A forward proxy by which browsers and programs find names that no DNS knows, without changing this machine: `CONNECT name:443` leads to a
 * port of this machine, and every other name leads nowhere.
 */
export async function startNamesProxy(names: readonly string[], port: number): Promise<NamesProxy> {
  const sockets = new Set<Socket>();
  const server = createServer((_request, response) => void response.writeHead(403).end());
  server.on('connect', (request: IncomingMessage, client: Socket, head: Buffer) => {
    client.on('error', () => client.destroy());
    if (!names.some((name) => request.url === `${name}:443`)) {
      client.end('HTTP/1.1 403 Forbidden\r\n\r\n');
      return;
    }
    const there = connect(port, '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      there.write(head);
      there.pipe(client).pipe(there);
    });
    there.on('error', () => client.destroy());
    for (const socket of [client, there]) {
      sockets.add(socket);
      socket.once('close', () => sockets.delete(socket));
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}
