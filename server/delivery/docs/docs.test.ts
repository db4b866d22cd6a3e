import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import Fastify from 'fastify';
import { hashPassword } from '#domain/accounts/passwords.ts';
import { startTestPlatform, type TestPlatform, temporaryDirectory } from '#testing/test-platform.ts';
import { CODE_IN_HOSTS } from '../../../scripts/testing/hostile-inputs.ts';
import { registerDocs } from './register.ts';

let platform: TestPlatform;
before(async () => {
  platform = await startTestPlatform({
    PLATFORM_NAME: 'Acme & <b>',
    SUPPORT_EMAIL: 'support@acme.example',
    COMMUNITY_URL: 'https://community.acme.example/forum',
  });
});
after(() => platform.close());

const open = (path: string, headers: Record<string, string> = {}) =>
  fetch(platform.url + path, { headers, redirect: 'manual' });

describe('a page of the documentation', () => {
  it('runs and shows nothing but what is of this origin', async () => {
    const response = await open('/docs/theming');
    const policy = response.headers.get('content-security-policy') ?? '';
    assert.doesNotMatch(policy, /unsafe|\*/);
    assert.match(policy, /script-src 'self'$/);
    assert.match(policy, /style-src 'sha256-[^']+';/);
    assert.match(policy, /frame-ancestors 'none'/);
    assert.equal(response.headers.get('cross-origin-opener-policy'), 'same-origin');
    const html = await response.text();
    assert.ok(html.includes('Acme &amp; &lt;b&gt;'));
    assert.doesNotMatch(html, /<b>|\sstyle="|\son\w+="/);
  });

  it('is kept, and asked for again', async () => {
    const response = await open('/docs/quickstart', { 'accept-encoding': 'br' });
    assert.equal(response.headers.get('cache-control'), 'no-cache');
    assert.equal(response.headers.get('content-encoding'), 'br');
    const etag = response.headers.get('etag') ?? '';
    assert.equal((await open('/docs/quickstart', { 'if-none-match': etag })).status, 304);
  });

  it('has one address', async () => {
    for (const [path, to] of [
      ['/docs/', '/docs'],
      ['/docs/quickstart/', '/docs/quickstart'],
      ['/docs/quickstart.html', '/docs/quickstart'],
      ['/docs/index', '/docs'],
      ['/docs/index.html', '/docs'],
    ]) {
      const response = await open(path ?? '');
      assert.deepEqual([response.status, response.headers.get('location')], [301, to]);
    }
  });

  it('is there as Markdown', async () => {
    const response = await open('/docs/quickstart.md');
    assert.match(response.headers.get('content-type') ?? '', /^text\/markdown/);
    assert.match(await response.text(), /^# Quickstart\n/);
  });

  it('that does not exist leads on', async () => {
    for (const path of [
      '/docs/nothing',
      '/docs/a/b',
      '/docs//evil.example',
      '/docs/quickstart.md/',
      '/docs/__proto__',
    ]) {
      const response = await open(path);
      assert.equal(response.status, 404, path);
      assert.equal(response.headers.get('cache-control'), 'no-store', path);
      assert.match(await response.text(), /<h1>There is no such page<\/h1>[\s\S]*href="\/docs\/quickstart"/, path);
    }
  });

  it('names whom to ask', async () => {
    const html = await (await open('/docs/contact')).text();
    assert.ok(html.includes('<a href="mailto:support@acme.example">support@acme.example</a>'));
    assert.ok(html.includes('<a href="https://community.acme.example/forum">community.acme.example/forum</a>'));
  });
});

describe('what the server knows', () => {
  it('is in the Markdown, too', async () => {
    for (const path of ['/docs/contact.md', '/llms-full.txt']) {
      const text = await (await open(path)).text();
      assert.match(text, /^- Support: \[support@acme\.example\]\(mailto:support@acme\.example\)$/m);
      assert.doesNotMatch(text, /<!--/);
    }
  });

  it('includes security.txt only where there is one', async () => {
    const named = 'href="/.well-known/security.txt"';
    assert.ok((await (await open('/docs/security')).text()).includes(named));
    assert.equal((await open('/.well-known/security.txt')).status, 200);
    const other = await startTestPlatform();
    after(() => other.close());
    for (const path of ['/docs/security', '/docs/security.md']) {
      const text = await (await fetch(other.url + path)).text();
      assert.ok(!text.includes('security.txt') && !text.includes('<!-- '), path);
    }
    assert.equal((await fetch(`${other.url}/.well-known/security.txt`)).status, 404);
  });
});

describe('the list beside the page', () => {
  it('has vendors’ pages and then operators’, each under its title', async () => {
    const html = await (await open('/docs/operate')).text();
    const order = [
      'For vendors',
      'href="/docs/quickstart"',
      'href="/docs/glossary"',
      'For operators',
      'href="/docs/operate"',
    ];
    const places = order.map((text) => html.indexOf(text));
    assert.deepEqual(
      places,
      places.toSorted((a, b) => a - b),
    );
    assert.ok(!places.includes(-1));
    assert.match(html, /speaks 12 languages/);
  });

  it('leads from no page for vendors to one for operators', async () => {
    assert.doesNotMatch(await (await open('/docs/glossary')).text(), /<span>Next<\/span>/);
    assert.doesNotMatch(await (await open('/docs/operate')).text(), /<span>Previous<\/span>/);
  });
});

describe('the files of the documentation', () => {
  it('change their names, so they are kept for ever', async () => {
    const [, script = ''] = /src="(\/docs\/assets\/site-[\w-]+\.js)"/.exec(await (await open('/docs')).text()) ?? [];
    const response = await open(script, { 'accept-encoding': 'br' });
    assert.equal(response.status, 200);
    assert.equal(response.headers.get('cache-control'), 'public, max-age=31536000, immutable');
    assert.equal(response.headers.get('content-encoding'), 'br');
    assert.match(response.headers.get('content-type') ?? '', /javascript/);
  });

  it('are no way out of their folder', async () => {
    for (const path of [
      '/docs/assets/../site.json',
      '/docs/assets/%2e%2e/site.json',
      '/docs/assets/..%2fsite.json',
      '/docs/assets/',
    ])
      assert.notEqual((await open(path)).status, 200, path);
  });

  it('are for programs that read, too', async () => {
    for (const path of ['/llms.txt', '/docs/llms.txt', '/llms-full.txt', '/docs/llms-full.txt']) {
      const response = await open(path);
      assert.match(response.headers.get('content-type') ?? '', /^text\/plain/);
      assert.match(await response.text(), /^# Sign up with Platform\n/);
    }
  });
});

describe('what the examples are filled in with', () => {
  it('is nothing for somebody who is not signed in', async () => {
    const response = await open('/docs/your-apps');
    assert.equal(response.headers.get('cache-control'), 'no-store');
    assert.deepEqual(await response.json(), { signed_in: false, apps: [] });
  });

  it('is what the account works on, and nothing secret', async () => {
    const { accounts } = platform.storage.realm('production');
    const password = 'Orchid-lamp-42';
    const email = 'dev@example.com';
    const { id } = await accounts.create({ email, emailVerified: true, passwordHash: await hashPassword(password) });
    const own = await platform.createApp({ name: 'Fern', origins: ['http://localhost:3000'] });
    const disabled = await platform.createApp({ name: 'Off' });
    await platform.createApp({ name: 'Of somebody else' });
    const old = await platform.createApp({ name: 'Old', origins: CODE_IN_HOSTS.map(({ input }) => `http://${input}`) });
    for (const { appId } of [own, disabled]) await platform.storage.appMembers.put(appId, id, 'read-only');
    await platform.storage.apps.setDisabled(disabled.appId, true);

    const browser = platform.browser();
    await browser.submit(await browser.get('/account/sign-in'), '/sign-in', { email, password });
    const page = await browser.get('/docs/your-apps');
    assert.deepEqual(JSON.parse(page.html), {
      signed_in: true,
      apps: [
        {
          name: 'Fern',
          environment: 'localhost',
          client_id: own.clientId,
          issuer: `${platform.url}/sandbox`,
          origin: 'http://localhost:3000',
        },
      ],
    });
    assert.ok(!page.html.includes(own.apiKey) && !page.html.includes(own.clientSecret));

    await platform.storage.appMembers.put(old.appId, id, 'read-only');
    const { apps } = JSON.parse((await browser.get('/docs/your-apps')).html) as { apps: { origin?: string }[] };
    assert.deepEqual(apps.map(({ origin }) => origin).toSorted(), ['http://localhost:3000', undefined]);

    await accounts.setBlocked(id, true);
    assert.deepEqual(JSON.parse((await browser.get('/docs/your-apps')).html), { signed_in: false, apps: [] });
  });
});

describe('documentation that was not built', () => {
  it('says so, and how to build it', async () => {
    const app = Fastify();
    await registerDocs(app, {
      config: { publicUrl: platform.url, brand: { name: 'Acme' }, securityContact: undefined },
      storage: platform.storage,
      signedIn: async () => undefined,
      directory: temporaryDirectory(),
    });
    const response = await app.inject('/docs');
    assert.equal(response.statusCode, 503);
    assert.match(response.body, /npm run build/);
    assert.match(response.body, /href="\/docs\/api"/);
    assert.doesNotMatch(response.body, /<script/);
    assert.equal((await app.inject('/docs/quickstart')).statusCode, 404);
    await app.close();
  });
});
