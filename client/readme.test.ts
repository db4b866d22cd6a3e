import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { until } from '../scripts/testing/until.ts';
import { LogoutReceiver } from '../server/testing/logout-receiver.ts';
import { startTestPlatform, type TestPlatform } from '../server/testing/test-platform.ts';
import * as client from './index.ts';
import { createTestIssuer, signTestWebhook, startTestIssuer } from './testing.ts';

const readme = readFileSync(new URL('README.md', import.meta.url), 'utf8');
const programs = [...readme.matchAll(/^```js run\n([\s\S]*?)^```$/gm)].map(([, program = '']) => program);

let directory: string;
let platform: TestPlatform;
before(async () => {
  directory = mkdtempSync(join(tmpdir(), 'client-readme-'));
  platform = await startTestPlatform();
});
after(async () => {
  await platform.close();
  rmSync(directory, { recursive: true });
});

/** Runs the one program of the README that contains this word, with these values for its constants. */
async function program<T>(word: string, constants: Record<string, string> = {}): Promise<T> {
  const found = programs.filter((source) => source.includes(word));
  assert.equal(found.length, 1, word);
  const values = Object.entries(constants).map(([name, value]) => `const ${name} = ${JSON.stringify(value)};\n`);
  const source = (found[0] ?? '').replaceAll(/'(@signup-with-platform\/[\w/]+)'/g, (_quoted, name: string) =>
    JSON.stringify(import.meta.resolve(name)),
  );
  const file = join(directory, `${word}.mjs`);
  writeFileSync(file, values.join('') + source);
  return (await import(pathToFileURL(file).href)) as T;
}

test('verifying a credential works as the README shows it', async (t) => {
  t.mock.method(console, 'warn', () => {});
  await using issuer = await startTestIssuer();
  const { personOf } = await program<{
    personOf(form: object, nonce: string): Promise<client.CredentialPayload | undefined>;
  }>('personOf', { CLIENT_ID: 'shop', ISSUER: issuer.issuer });
  const credential = await issuer.sign({ aud: 'shop', nonce: 'n-1', sub: 'jane' });
  assert.equal((await personOf({ credential }, 'n-1'))?.sub, 'jane');
  assert.equal(await personOf({ credential }, 'n-2'), undefined);
});

test('verifying a post to login-uri works as the README shows it', async () => {
  await using issuer = await startTestIssuer();
  const { signedInBy } = await program<{
    signedInBy(request: object, nonce: string): Promise<client.CredentialPayload | undefined>;
  }>('signedInBy', { CLIENT_ID: 'shop', ISSUER: issuer.issuer });
  const credential = await issuer.sign({ aud: 'shop', nonce: 'n-1', sub: 'jane' });
  const body = { credential, csrf_token: 't-1' };
  const ask = (cookie: string) => signedInBy({ body, headers: { cookie } }, 'n-1');
  assert.equal((await ask('signup_csrf_token=t-1'))?.sub, 'jane');
  assert.equal(await ask('signup_csrf_token=t-2'), undefined);
});

test('verifying a logout token works as the README shows it, with one of a real platform', async () => {
  const receiver = await LogoutReceiver.start();
  try {
    const { clientId, issuer } = await platform.createApp({ backchannelLogoutUri: receiver.url });
    const { toldOfSignOut } = await program<{
      toldOfSignOut(request: object, end: (ended: object) => Promise<void>): Promise<number>;
    }>('toldOfSignOut', { CLIENT_ID: clientId, ISSUER: issuer });
    const payload = { session: 'its-own' };
    await platform.storage.jobs.add([
      { kind: 'backchannel_logout', realm: 'sandbox', clientId, userId: 'jane', payload },
    ]);
    await until(() => receiver.received.length === 1);
    const [logout] = receiver.received;
    const ended: object[] = [];
    const ask = (token: unknown) =>
      toldOfSignOut({ body: { logout_token: token } }, async (session) => void ended.push(session));
    assert.deepEqual([await ask(logout?.token), await ask(`${logout?.token}x`), await ask(undefined)], [200, 400, 400]);
    assert.deepEqual(ended, [{ sub: 'jane', sid: logout?.claims.sid }]);
  } finally {
    await receiver.stop();
  }
});

test('verifying a webhook works as the README shows it', async (t) => {
  t.mock.method(console, 'warn', () => {});
  const secret = `whsec_${Buffer.alloc(32, 'k').toString('base64')}`;
  const { toldOfEvent } = await program<{
    toldOfEvent(request: object, customers: { forget(id: string): void }): Promise<number>;
  }>('toldOfEvent', { WEBHOOK_SECRET: secret });
  const data = { version: 1, user_id: 'jane', client_id: 'shop', environment: 'localhost', sequence: 1 } as const;
  const delivery = signTestWebhook({ type: 'user.deleted', timestamp: '2026-01-02T03:04:05Z', data }, secret);
  const forgotten: string[] = [];
  const ask = (request: RequestInit) =>
    toldOfEvent(new Request('http://localhost/', request), { forget: (id) => void forgotten.push(id) });
  assert.deepEqual([await ask(delivery), await ask({ ...delivery, body: `${delivery.body} ` })], [204, 400]);
  assert.deepEqual(forgotten, ['jane']);
});

test('the tour of the user API works as the README shows it, at a real platform', async (t) => {
  t.mock.method(console, 'log', () => {});
  const app = await platform.createApp();
  const { tour } = await program<{ tour(): Promise<object> }>('tour', {
    SECRET_KEY: app.apiKey,
    PLATFORM_URL: platform.url,
  });
  assert.deepEqual(await tour(), { count: 1, has_more: false, gone: true });
  const { machine } = await program<{ machine: client.PlatformClient }>('machine', {
    CLIENT_ID: app.clientId,
    CLIENT_SECRET: app.clientSecret,
    PLATFORM_URL: platform.url,
  });
  assert.deepEqual((await machine.users.list()).data, []);
});

test('the sign-up endpoint and the test work as the README shows them', async () => {
  const { signup } = await program<{ signup(request: Request): Promise<Response> }>('embeddedSignup', {
    SIGNUP_KEY: 'key',
  });
  const ask = () =>
    signup(
      new Request('http://localhost/', {
        method: 'POST',
        headers: { 'x-api-key': 'key', 'content-type': 'application/json' },
        body: JSON.stringify({ userName: 'jane@example.com', password: 'p', language: 'en' }),
      }),
    );
  assert.deepEqual([(await ask()).status, (await ask()).status], [201, 409]);
  const { yourTest } = await program<{ yourTest(): Promise<client.CredentialPayload> }>('yourTest');
  assert.equal((await yourTest()).email, 'jane@example.com');
});

test('every program is run, every link has a target, and every error class is in the table', async () => {
  assert.equal(programs.length, 8);
  for (const [, link = ''] of readme.matchAll(/\]\(([^)]+)\)/g)) {
    assert.ok(existsSync(fileURLToPath(new URL(link, import.meta.url))), link);
  }
  const [, table = ''] = readme.split('### Errors');
  for (const name of Object.keys(client).filter((exported) => exported.endsWith('Error'))) {
    assert.ok(table.includes(`\`${name}\``), name);
  }
  assert.equal(typeof createTestIssuer, 'function');
});
