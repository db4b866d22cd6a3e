import { once } from 'node:events';
import { createServer } from 'node:net';
import { explainListenFailure } from '../process/listen-failure.ts';
import { type Config, ConfigError } from '../server/config.ts';

const PROBE_TIMEOUT_MS = 1_000;

/**
 * Looks whether the ports of the platform and the demo store are free, so that nobody waits for a build that is of no use.
 * @throws ConfigError naming the first port that is not, who holds it as far as that can be told, and what to set
 */
export async function assertPortsFree({ host, port, demoPort, development }: Config): Promise<void> {
  const ports = [{ setting: 'PORT', port }, ...(development ? [{ setting: 'DEMO_PORT', port: demoPort }] : [])];
  for (const each of ports) {
    const failure = await listenFailure(host, each.port);
    if (!failure) continue;
    const holder = failure.code === 'EADDRINUSE' ? await holderOf(each.port) : undefined;
    throw new ConfigError(explainListenFailure(failure, { port: each.setting, host: 'HOST' }, holder));
  }
}

async function listenFailure(host: string, port: number): Promise<NodeJS.ErrnoException | undefined> {
  const server = createServer().listen({ host, port });
  try {
    await once(server, 'listening');
  } catch (error) {
    return error as NodeJS.ErrnoException;
  }
  server.close();
  await once(server, 'close');
  return undefined;
}

/** Most likely it is another start of this platform, which tells by its answer. */
async function holderOf(port: number): Promise<string> {
  try {
    const signal = AbortSignal.timeout(PROBE_TIMEOUT_MS);
    const { headers } = await fetch(`http://localhost:${port}/`, { method: 'HEAD', redirect: 'manual', signal });
    if (headers.has('x-request-id') && headers.get('x-frame-options') === 'DENY')
      return 'another program, probably an npm start that still runs';
  } catch {
    // It does not speak HTTP, or not soon.
  }
  return process.platform === 'win32' ? 'another program' : `another program (lsof -i :${port} names it)`;
}
