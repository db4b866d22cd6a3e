import assert from 'node:assert/strict';
import { execFile, spawnSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { hashPassword } from '#domain/accounts/passwords.ts';
import type { AppSecrets } from '#storage/app-environments.ts';
import type { Page } from '#testing/http-journey.ts';
import { SHOP_ORIGIN, startTestPlatform, type TestPlatform, temporaryDirectory } from '#testing/test-platform.ts';

const PASSWORD = 'an engine of difference';
const NONCE = 'nonce-of-this-page';
const has = (command: string) => spawnSync(command, ['--version']).status === 0;

/** Takes the place of firebase/php-jwt, which would check the signature. The rest of the program is ours. */
const JWT_LIBRARY = `<?php
namespace Firebase\\JWT;
final class JWK { public static function parseKeySet(array $keys, string $alg): array { return $keys['keys']; } }
final class JWT {
    public static int $leeway = 0;
    public static function decode(string $token, array $keys): object {
        return json_decode(base64_decode(strtr(explode('.', $token)[1], '-_', '+/')));
    }
}`;

/** The programs are copied from the page, as a developer would do it. */
describe('the samples on the code page', () => {
  let platform: TestPlatform;
  let page: Page;
  let app: AppSecrets;
  let credential: string;
  let sub: string;
  const directory = temporaryDirectory();

  before(async () => {
    platform = await startTestPlatform();
    const email = 'ada@example.com';
    const passwordHash = await hashPassword(PASSWORD);
    const account = await platform.storage.realm('production').accounts.create({ email, passwordHash });
    app = await platform.createApp({ ownerId: account.id });

    const developer = platform.browser();
    await developer.submit(await developer.get('/account/sign-in'), '/account/sign-in', { email, password: PASSWORD });
    page = await developer.get(`/account/apps/${app.appId}/localhost/code`);

    await platform.storage
      .realm('sandbox')
      .accounts.create({ email, emailVerified: true, givenName: 'Ada', familyName: 'Byron', passwordHash });
    const person = platform.browser();
    const request = { client_id: app.clientId, origin: SHOP_ORIGIN, state: 'state-1', nonce: NONCE };
    const consent = await person.submit(await person.openPopup(request), '/sign-in', { email, password: PASSWORD });
    const last = await person.submit(consent, '/consent');
    credential = last.message.credential ?? '';
    sub = String(last.claims['sub']);
    // Of this process, because the Node sample runs in it. The others have an environment of their own: tests of other files change this one.
    process.env['SECRET_KEY'] = app.apiKey;
  });
  after(async () => {
    delete process.env['SECRET_KEY'];
    await platform.close();
  });

  const secrets = () => ({
    ...process.env,
    SECRET_KEY: app.apiKey,
    CLIENT_SECRET: app.clientSecret,
    SUB: sub,
  });
  const shown = (id: string) => {
    const [, code = ''] = new RegExp(`<code id="${id}">([\\s\\S]*?)</code>`).exec(page.html) ?? [];
    const entities: Record<string, string> = { lt: '<', gt: '>', quot: '"', '#39': "'", amp: '&' };
    return code
      .replaceAll(/<[^>]*>/g, '')
      .replaceAll(/&(lt|gt|quot|#39|amp);/g, (entity, name: string) => entities[name] ?? entity);
  };

  it('contain everything but the secrets', () => {
    assert.equal(page.status, 200);
    for (const id of ['page', 'node', 'php', 'curl']) {
      assert.ok(shown(id).includes(platform.url) && shown(id).includes(app.clientId), id);
    }
    for (const id of ['node', 'php', 'curl']) {
      assert.ok(shown(id).includes(`${platform.url}/account/apps/${app.appId}/localhost/keys`), id);
    }
    assert.ok(!page.html.includes(app.clientSecret) && !page.html.includes(app.apiKey));
  });

  it('Node: verifies the credential, and reads what was shared', async () => {
    mkdirSync(join(directory, 'node_modules/@signup-with-platform'), { recursive: true });
    const library = fileURLToPath(new URL('../../../../client', import.meta.url));
    symlinkSync(library, join(directory, 'node_modules/@signup-with-platform/client'));
    writeFileSync(join(directory, 'sample.mjs'), shown('node'));
    const { register } = (await import(pathToFileURL(join(directory, 'sample.mjs')).href)) as {
      register(form: object, nonce: string): Promise<{ key: string; user: { email: string } }>;
    };
    const { key, user } = await register({ credential }, NONCE);
    assert.equal(key, `${platform.url}/sandbox ${sub}`);
    assert.equal(user.email, 'ada@example.com');
    await assert.rejects(register({ credential }, 'another'));
  });

  if (has('php')) {
    it('PHP: verifies the credential, and reads what was shared', async () => {
      mkdirSync(join(directory, 'vendor'));
      writeFileSync(join(directory, 'vendor/autoload.php'), JWT_LIBRARY);
      writeFileSync(join(directory, 'sample.php'), shown('php'));
      const run = (nonce: string) => {
        const call = `register(['credential' => ${JSON.stringify(credential)}], ${JSON.stringify(nonce)})`;
        return promisify(execFile)('php', ['-r', `require 'sample.php'; echo json_encode(${call});`], {
          cwd: directory,
          env: secrets(),
        });
      };
      const { key, user } = JSON.parse((await run(NONCE)).stdout) as { key: string; user: { email: string } };
      assert.equal(key, `${platform.url}/sandbox ${sub}`);
      assert.equal(user.email, 'ada@example.com');
      await assert.rejects(run('another'), /not meant for this app or this session/);
    });
  }

  if (has('curl')) {
    it('cURL: logs in, and reads what was shared', async () => {
      const { stdout } = await promisify(execFile)('sh', ['-ec', shown('curl')], { env: secrets() });
      assert.equal((JSON.parse(stdout) as { email: string }).email, 'ada@example.com');
    });
  }
});
