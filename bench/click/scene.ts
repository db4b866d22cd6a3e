import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../../server/config.ts';
import { hashPassword } from '../../server/domain/accounts/passwords.ts';
import { startPlatform } from '../../server/platform.ts';
import { createStorage } from '../../server/storage/index.ts';
import { freePort } from '../../server/testing/free-port.ts';
import { type DelayProxy, type Line, startDelayProxy } from '../delay-proxy.ts';
import { type Addresses, bareAnswer, shopAnswer } from './shop-pages.ts';

export const PERSON = { email: 'bench@example.com', password: 'correct horse battery staple' } as const;

/** A platform, a shop and a bare server, each at the far end of the same line. */
export interface Scene {
  readonly shop: string;
  /** The way to the platform. */
  readonly platform: DelayProxy;
}

/** Builds a scene, and removes it afterwards. */
export async function withScene<Result>(line: Line, work: (scene: Scene) => Promise<Result>): Promise<Result> {
  const ends: (() => unknown)[] = [];
  const behindLine = async (port: number) => {
    const proxy = await startDelayProxy(port, line);
    ends.push(() => proxy.close());
    return proxy;
  };
  const serve = async (answer: RequestListener) => {
    const server = await listen(answer);
    ends.push(() => {
      server.closeAllConnections();
      server.close();
    });
    return behindLine(portOf(server));
  };
  try {
    const bare = await serve(({ url = '' }, response) => {
      response.setHeader('content-type', 'text/html');
      response.end(bareAnswer(url.replace(/\?.*/, '')));
    });
    // The issuer is the address that people see, which is the far end of the line.
    const port = await freePort();
    const proxy = await behindLine(port);
    const dataDir = mkdtempSync(join(tmpdir(), 'platform-bench-'));
    ends.push(() => rmSync(dataDir, { recursive: true, force: true }));
    const url = `http://localhost:${proxy.port}`;
    const platform = await startPlatform(
      readConfig({ PORT: String(port), PUBLIC_URL: url, DATA_DIR: dataDir, LOG_LEVEL: 'silent' }),
    );
    ends.push(() => platform.close());
    const addresses: { -readonly [Name in keyof Addresses]: string } = {
      platform: url,
      bare: `http://localhost:${bare.port}`,
      clientId: '',
    };
    const shop = await serve(({ url: path = '' }, response) => {
      const answer = shopAnswer(path.replace(/\?.*/, ''), addresses);
      response.writeHead(answer ? 200 : 404, { 'content-type': answer?.type ?? 'text/plain' }).end(answer?.body);
    });
    const origin = `http://127.0.0.1:${shop.port}`;
    const storage = createStorage(platform.database);
    const app = {
      name: 'Bench Shop',
      environment: 'production',
      origins: [origin],
      redirectUris: [`${origin}/callback`],
    } as const;
    addresses.clientId = (
      await storage.apps.create({ ...app, origins: [...app.origins], redirectUris: [...app.redirectUris] })
    ).clientId;
    await storage.realm('production').accounts.create({
      email: PERSON.email,
      emailVerified: true,
      passwordHash: await hashPassword(PERSON.password),
      givenName: 'Benjamin',
      familyName: 'Chmark',
    });
    return await work({ shop: origin, platform: proxy });
  } finally {
    for (const end of ends.reverse()) await end();
  }
}

async function listen(answer: RequestListener): Promise<Server> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  return server;
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}
