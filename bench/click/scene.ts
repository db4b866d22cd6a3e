import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../../server/config.ts';
import { hashPassword } from '../../server/domain/accounts/passwords.ts';
import { startPlatform } from '../../server/platform.ts';
import { createStorage, type Storage } from '../../server/storage/index.ts';
import { freePort } from '../../server/testing/free-port.ts';
import { UPSTREAM_CLIENT, type UpstreamPersonClaims, UpstreamServer } from '../../server/testing/upstream-server.ts';
import { type Line, startDelayProxy } from '../delay-proxy.ts';
import { type Answer, handOn, makeCertificate, startFront } from './front.ts';
import { type Addresses, bareAnswer, shopAnswer } from './shop-pages.ts';

export const PERSON = { email: 'bench@example.com', password: 'correct horse battery staple' } as const;

/** A platform, a shop and a bare server, each at the far end of the same line. */
export interface Scene {
  readonly shop: string;
  /** By which Chromium knows the certificate of all three. */
  readonly certificateDigest: string;
  /** The paths of what the platform was asked for since the last call. */
  takeRequests(): string[];
  /** What the platform knows, for what happens before and beside a window. */
  readonly storage: Storage;
  /** Whom the other login knows, if there is one. */
  readonly there: UpstreamPersonClaims[];
}

export interface SceneOptions {
  /** Whether another login is the only way in. It is at the far end of the line, too, for browser and platform, and speaks plain HTTP. */
  readonly onlyUpstream?: boolean;
}

/** Builds a scene, and removes it afterwards. */
export async function withScene<Result>(
  line: Line,
  work: (scene: Scene) => Promise<Result>,
  { onlyUpstream = false }: SceneOptions = {},
): Promise<Result> {
  const ends: (() => unknown)[] = [];
  const certificate = await makeCertificate();
  const serve = async (answer: Answer) => {
    const server = await startFront(certificate, answer);
    const sockets = new Set<Socket>();
    server.on('connection', (socket: Socket) => sockets.add(socket));
    const proxy = await startDelayProxy((server.address() as AddressInfo).port, line);
    ends.push(async () => {
      await proxy.close();
      for (const socket of sockets) socket.destroy();
      server.close();
    });
    return proxy.port;
  };
  try {
    const bare = await serve(({ url }, response) => {
      response.setHeader('content-type', 'text/html');
      response.end(bareAnswer(url.replace(/\?.*/, '')));
    });
    // The issuer is the address that people see, which is the far end of the line.
    const port = await freePort();
    const requests: string[] = [];
    const url = `https://localhost:${await serve(handOn(port, (path) => requests.push(path)))}`;
    const dataDir = mkdtempSync(join(tmpdir(), 'platform-bench-'));
    ends.push(() => rmSync(dataDir, { recursive: true, force: true }));
    const there: UpstreamPersonClaims[] = [];
    const upstreams = onlyUpstream ? { UPSTREAMS: JSON.stringify([await startUpstream(line, url, there, ends)]) } : {};
    const platform = await startPlatform(
      readConfig({ PORT: String(port), PUBLIC_URL: url, DATA_DIR: dataDir, LOG_LEVEL: 'silent', ...upstreams }),
    );
    ends.push(() => platform.close());
    const addresses: { -readonly [Name in keyof Addresses]: string } = {
      platform: url,
      bare: `https://localhost:${bare}`,
      clientId: '',
    };
    const shop = await serve(({ url: path }, response) => {
      const answer = shopAnswer(path.replace(/\?.*/, ''), addresses);
      response.writeHead(answer ? 200 : 404, { 'content-type': answer?.type ?? 'text/plain' }).end(answer?.body ?? '');
    });
    const origin = `https://127.0.0.1:${shop}`;
    const storage = createStorage(platform.database);
    const app = await storage.apps.create({
      name: 'Bench Shop',
      environment: 'production',
      origins: [origin],
      redirectUris: [`${origin}/callback`],
    });
    addresses.clientId = app.clientId;
    await storage.realm('production').accounts.create({
      email: PERSON.email,
      emailVerified: true,
      passwordHash: await hashPassword(PERSON.password),
      givenName: 'Benjamin',
      familyName: 'Chmark',
    });
    return await work({
      shop: origin,
      certificateDigest: certificate.digest,
      takeRequests: () => requests.splice(0),
      storage,
      there,
    });
  } finally {
    for (const end of ends.reverse()) await end();
  }
}

/** @returns what the operator's settings say of it */
async function startUpstream(
  line: Line,
  platformUrl: string,
  people: UpstreamPersonClaims[],
  ends: (() => unknown)[],
): Promise<Record<string, unknown>> {
  const port = await freePort();
  const proxy = await startDelayProxy(port, line);
  const issuer = `http://localhost:${proxy.port}`;
  const redirectUris = [`${platformUrl}/upstream/acme/callback`];
  const server = await UpstreamServer.start({ port, issuer, redirectUris, people });
  ends.push(async () => {
    await proxy.close();
    await server.close();
  });
  return { id: 'acme', name: 'Acme', issuer, ...UPSTREAM_CLIENT, only: true, trust_email: true, coop: 'keeps' };
}
