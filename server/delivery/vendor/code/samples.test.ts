import assert from 'node:assert/strict';
import { execFile, spawnSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { promisify } from 'node:util';
import { resident } from '#portal/testing/resident.ts';
import type { AppSecrets } from '#storage/app-environments.ts';
import type { AppKind } from '#storage/apps.ts';
import type { HttpBrowser, Page } from '#testing/http-journey.ts';
import { SHOP_ORIGIN, startTestPlatform, type TestPlatform } from '#testing/test-platform.ts';
import { CODE_IN_HOSTS } from '../../../../scripts/testing/hostile-inputs.ts';
import { backendSamples, SAMPLES_DIRECTORY } from './backend-samples.ts';
import { clientSamples } from './client-samples.ts';

const PROGRAMS = ['node', 'python', 'django', 'php', 'go', 'java'];

/** The programs are copied from the page, as a developer would do it. That they work, e2e/samples/ shows, which runs them. */
describe('the samples on the code page', () => {
  let platform: TestPlatform;
  let developer: HttpBrowser;
  let ownerId: string;
  let page: Pick<Page, 'status' | 'html'>;
  let app: AppSecrets;

  before(async () => {
    platform = await startTestPlatform();
    const { account, browser } = await resident(platform);
    [developer, ownerId] = [browser, account.id];
    app = await platform.createApp({ ownerId, origins: [SHOP_ORIGIN, 'http://localhost:8123'] });
    page = await codeOf(app);
  });
  after(() => platform.close());

  /** The page once for each language, as one text. */
  const codeOf = async ({ appId }: AppSecrets, environment = 'localhost') => {
    const pages = [];
    for (const backend of PROGRAMS)
      pages.push(await developer.get(`/account/apps/${appId}/${environment}/code?backend=${backend}`));
    const [first] = pages;
    assert.ok(first);
    return { ...first, html: pages.map(({ html }) => html).join('') };
  };
  const shown = (id: string, { html }: Pick<Page, 'html'> = page) => {
    const [, code = ''] = new RegExp(`<code id="${id}">([\\s\\S]*?)</code>`).exec(html) ?? [];
    const entities: Record<string, string> = { lt: '<', gt: '>', quot: '"', '#39': "'", amp: '&' };
    return code
      .replaceAll(/<[^>]*>/g, '')
      .replaceAll(/&(lt|gt|quot|#39|amp);/g, (entity, name: string) => entities[name] ?? entity);
  };

  it('contain everything but the secrets', () => {
    assert.equal(page.status, 200);
    const keys = `${platform.url}/account/apps/${app.appId}/localhost/keys`;
    for (const id of ['page', 'curl', ...PROGRAMS]) {
      assert.ok(shown(id).includes(platform.url) && shown(id).includes(app.clientId), id);
    }
    assert.ok(shown('curl').includes(keys));
    assert.ok(!page.html.includes(app.clientSecret) && !page.html.includes(app.apiKey));
  });

  it('are one at a time, in the language that the address names', async () => {
    const path = `/account/apps/${app.appId}/localhost/code`;
    const chosen = ({ html }: Page) => [...html.matchAll(/<code id="([a-z]+)">/g)].map(([, id]) => id);
    assert.deepEqual(
      chosen(await developer.get(path)).filter((id) => PROGRAMS.includes(id ?? '')),
      ['node'],
    );
    const php = await developer.get(`${path}?backend=php`);
    assert.deepEqual(
      chosen(php).filter((id) => PROGRAMS.includes(id ?? '')),
      ['php'],
    );
    assert.match(php.html, /code\?backend=php#backend" aria-current="true">PHP</);
    for (const unknown of ['cobol', '', '<b>', 'node&backend=php']) {
      const page = await developer.get(`${path}?backend=${unknown}`);
      assert.deepEqual([page.status, chosen(page).includes('node')], [200, true], unknown);
    }
  });

  it('are the files that the tests run, filled in, with nothing left of what stands for a value', () => {
    const subject = {
      publicUrl: 'https://platform.example',
      platformName: 'Platform',
      clientId: 'YOUR_CLIENT_ID',
      environment: 'localhost' as const,
      fields: [{ field: 'name', required: false } as const, { field: 'email', required: false } as const],
      keysUrl: 'https://platform.example/account',
      origin: 'http://localhost:3000',
    };
    const files = backendSamples(subject).flatMap((sample) => sample.files);
    const texts = files.map(({ code }) => `${code}\n`).toSorted();
    // Those that read a user by the client secret, or receive webhooks, are in the documentation. The page has cURL for the former.
    const isElsewhere = (path: string) => /read.?user|webhook/i.test(path);
    const all = globSync('*/**/*.{mjs,py,php,go,java,xml}', { cwd: SAMPLES_DIRECTORY });
    const inRepository = all.filter((path) => !isElsewhere(path));
    assert.deepEqual(texts, inRepository.map((path) => readFileSync(SAMPLES_DIRECTORY + path, 'utf8')).toSorted());
    for (const id of PROGRAMS) {
      const text = shown(id) + shown(`${id}-commands`);
      assert.doesNotMatch(text, /platform\.example|YOUR_CLIENT_ID|3000/, id);
    }
  });

  it('run where the page is registered: on the developer’s own machine, or behind a proxy', async () => {
    for (const id of PROGRAMS) assert.ok(shown(id).includes('http://localhost:8123'), id);
    assert.match(shown('php-commands'), /^php -S localhost:8123 /m);
    assert.match(shown('python-commands'), / --port 8123$/m);
    assert.match(shown('java'), /"server\.port", "8123"/);

    const live = await codeOf(await platform.createApp({ ownerId, environment: 'production' }), 'production');
    assert.match(shown('node', live), new RegExp(`ORIGIN = '${SHOP_ORIGIN}'`));
    assert.match(shown('node', live), new RegExp(`ISSUER = '${platform.url}'`));
    assert.match(shown('php-commands', live), /^php -S localhost:3000 /m);
  });

  it('ask for the fields of the app', async () => {
    const fields = [{ field: 'email', required: true } as const, { field: 'phone_number', required: false } as const];
    const asking = await codeOf(await platform.createApp({ ownerId, fields }));
    for (const id of PROGRAMS)
      assert.match(shown(id, asking), / fields="email phone_number"><\/signup-with-platform>/, id);
  });

  it('are for a website; a native app has a library for that, and can read by cURL', async () => {
    const kind: AppKind = 'native';
    const native = await codeOf(
      await platform.createApp({ ownerId, kind, redirectUris: ['com.example.app:/callback'] }),
    );
    assert.equal(native.status, 200);
    for (const id of ['page', ...PROGRAMS]) assert.equal(shown(id, native), '', id);
    assert.ok(shown('app', native).includes('com.example.app:/callback'));
    assert.match(shown('curl', native), /external_login/);
    assert.match(native.html, /Read what people shared/);
  });

  it('contain no code that an earlier version registered as an address', async () => {
    const origins = CODE_IN_HOSTS.map(({ input }) => `http://${input}:3000`);
    const redirectUris = [
      ...origins.map((origin) => `${origin}/cb`),
      'https://shop.example/cb?pwned=\\',
      'https://shop.example/cb?`pwned`',
      'https://shop.example/a\npwned',
      'https://shop.example/"+pwned',
    ];
    const codes = ({ html }: Pick<Page, 'html'>) =>
      [...html.matchAll(/<code id="[\w-]+">[\s\S]*?<\/code>/g)].map(String);
    const old = await codeOf(await platform.createApp({ ownerId, origins, redirectUris }));
    const samples = codes(old).filter((code) => !code.startsWith('<code id="redirect-uri-'));
    assert.ok(samples.length > 12);
    for (const code of samples) assert.ok(!code.includes('pwned'), code);

    const mixed = await codeOf(await platform.createApp({ ownerId, origins: [...origins, 'http://localhost:8123'] }));
    for (const id of PROGRAMS) assert.ok(shown(id, mixed).includes('http://localhost:8123'), id);
  });

  it('filled in with an origin that is none are those with the placeholder', () => {
    const [publicUrl, platformName, clientId, keysUrl] = [
      'https://id.example',
      'Platform',
      'C',
      'https://id.example/k',
    ];
    const subject = { publicUrl, platformName, clientId, keysUrl, environment: 'localhost' as const, fields: [] };
    const client = { issuer: publicUrl, clientId, keysUrl, redirectUris: [] };
    for (const { input } of CODE_IN_HOSTS) {
      const origin = `http://${input}:3000`;
      assert.deepEqual(
        backendSamples({ ...subject, origin }),
        backendSamples({ ...subject, origin: 'http://localhost:3000' }),
      );
      assert.deepEqual(
        clientSamples({ ...client, origin }),
        clientSamples({ ...client, origin: 'https://shop.example' }),
      );
    }
  });

  it('quote a redirect URI as their language does', () => {
    const uri = "https://shop.example/it's/$(id)";
    const samples = clientSamples({
      ...{ issuer: 'https://id.example', clientId: 'C', keysUrl: 'https://id.example/k' },
      origin: 'https://shop.example',
      redirectUris: [uri],
    });
    const code = (id: string) => samples.find((sample) => sample.id === id)?.code ?? '';
    assert.ok(code('openid-client').includes("redirect_uri: 'https://shop.example/it\\'s/$(id)',"));
    assert.ok(code('oidc-client-ts').includes("redirect_uri: 'https://shop.example/it\\'s/$(id)',"));
    assert.ok(code('authlib').includes(`authorize_redirect("${uri}")`));

    const [atSlash] = clientSamples({
      ...{ issuer: 'https://id.example', clientId: 'C', keysUrl: 'https://id.example/k' },
      origin: 'https://shop.example',
      redirectUris: ['https://shop.example/cb?a=\\', 'https://shop.example/back'],
    });
    assert.equal(atSlash?.redirectUri, 'https://shop.example/back', 'the first that is of characters of URIs');
  });

  if (spawnSync('curl', ['--version']).status === 0) {
    it('cURL: logs in, and reads what was shared', async () => {
      const users = platform.storage.realm('sandbox').appUsers(app.clientId);
      const { id } = await users.create({ email: 'ada@example.com', passwordHash: 'none' });
      const env = { ...process.env, CLIENT_SECRET: app.clientSecret, SUB: id };
      const { stdout } = await promisify(execFile)('sh', ['-ec', shown('curl')], { env });
      assert.equal((JSON.parse(stdout) as { email: string }).email, 'ada@example.com');
    });
  }
});
