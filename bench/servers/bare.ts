import { createHash, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, importJWK, SignJWT } from 'jose';
import { endWithParent } from './with-parent.ts';

/**
 * The baseline of the platform, with `node:http` alone. POST parses a login, hashes and compares its secret, and signs the same JWT with
 * the same library. GET answers with the bytes in BARE_BODY.
 */
const body = process.env['BARE_BODY'] ?? '{}';
const secretHash = createHash('sha256')
  .update(process.env['BARE_SECRET'] ?? '')
  .digest();
const { privateKey } = await generateKeyPair('ES256', { extractable: true });
const key = await importJWK(await exportJWK(privateKey), 'ES256');

const server = createServer((request, response) => {
  response.setHeader('content-type', 'application/json; charset=utf-8');
  if (request.method === 'GET') {
    response.end(body);
    return;
  }
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', async () => {
    const login = JSON.parse(Buffer.concat(chunks).toString()) as Record<string, string>;
    const presented = createHash('sha256')
      .update(login['client_secret'] ?? '')
      .digest();
    if (!timingSafeEqual(presented, secretHash)) {
      response.writeHead(401).end();
      return;
    }
    const token = await new SignJWT({
      client_id: login['client_id'],
      environment: login['environment'],
      scope: 'users',
    })
      .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid: 'bare' })
      .setIssuer('http://localhost')
      .setAudience('http://localhost/1')
      .setSubject(login['client_id'] ?? '')
      .setIssuedAt()
      .setExpirationTime('1h')
      .setJti(crypto.randomUUID())
      .sign(key);
    response.end(JSON.stringify({ code: 200, message: 'success', data: { token } }));
  });
});
server.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
endWithParent();
