import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';

/** Below those from which systems choose a port by themselves, for connections and for whoever asks for any: one of these would be taken meanwhile. */
const [FIRST, END] = [20_000, 32_000];
const TRIES = 100;

/** A port of this machine that nobody listens on, and that nobody gets by chance before the caller listens. */
export async function freePort(): Promise<number> {
  for (let left = TRIES; left > 0; left -= 1) {
    const port = randomInt(FIRST, END);
    const server = createServer();
    try {
      server.listen(port, 'localhost');
      await once(server, 'listening');
    } catch {
      continue;
    }
    server.close();
    await once(server, 'close');
    return port;
  }
  throw new Error(`none of ${TRIES} ports was free`);
}
