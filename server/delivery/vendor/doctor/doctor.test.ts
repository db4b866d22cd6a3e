import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { html, render } from '@lit-labs/ssr';
import { collectResultSync } from '@lit-labs/ssr/lib/render-result.js';
import { pickLanguage } from '@signup-with-platform/messages';
import { FINDING_TEXTS, type FindingCode, type FindingText, finding } from '@signup-with-platform/protocol';
import { contentOf } from '#portal/testing/content-of.ts';
import { type Resident, resident } from '#portal/testing/resident.ts';
import type { AppSecrets } from '#storage/app-environments.ts';
import type { Page } from '#testing/http-journey.ts';
import { startTestPlatform, type TestPlatform } from '#testing/test-platform.ts';
import { findingText } from './finding-text.ts';
import { reasonText } from './reason-text.ts';

describe('the doctor', () => {
  let platform: TestPlatform;
  let shop: Server;
  let origin: string;
  let app: AppSecrets;
  let reader: Resident;
  let body = '';
  let headers: Record<string, string> = {};

  before(async () => {
    shop = createServer((_request, response) => response.writeHead(200, headers).end(body));
    await new Promise<void>((resolve) => shop.listen(0, '127.0.0.1', resolve));
    origin = `http://127.0.0.1:${(shop.address() as AddressInfo).port}`;
    platform = await startTestPlatform();
    app = await platform.createApp({ origins: [origin] });
    reader = await resident(platform);
    await platform.storage.appMembers.put(app.appId, reader.account.id, 'read-only');
  });
  after(async () => {
    await platform.close();
    shop.closeAllConnections();
    shop.close();
  });

  const path = () => `/account/apps/${app.appId}/localhost/doctor`;
  async function examine(page: string, who = reader): Promise<Page> {
    return who.browser.submit(await who.browser.get(path()), '/doctor', { page });
  }

  it('judges a page for a member who may read, and keeps nothing', async () => {
    const script = `<script type="module" src="${platform.url}/widget.js"></script>`;
    const tag = (fields: string) =>
      `${script}<signup-with-platform client-id="${app.clientId}" nonce="Zm9yIHRoaXMgdmlldw"${fields}>`;
    const registered = (await platform.storage.appEnvironments.findByClientId(app.clientId))?.fields ?? [];
    body = tag(` fields="${registered.map(({ field }) => field).join(' ')}"`);
    headers = {};
    const earlier = await contentOf(platform.database);
    const page = await examine(origin);
    assert.equal(page.status, 200);
    assert.match(page.html, /No problems found/);
    body = tag(' fields="address"');
    assert.match((await examine(origin)).html, /leaves out what this app requires/);
    assert.deepEqual(await contentOf(platform.database), earlier);
  });

  it('shows what a page holds as text, whatever it is', async () => {
    body =
      '<signup-with-platform client-id="&lt;img src=x onerror=alert(1)>" ' +
      'platform="https://x.example/&lt;/code>&lt;script>alert(1)&lt;/script>">';
    headers = { 'content-security-policy': `script-src '<b>x</b>'; sandbox <i>` };
    const page = await examine(origin);
    assert.equal(page.status, 200);
    assert.doesNotMatch(page.html, /<img src=x|<script>alert|<b>x|<i>/);
    assert.match(page.html, /&lt;img src=x onerror=alert\(1\)/);
  });

  it('tells the environment of a client ID of the same app, and nothing of another app’s', async () => {
    headers = {};
    const other = await platform.createApp({ name: 'Secret Shop', environment: 'development:sandbox' });
    body = `<signup-with-platform client-id="${other.clientId}">`;
    const page = await examine(origin);
    assert.match(page.html, /another client ID/);
    assert.doesNotMatch(page.html, /Secret Shop|another environment of this app/);
  });

  it('refuses what is no address, and shows it again', async () => {
    for (const typed of ['', 'javascript:alert(1)', 'https://me:secret@shop.example', 'http://']) {
      const page = await examine(typed);
      assert.equal(page.status, 400);
      assert.match(page.html, /Enter the address of a page/);
    }
  });

  it('does not look into private networks', async () => {
    for (const typed of [
      'http://169.254.169.254/latest/meta-data',
      'http://10.0.0.1',
      'http://[fd00::1]',
      'http://2852039166',
    ]) {
      const page = await examine(typed);
      assert.match(page.html, /on your own machine or network, which cannot be seen from here/, typed);
      assert.match(page.html, /attribute debug/);
    }
    const refused = await examine(`${origin.replace(/:\d+$/, '')}:25`);
    assert.match(refused.html, /could not be reached \(browsers block its port/, 'refused, and not waited for');
  });

  it('is not asked all day by one account', async () => {
    const busy = await resident(platform);
    await platform.storage.appMembers.put(app.appId, busy.account.id, 'read-only');
    const form = await busy.browser.get(path());
    let page = form;
    for (let asked = 0; page.status === 200 && asked < 40; asked += 1) {
      page = await busy.browser.submit(form, '/doctor', { page: 'http://127.0.0.1:25' });
    }
    assert.equal(page.status, 429);
    assert.ok(Number(page.headers.get('retry-after')) > 0);
    assert.equal((await examine(origin)).status, 200);
  });
});

describe('the words of the doctor', () => {
  const facts = {
    origin: 'https://shop.example',
    near: 'https://www.shop.example',
    found: 'other-client',
    expected: 'this-client',
    environment: 'production',
    reason: 'unreachable',
    status: '500',
    from: 'https://shop.example/a',
    to: 'https://shop.example/b',
    policy: 'same-origin',
    uri: 'https://shop.example/callback',
    directive: "script-src 'self'",
    platform: 'https://platform.example',
    missing: 'allow-forms',
    seconds: '40',
    src: 'https://shop.example/widget.js',
    first: 'https://shop.example/1.js',
    second: 'https://shop.example/2.js',
  };
  const isCode = (text: string): text is FindingCode => Object.hasOwn(FINDING_TEXTS, text);
  const filled = (text: string) =>
    Object.entries({ ...facts, environment: 'Production', reason: 'we couldn’t connect to it' }).reduce(
      (part, [name, value]) => part.replaceAll(`{${name}}`, () => value),
      text,
    );
  const textOf = (content: unknown) =>
    collectResultSync(render(html`<p>${content}</p>`))
      .replaceAll(/<[^>]*>/g, '')
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&quot;', '"')
      .replaceAll('&#39;', "'");

  it('are in English those that the widget says', () => {
    const english = pickLanguage(['en']);
    const codes = Object.keys(FINDING_TEXTS).filter(isCode);
    assert.ok(codes.length > 30);
    for (const code of codes) {
      const expected: FindingText = FINDING_TEXTS[code];
      const { title, remedy } = findingText(english, finding('error', code, facts));
      assert.equal(textOf(title), filled(expected.title), code);
      assert.equal(remedy && textOf(remedy), expected.remedy && filled(expected.remedy), code);
    }
  });

  it('name the reasons', () => {
    const language = pickLanguage(['en']);
    const said = (facts: Record<string, string>) => textOf(reasonText(language, facts));
    assert.equal(said({ reason: 'timeout' }), 'it took too long to answer');
    assert.equal(said({ reason: 'status', status: '404' }), 'it answered with status 404');
    assert.equal(
      said({ reason: 'certificate', code: 'CERT_HAS_EXPIRED' }),
      'its certificate isn’t valid: CERT_HAS_EXPIRED',
    );
    assert.equal(said({ reason: 'unreachable' }), 'we couldn’t connect to it');
  });
});
