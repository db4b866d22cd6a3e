import type { AddressInfo } from 'node:net';
import { connect, createServer, type Socket } from 'node:net';

export interface DelayProxy {
  readonly port: number;
  /** HTTP requests that went through to each path since the last call. */
  takeRequests(): string[];
  close(): Promise<void>;
}

/** A network between browser and server: each byte takes `oneWayMs`, in order, in both directions. */
export async function startDelayProxy(targetPort: number, oneWayMs: number): Promise<DelayProxy> {
  let requests: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const target = connect(targetPort, 'localhost');
    for (const [from, to] of [
      [client, target],
      [target, client],
    ] as const) {
      sockets.add(from);
      from.setNoDelay(true);
      from.on('data', (chunk) => {
        if (from === client) {
          requests.push(
            ...[...chunk.toString('latin1').matchAll(/^(?:GET|POST) (\S+) HTTP\/1\.1/gm)].map(([, path = '']) => path),
          );
        }
        setTimeout(() => to.write(chunk), oneWayMs);
      });
      from.on('end', () => setTimeout(() => to.end(), oneWayMs));
      from.on('error', () => to.destroy());
      from.on('close', () => sockets.delete(from));
    }
  });
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    takeRequests: () => {
      const taken = requests;
      requests = [];
      return taken;
    },
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}
