import assert from 'node:assert/strict';
import { chmodSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { readConfig } from '../config.ts';
import { hashAccountPassword, PASSWORD_KEY } from '../domain/accounts/find-by-password.ts';
import { startPlatform } from '../platform.ts';
import { createStorage } from '../storage/index.ts';
import { HttpBrowser } from '../testing/http-journey.ts';
import { temporaryDirectory } from '../testing/temporary-directory.ts';

const EMAIL = 'developer@example.com';

/** A start of `npm start`, as far as the account goes. */
async function start(dataDir: string, env: Record<string, string> = {}) {
  const settings = readConfig({ PORT: '0', LOG_LEVEL: 'silent', ...env, DATA_DIR: dataDir });
  const platform = await startPlatform(settings, { showsDeveloperAccount: true });
  const storage = createStorage(platform.database);
  const demo = join(dataDir, 'demo-store.json');
  return {
    ...platform,
    storage,
    accounts: storage.realm('production').accounts,
    ownersOfDemo: async () => {
      const { client_id } = JSON.parse(readFileSync(demo, 'utf8')) as { client_id: string };
      const app = await storage.appEnvironments.findByClientId(client_id);
      return (await storage.appMembers.list(app?.appId ?? '')).map(({ email, role }) => [email, role]);
    },
    signIn: async (password: string) => {
      const browser = new HttpBrowser(platform.url);
      const page = await browser.get('/account/sign-in');
      await browser.submit(page, '/sign-in', { email: EMAIL, password });
      return browser.get('/account/apps');
    },
  };
}

describe('the developer’s account', () => {
  it('owns the demo store’s app, and is signed in to with what is printed, which is the same at each start', async () => {
    const dataDir = temporaryDirectory();
    const printed: (string | undefined)[] = [];
    for (let count = 0; count < 2; count += 1) {
      const platform = await start(dataDir);
      assert.equal(platform.developer?.email, EMAIL);
      printed.push(platform.developer.password);
      assert.deepEqual(await platform.ownersOfDemo(), [[EMAIL, 'owner']]);
      const apps = await platform.signIn(platform.developer.password ?? '');
      assert.match(apps.html, /Fern &amp; Field/);
      assert.equal((await platform.accounts.list({ limit: 10 })).length, 1);
      await platform.close();
    }
    assert.match(printed[0] ?? '', /^[a-z2-9]{5}(-[a-z2-9]{5}){3}$/);
    assert.equal(printed[1], printed[0]);
  });

  it('keeps its password where only the owner of the files can read it, and nowhere else', async () => {
    const dataDir = temporaryDirectory();
    const platform = await start(dataDir);
    const { password = '' } = platform.developer ?? {};
    await platform.close();
    const files = readdirSync(dataDir, { withFileTypes: true }).filter((entry) => entry.isFile());
    assert.ok(files.length >= 3);
    for (const { name } of files) {
      const holds = readFileSync(join(dataDir, name)).includes(password);
      assert.equal(holds, name === 'developer.json', name);
    }
    const file = join(dataDir, 'developer.json');
    assert.equal(statSync(file).mode & 0o777, 0o600);
    chmodSync(file, 0o644);
    const [again, another] = [await start(dataDir), await start(temporaryDirectory())];
    assert.equal(statSync(file).mode & 0o777, 0o600);
    assert.notEqual(another.developer?.password, password, 'another platform has another');
    await again.close();
    await another.close();
  });

  it('becomes the owner of a demo store’s app that an earlier version made, but of none that has an owner', async () => {
    const dataDir = temporaryDirectory();
    const before = await startPlatform(readConfig({ PORT: '0', LOG_LEVEL: 'silent', DATA_DIR: dataDir }));
    assert.equal(before.developer, undefined, 'nobody would be told of it');
    await before.close();
    const first = await start(dataDir);
    assert.deepEqual(await first.ownersOfDemo(), [[EMAIL, 'owner']]);
    const [app] = await first.storage.appReviews.list();
    const [developer] = await first.accounts.findByEmail(EMAIL);
    const other = await first.accounts.create({ email: 'other@example.com', emailVerified: true });
    await first.storage.appMembers.put(app?.id ?? '', other.id, 'owner');
    assert.equal(await first.storage.appMembers.remove(app?.id ?? '', developer?.id ?? ''), 'done');
    await first.close();
    const second = await start(dataDir);
    assert.deepEqual(await second.ownersOfDemo(), [['other@example.com', 'owner']]);
    await second.close();
  });

  it('keeps a password that it was given in the portal', async () => {
    const dataDir = temporaryDirectory();
    const first = await start(dataDir);
    const [account] = await first.accounts.findByEmail(EMAIL);
    const passwordKey = await first.storage.secrets.ensure(PASSWORD_KEY);
    const own = 'an engine of difference';
    const hash = await hashAccountPassword({ realm: 'production', passwordKey }, EMAIL, own, 'test');
    await first.accounts.setPasswordHash(account?.id ?? '', hash);
    await first.close();
    const second = await start(dataDir);
    assert.deepEqual(second.developer, { email: EMAIL, password: undefined });
    assert.match((await second.signIn(own)).html, /Fern &amp; Field/);
    await second.close();
  });

  it('is not anybody’s who has that address already, and gives them nothing', async () => {
    const dataDir = temporaryDirectory();
    const before = await startPlatform(readConfig({ PORT: '0', LOG_LEVEL: 'silent', DATA_DIR: dataDir }));
    await createStorage(before.database).realm('production').accounts.create({ email: EMAIL, emailVerified: true });
    await before.close();
    const platform = await start(dataDir);
    assert.equal(platform.developer, undefined);
    assert.deepEqual(await platform.ownersOfDemo(), []);
    await platform.close();
  });

  it('is made although somebody has signed up with that address, and has not confirmed it', async () => {
    const dataDir = temporaryDirectory();
    const before = await startPlatform(readConfig({ PORT: '0', LOG_LEVEL: 'silent', DATA_DIR: dataDir }));
    await createStorage(before.database).realm('production').accounts.create({ email: EMAIL });
    await before.close();
    const platform = await start(dataDir);
    assert.match((await platform.signIn(platform.developer?.password ?? '')).html, /Fern &amp; Field/);
    await platform.close();
  });

  it('survives a file that was cut off', async () => {
    const dataDir = temporaryDirectory();
    writeFileSync(join(dataDir, 'developer.json'), '{"email":"devel');
    const platform = await start(dataDir);
    assert.match((await platform.signIn(platform.developer?.password ?? '')).html, /Fern &amp; Field/);
    await platform.close();
  });

  it('is the same for two processes that start at once on an empty database', async () => {
    const dataDir = temporaryDirectory();
    await (await startPlatform(readConfig({ PORT: '0', LOG_LEVEL: 'silent', DATA_DIR: dataDir }))).close();
    const [one, two] = await Promise.all([start(dataDir), start(dataDir)]);
    assert.ok(one.developer?.password);
    assert.deepEqual(two.developer, one.developer);
    assert.equal((await one.accounts.list({ limit: 10 })).length, 1);
    await one.close();
    await two.close();
  });
});

it('there is no such account in public, in production, or where mail is sent', async () => {
  const SMTP_URL = 'smtp://127.0.0.1:9';
  for (const env of [
    { SMTP_URL },
    { SMTP_URL, PUBLIC_URL: 'https://id.example' },
    { SMTP_URL, PUBLIC_URL: 'https://id.example', NODE_ENV: 'production' },
    { PUBLIC_URL: 'https://localhost', NODE_ENV: 'production' },
  ]) {
    const dataDir = temporaryDirectory();
    const platform = await start(dataDir, env);
    assert.equal(platform.developer, undefined);
    assert.deepEqual(await platform.accounts.list({ limit: 10 }), []);
    assert.equal(readdirSync(dataDir).includes('developer.json'), false);
    await platform.close();
  }
});
