import assert from 'node:assert/strict';
import { type ChildProcess, execFile, spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { until } from '../../../scripts/testing/until.ts';
import { startTestPlatform } from '../../../server/testing/test-platform.ts';
import { startTestIssuer } from '../../testing.ts';

const here = (file: string) => fileURLToPath(new URL(file, import.meta.url));
const hasPhp =
  spawnSync('php', ['-r', 'exit(PHP_VERSION_ID >= 80200 && extension_loaded("openssl") ? 0 : 1);']).status === 0;

test('the PHP example neither prints a secret nor evaluates text', () => {
  for (const file of ['platform.php', 'register.php']) {
    const source = readFileSync(here(file), 'utf8');
    assert.match(source, /^<\?php\n\/\/ .*\ndeclare\(strict_types=1\);/);
    assert.doesNotMatch(source, /\beval\b|\bunserialize\b|verify_peer|var_dump|print_r/);
  }
});

/** Runs statements that use `$platform` and print JSON. */
async function php(settings: Record<string, string>, statements: string): Promise<unknown> {
  const program = `require ${JSON.stringify(here('platform.php'))};
    $platform = new Platform(getenv('PLATFORM_URL'), getenv('CLIENT_ID'), getenv('CLIENT_SECRET') ?: 'none', 'localhost');
    try { echo json_encode((function () use ($platform) { ${statements} })()); }
    catch (PlatformError $error) { echo json_encode(['refused' => $error->reason, 'status' => $error->status]); }`;
  const { stdout } = await promisify(execFile)('php', ['-r', program], { env: { ...process.env, ...settings } });
  return JSON.parse(stdout);
}

if (hasPhp) {
  test('PHP verifies a credential, and refuses others', async () => {
    await using issuer = await startTestIssuer();
    const settings = { PLATFORM_URL: issuer.issuer, CLIENT_ID: 'shop' };
    const verify = (credential: string) =>
      php(
        { ...settings, CREDENTIAL: credential },
        `return $platform->verifyCredential(getenv('CREDENTIAL'), getenv('PLATFORM_URL'), 'n-1');`,
      );
    const good = { aud: 'shop', nonce: 'n-1', email: 'jane@example.com' };
    // Several signatures, because some have numbers with leading zeros and some with leading ones.
    for (let count = 0; count < 8; count += 1) {
      assert.equal(((await verify(await issuer.sign(good))) as { email: string }).email, 'jane@example.com');
    }
    const [header = '', , signature = ''] = (await issuer.sign(good)).split('.');
    const forged = Buffer.from(JSON.stringify({ ...good, iss: issuer.issuer, sub: 'admin' })).toString('base64url');
    const rsa = await issuer.createKey('RS256');
    issuer.keys.unshift(rsa);
    const ofAnotherKind = Buffer.from(JSON.stringify({ alg: 'ES256', kid: rsa.kid })).toString('base64url');
    const unsigned = Buffer.from('{"alg":"none"}').toString('base64url');
    const rows: [string, string][] = [
      [`${header}.${forged}.${signature}`, 'bad_signature'],
      [`${unsigned}.${forged}.x`, 'wrong_algorithm'],
      [await issuer.sign(good, rsa), 'wrong_algorithm'],
      [`${ofAnotherKind}.${forged}.${signature}`, 'unknown_key'],
      ['nonsense', 'malformed_credential'],
      [await issuer.sign({ ...good, aud: 'another' }), 'wrong_audience'],
      [await issuer.sign({ ...good, nonce: 'n-2' }), 'wrong_nonce'],
      [await issuer.sign({ ...good, iss: 'https://evil.example' }), 'wrong_issuer'],
      [await issuer.sign({ ...good, exp: 1_000 }), 'expired'],
      [await issuer.sign(good, await issuer.createKey()), 'unknown_key'],
    ];
    for (const [credential, refused] of rows) assert.deepEqual(await verify(credential), { refused, status: 0 });
  });

  test('PHP logs in and reads a user at a real platform', async () => {
    const platform = await startTestPlatform();
    try {
      const app = await platform.createApp();
      const users = platform.storage.realm('sandbox').appUsers(app.clientId);
      const { id } = await users.create({ email: 'php@example.com', passwordHash: 'none', firstName: 'Pia' });
      const settings = { PLATFORM_URL: platform.url, CLIENT_ID: app.clientId, CLIENT_SECRET: app.clientSecret, ID: id };
      const user = (await php(settings, `return $platform->user(getenv('ID'));`)) as { first_name: string };
      assert.equal(user.first_name, 'Pia');
      assert.deepEqual(await php(settings, `return $platform->user('nobody-here');`), {
        refused: 'not_found',
        status: 404,
      });
      assert.deepEqual(await php({ ...settings, CLIENT_SECRET: 'wrong' }, `return $platform->user(getenv('ID'));`), {
        refused: 'Invalid client_id or client_secret',
        status: 401,
      });
    } finally {
      await platform.close();
    }
  });

  test('each PHP page has its own nonce and refuses a form without a credential', async () => {
    const port = await freePort();
    const settings = {
      PLATFORM_URL: 'http://127.0.0.1:9',
      CLIENT_ID: 'shop',
      CLIENT_SECRET: 's',
      ENVIRONMENT: 'localhost',
      ISSUER: 'http://127.0.0.1:9',
    };
    const server: ChildProcess = spawn('php', ['-S', `127.0.0.1:${port}`, here('register.php')], {
      env: { ...process.env, ...settings },
      stdio: 'ignore',
    });
    try {
      const page = await untilAnswered(`http://127.0.0.1:${port}/`);
      const nonces = [...(await page.text()).matchAll(/nonce="([\da-f]{32})"/g)];
      assert.equal(nonces.length, 1);
      const cookie = page.headers.getSetCookie()[0]?.split(';')[0] ?? '';
      const sent = await fetch(page.url, {
        method: 'POST',
        headers: { cookie },
        body: new URLSearchParams({ credential: 'x' }),
      });
      assert.equal(sent.status, 400);
      assert.match(await sent.text(), /did not work/);
    } finally {
      server.kill();
    }
  });
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

function untilAnswered(url: string): Promise<Response> {
  return until(() => fetch(url).catch(() => undefined));
}
