import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { readConfig } from '../config.ts';
import { startTestPlatform, type TestPlatform } from '../testing/test-platform.ts';
import { mailPageUrl } from './mail-page.ts';

interface Answer {
  status: number;
  body: string;
  headers: Record<string, string | string[] | undefined>;
}

const TEXT = 'Hello <script>alert(1)</script>\n\nhttps://id.example/confirm?code=a&b="x"\n';
const JSON_PLEASE = { accept: 'application/json' };

describe('/dev/mail', () => {
  let platform: TestPlatform;
  let link: URL;
  before(async () => {
    platform = await startTestPlatform();
    link = new URL(platform.mailPage ?? '');
    await platform.storage.mails.add({ to: 'ada@example.com', subject: '<b>Hello</b>', text: TEXT }, false);
  });
  after(() => platform.close());

  /** `fetch` would set the Host header itself. */
  function get(path: string, headers: Record<string, string> = {}): Promise<Answer> {
    const { port } = platform.app.server.address() as AddressInfo;
    return new Promise((resolve, reject) => {
      request({ port, host: '127.0.0.1', path, headers }, (response) => {
        let body = '';
        response.setEncoding('utf8').on('data', (text: string) => {
          body += text;
        });
        response.on('end', () => resolve({ status: response.statusCode ?? 0, body, headers: response.headers }));
      })
        .on('error', reject)
        .end();
    });
  }
  const linkPath = () => `${link.pathname}${link.search}`;
  const cookie = async () => {
    const { headers } = await get(linkPath());
    return String(headers['set-cookie']).split(';')[0] ?? '';
  };

  it('is opened by the link of this start, whose token then leaves the address bar', async () => {
    const { status, headers } = await get(linkPath());
    assert.deepEqual([status, headers['location'], headers['cache-control']], [303, '/dev/mail', 'no-store']);
    assert.match(String(headers['set-cookie']), /^dev-mail=[\w-]{32}; Path=\/dev\/mail; HttpOnly; SameSite=Strict$/);
    const page = await get('/dev/mail', { cookie: await cookie() });
    assert.equal(page.status, 200);
    assert.ok(page.body.includes('&lt;b&gt;Hello&lt;/b&gt;') && !page.body.includes('<script>alert'));
    assert.match(page.body, /<a href="https:\/\/id\.example\/confirm\?code=a&amp;b=&quot;x&quot;">/);
  });

  it('shows a mail as a mail program does, to whoever has opened the link', async () => {
    const html = '<style>p{color:red}</style><p style="font:1em &#39;A&#39;">Hi</p>';
    await platform.storage.mails.add({ to: 'html@example.com', subject: 'H', text: 'Hi\n', html }, false);
    const list = await get('/dev/mail', { cookie: await cookie() });
    const [, path = ''] = /<a href="(\/dev\/mail\/[\w-]+)">HTML<\/a>/.exec(list.body) ?? [];
    const { status, body, headers } = await get(path, { cookie: await cookie() });
    assert.deepEqual([status, body, headers['cache-control']], [200, html, 'no-store']);
    const policy = String(headers['content-security-policy']);
    assert.match(policy, /^sandbox /);
    for (const style of ['p{color:red}', "font:1em 'A'"])
      assert.ok(policy.includes(`'sha256-${createHash('sha256').update(style).digest('base64')}'`), style);
    assert.doesNotMatch(policy, /unsafe-inline/);
    for (const other of [
      await get(path),
      await get(path, { cookie: 'dev-mail=x' }),
      await get('/dev/mail/x', { cookie: await cookie() }),
    ])
      assert.equal(other.status, 404);
    await platform.database.db.deleteFrom('mails').where('recipient', '=', 'html@example.com').execute();
  });

  it('answers tools in JSON, by the link or the cookie', async () => {
    for (const answer of [
      await get(linkPath(), JSON_PLEASE),
      await get('/dev/mail', { ...JSON_PLEASE, cookie: await cookie() }),
    ]) {
      assert.equal(answer.status, 200);
      assert.equal(answer.headers['cache-control'], 'no-store');
      const { mails } = JSON.parse(answer.body) as { mails: Record<string, unknown>[] };
      const [{ id, created_at, ...mail } = {}, ...others] = mails;
      assert.ok(id && Date.parse(String(created_at)));
      assert.deepEqual([mail, others], [{ to: 'ada@example.com', subject: '<b>Hello</b>', text: TEXT }, []]);
    }
  });

  it('tells whoever is on this machine without the link how to get in, and shows no mail', async () => {
    const requests: [string, Record<string, string>][] = [
      ['/dev/mail', {}],
      ['/dev/mail', JSON_PLEASE],
      ['/dev/mail', { cookie: 'dev-mail=' }],
      ['/dev/mail', { cookie: `dev-mail=${'x'.repeat(32)}` }],
      ['/dev/mail', { cookie: `other-dev-mail=${link.searchParams.get('token')}` }],
      ['/dev/mail?token=', {}],
      [`/dev/mail?token=${'x'.repeat(32)}`, {}],
      [`${linkPath()}&token=x`, {}],
      ['/dev/mail?token[]=x', {}],
    ];
    for (const [path, headers] of requests) {
      const { status, body } = await get(path, headers);
      assert.equal(status, 404, path);
      assert.match(
        body,
        /(?:link in the terminal where you started the platform|link that npm start printed in its terminal)/,
      );
      assert.doesNotMatch(body, /Hello/);
    }
  });

  it('is nowhere for a request that came through a proxy or under another name, even with the link', async () => {
    const nowhere = (await get('/no-such-page')).body.replaceAll(/[\da-f-]{36}/g, '');
    const strangers: Record<string, string>[] = [
      { host: 'id.example.com' },
      { host: 'rebound.attacker.example:4000' },
      { host: 'localhost.attacker.example' },
      { host: '127.0.0.1.attacker.example' },
      { host: '192.168.1.5:4000' },
      { host: 'localhost@attacker.example' },
      { host: '[' },
      { 'x-forwarded-for': '203.0.113.5' },
      { 'x-forwarded-host': 'localhost' },
      { 'x-forwarded-proto': 'https' },
      { forwarded: 'for=127.0.0.1' },
      { via: '1.1 proxy' },
      { 'x-real-ip': '127.0.0.1' },
      { 'cf-ray': '1' },
      { 'cf-connecting-ip': '203.0.113.5' },
      { 'ngrok-trace-id': '1' },
      { 'true-client-ip': '203.0.113.5' },
      { 'cdn-loop': 'x' },
    ];
    for (const headers of strangers) {
      const { status, body, ...answer } = await get(linkPath(), { ...headers, cookie: await cookie() });
      assert.equal(status, 404, JSON.stringify(headers));
      assert.equal(body.replaceAll(/[\da-f-]{36}/g, ''), nowhere, 'as any page that does not exist');
      assert.equal(answer.headers['set-cookie'], undefined);
    }
  });

  it('knows this machine by each of its names', async () => {
    for (const host of ['localhost', 'id.localhost:4000', '127.0.0.1:4000', '127.8.8.8', '[::1]:4000', 'LOCALHOST.'])
      assert.equal((await get(linkPath(), { host })).status, 303, host);
  });

  it('has another token at each start', async () => {
    const other = await startTestPlatform();
    assert.notEqual(new URL(other.mailPage ?? '').search, link.search);
    await other.close();
  });
});

it('there is no page of mails in public, in production or with a mail server, whatever else is set', () => {
  const token = { DEV_MAIL_TOKEN: '0123456789abcdef' };
  const SMTP_URL = 'smtp://mail';
  assert.equal(mailPageUrl(readConfig(token)), 'http://localhost:4000/dev/mail?token=0123456789abcdef');
  for (const env of [
    { SMTP_URL },
    { PUBLIC_URL: 'https://id.example', SMTP_URL },
    { PUBLIC_URL: 'https://localhost', NODE_ENV: 'production' },
  ])
    assert.equal(mailPageUrl(readConfig({ ...token, ...env })), undefined);
});
