import type { AddressInfo } from 'node:net';
import { connect, createServer, type Socket } from 'node:net';

/** A network between browser and server. It may change while connections are open. */
export interface Line {
  /** How long each byte takes, in either direction. */
  oneWayMs: number;
}

export interface DelayProxy {
  readonly port: number;
  close(): Promise<void>;
}

/** Stands before a server, and takes as long as the line does, which is a round trip more for a new connection (TCP). The bytes stay in order. */
export async function startDelayProxy(targetPort: number, line: Line): Promise<DelayProxy> {
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const target = connect(targetPort, 'localhost');
    const openAtMs = performance.now() + 2 * line.oneWayMs;
    for (const [from, to] of [
      [client, target],
      [target, client],
    ] as const) {
      const late = (act: () => void) => setTimeout(act, Math.max(0, openAtMs - performance.now()) + line.oneWayMs);
      const underWay: Buffer[] = [];
      sockets.add(from);
      from.setNoDelay(true);
      from.on('data', (chunk: Buffer) => {
        underWay.push(chunk);
        // Whichever timer fires first, the first bytes go first.
        late(() => {
          for (const bytes of underWay.splice(0, 1)) to.write(bytes);
        });
      });
      from.on('end', () => late(() => to.end()));
      from.on('error', () => to.destroy());
      from.on('close', () => sockets.delete(from));
    }
  });
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}
