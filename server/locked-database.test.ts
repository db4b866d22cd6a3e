import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { hashPassword } from './domain/accounts/passwords.ts';
import type { AppSecrets } from './storage/app-environments.ts';
import { openDatabase } from './storage/database.ts';
import { createStorage } from './storage/index.ts';
import { holdWriteLock } from './storage/testing/lock-holder.ts';
import { HttpBrowser, type Page } from './testing/http-journey.ts';
import { PlatformProcess } from './testing/platform-process.ts';
import { temporaryDirectory } from './testing/temporary-directory.ts';
import { SHOP_ORIGIN } from './testing/test-platform.ts';

const EMAIL = 'ada@example.com';
const PASSWORD = 'an engine of difference';
/** A server whose event loop stands still while it waits answers none or two. */
const MIN_ANSWERS = 50;

describe('while another process holds the write lock of SQLite', () => {
  const dataDir = temporaryDirectory();
  const file = join(dataDir, 'platform.sqlite');
  let server: PlatformProcess;
  let app: AppSecrets;
  before(async () => {
    server = await PlatformProcess.start({ DATA_DIR: dataDir });
    const database = openDatabase({ databaseUrl: undefined, dataDir });
    const storage = createStorage(database);
    app = await storage.apps.create({ name: 'Test Shop', environment: 'production', origins: [SHOP_ORIGIN] });
    const passwordHash = await hashPassword(PASSWORD);
    await storage.realm('production').accounts.create({ email: EMAIL, emailVerified: true, passwordHash });
    await database.close();
  });
  after(() => server.kill());

  const statusOf = async (path: string, headers = {}) => {
    const response = await fetch(`${server.url}${path}`, { headers });
    await response.arrayBuffer();
    return response.status;
  };
  const open = async () => {
    const browser = new HttpBrowser(server.url);
    const page = await browser.openPopup({ client_id: app.clientId, origin: SHOP_ORIGIN, state: 's', nonce: 'n' });
    return { browser, page };
  };
  const signIn = (browser: HttpBrowser, page: Page) =>
    browser.submit(page, '/sign-in', { email: EMAIL, password: PASSWORD });

  /** Asks one after the other until `isOver`. @returns how often the server answered, and read the database for it */
  async function answersUntil(isOver: () => boolean): Promise<number> {
    for (let answers = 0; ; answers += 1) {
      assert.equal(await statusOf('/healthz'), 200);
      assert.equal(await statusOf('/1/users', { 'x-api-key': app.apiKey }), 200);
      assert.equal(await statusOf('/readyz'), 200);
      if (isOver()) return answers;
    }
  }

  it('a sign-in waits, nobody else does, and it succeeds once the lock is free', async (test) => {
    const { browser, page } = await open();
    const release = await holdWriteLock(file);
    test.after(release);
    let isAnswered = false;
    const signingIn = signIn(browser, page).finally(() => {
      isAnswered = true;
    });
    let answers = 0;
    assert.ok((await answersUntil(() => ++answers >= MIN_ANSWERS || isAnswered)) >= MIN_ANSWERS - 1);
    assert.equal(isAnswered, false);
    await release();
    assert.match((await signingIn).heading, /^Share your details with/);
  });

  it('a sign-in that has waited for seconds is refused as unavailable, and what was typed can be sent again', async (test) => {
    const { browser, page } = await open();
    const release = await holdWriteLock(file);
    test.after(release);
    let isAnswered = false;
    const signingIn = signIn(browser, page).finally(() => {
      isAnswered = true;
    });
    const answers = await answersUntil(() => isAnswered);
    assert.ok(answers >= MIN_ANSWERS, `answered ${answers} times`);
    const refused = await signingIn;
    assert.equal(refused.status, 503);
    assert.equal(refused.headers.get('retry-after'), '5');
    assert.ok(!refused.html.includes(PASSWORD));
    const unsaved = await fetch(`${server.url}/1/users`, {
      method: 'POST',
      headers: { 'x-api-key': app.apiKey, 'content-type': 'application/json' },
      body: JSON.stringify({ email: 'grace@example.com', password: 'a compiler of her own' }),
    });
    assert.equal(unsaved.status, 503);
    assert.equal(unsaved.headers.get('retry-after'), '5');
    assert.match(
      await (await fetch(`${server.url}/metrics`)).text(),
      /database_problems_total\{problem="busy"\} [1-9]/,
    );
    await release();
    assert.equal(refused.form('/sign-in').values['email'], EMAIL);
    const again = await browser.submit(refused, '/sign-in', { password: PASSWORD });
    assert.match(again.heading, /^Share your details with/);
  });
});
