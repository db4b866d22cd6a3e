import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo, LookupFunction } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { readConfig } from '#config.ts';
import { AUTHORITY, EXPIRED_CERTIFICATE } from '#outbound/testing/authority.ts';
import { TestDnsServer } from '#testing/dns-server.ts';
import { freePort } from '#testing/free-port.ts';
import { TestSmtpServer } from '#testing/smtp-server.ts';
import { startTestPlatform, type TestPlatform } from '#testing/test-platform.ts';
import { type ProxyFaults, startTestProxy } from '../testing/test-proxy.ts';
import { examine } from './examine.ts';
import type { Finding, Subject } from './finding.ts';

/** Every name is this machine. */
const resolver = ((_name: string, options: { all?: boolean }, callback: (...answer: unknown[]) => void) => {
  if (options.all) callback(null, [{ address: '127.0.0.1', family: 4 }]);
  else callback(null, '127.0.0.1', 4);
}) as LookupFunction as never;

describe('platform doctor, through a proxy', () => {
  const trusted = getCACertificates('default');
  let platform: TestPlatform;
  let mailServer: TestSmtpServer;
  let nameServer: TestDnsServer;
  let env: Record<string, string>;
  let ports: { proxy: number; http: number };
  let stopRedirect: () => void;
  before(async () => {
    setDefaultCACertificates([...trusted, AUTHORITY]);
    mailServer = await TestSmtpServer.start();
    nameServer = await TestDnsServer.start();
    nameServer.records.set('id.example.com', ['v=spf1 mx -all']);
    nameServer.records.set('key._domainkey.id.example.com', ['v=DKIM1; p=MIGf']);
    nameServer.records.set('_dmarc.example.com', ['v=DMARC1; p=reject']);
    const [port, proxy] = [await freePort(), await freePort()];
    const redirect = createServer((_request, response) => {
      response.writeHead(301, { location: `https://id.example.com:${proxy}/` }).end();
    }).listen(0, '127.0.0.1');
    await once(redirect, 'listening');
    stopRedirect = () => redirect.close();
    ports = { proxy, http: (redirect.address() as AddressInfo).port };
    env = {
      NODE_ENV: 'production',
      PORT: String(port),
      PUBLIC_URL: `https://id.example.com:${proxy}`,
      TRUST_PROXY: '127.0.0.1',
      SMTP_URL: mailServer.url,
      METRICS_TOKEN: 'a-token-of-metrics',
    };
    platform = await startTestPlatform(env);
    env['DATA_DIR'] = platform.dataDir;
    await platform.storage.auditLog.append({ realm: null, act: 'database.backed_up', actor: 'operator' });
  });
  after(async () => {
    await platform.close();
    await mailServer.stop();
    nameServer.stop();
    stopRedirect();
    setDefaultCACertificates(trusted);
  });

  async function findings(faults: ProxyFaults = {}, more: Record<string, string> = {}): Promise<Map<Subject, Finding>> {
    const stop = await startTestProxy(ports.proxy, Number(env['PORT']), faults);
    try {
      const config = readConfig({ ...env, ...more }, { sendsMail: false });
      const mailTo = 'operator@example.org';
      const found = await examine(config, { resolver, httpPort: ports.http, mailTo });
      return new Map(found.map((finding) => [finding.code, finding]));
    } finally {
      await stop();
    }
  }

  it('has nothing to complain of where all is well', async () => {
    const found = await findings();
    const complaints = [...found.values()].filter(({ level }) => level !== 'ok');
    assert.deepEqual(
      complaints.map(({ code, level }) => [code, level]),
      [['proxy_connections', 'not_checked']],
      JSON.stringify(complaints, null, 2),
    );
    assert.equal(mailServer.received.at(-1)?.recipients[0], 'operator@example.org');
    const tokens = await platform.database.db.selectFrom('diagnostic_tokens').selectAll().execute();
    assert.deepEqual(tokens, [], 'the token is gone');
  });

  it('sees what a proxy does wrong', async () => {
    const found = await findings({
      asks: (headers) => {
        headers.host = '127.0.0.1';
        headers['x-forwarded-proto'] = 'http';
        delete headers['x-forwarded-for'];
        delete headers['authorization'];
        delete headers['accept-encoding'];
      },
      answers: (headers) => {
        headers['cross-origin-opener-policy'] = 'same-origin';
        delete headers['strict-transport-security'];
      },
      holdsBack: true,
      maxBodyBytes: 1024 * 1024,
      refusesMethods: ['DELETE'],
      replacesErrors: true,
      endsConnections: true,
    });
    for (const [code, level, message] of [
      ['proxy_host', 'warning', /asks for 127\.0\.0\.1 and not for id\.example\.com/],
      ['proxy_scheme', 'warning', /http .*although PUBLIC_URL is https/],
      ['client_address', 'problem', /does not say who connects/],
      ['request_headers', 'problem', /: authorization\.$/],
      ['response_headers', 'problem', /cross-origin-opener-policy, strict-transport-security/],
      ['hsts', 'warning', /no Strict-Transport-Security/],
      ['event_stream', 'problem', /holds back/],
      ['body_limit', 'problem', /bodies of 6 MB/],
      ['methods', 'problem', /^DELETE does not/],
      ['error_answers', 'problem', /401, 404, 429, 503/],
      ['compression', 'warning', /uncompressed/],
      ['client_connections', 'warning', /ends each connection/],
    ] as const) {
      assert.equal(found.get(code)?.level, level, code);
      assert.match(found.get(code)?.message ?? '', message);
    }
  });

  it('sees a proxy that lets anybody pass for anybody, keeps what it must not, and the settings of another server', async () => {
    const found = await findings(
      {
        asks: (headers) => {
          headers['x-forwarded-for'] = String(headers['x-forwarded-for']).split(',')[0];
        },
        maxBodyBytes: 10 * 1024 * 1024,
        keepsAnswers: true,
      },
      {
        ...{ APP_REVIEW: 'off', METRICS_TOKEN: '' },
        ...{
          DIRECTORY_URL: 'http://127.0.0.1:1/',
          DIRECTORY_SECRET: `whsec_${Buffer.alloc(32, 1).toString('base64')}`,
        },
      },
    );
    assert.equal(found.get('client_address')?.level, 'problem');
    assert.match(found.get('client_address')?.message ?? '', /passes for anybody/);
    assert.equal(found.get('caching')?.level, 'problem');
    assert.equal(found.get('body_limit')?.level, 'warning');
    assert.equal(found.get('server_settings')?.level, 'warning');
    assert.match(found.get('server_settings')?.message ?? '', /APP_REVIEW is required there, off here; METRICS_TOKEN/);
    assert.match(found.get('server_settings')?.message ?? '', /DIRECTORY_URL is not set there, set here\.$/);
    assert.equal(found.get('app_review')?.level, 'ok', 'the server decides');
  });

  it('sees that everybody has the address of a network in front of the proxy', async () => {
    const edge = '104.16.1.1';
    const appends = await findings({
      asks: (headers) => {
        headers['x-forwarded-for'] = String(headers['x-forwarded-for']).replace('127.0.0.1', `198.51.100.1, ${edge}`);
      },
    });
    assert.equal(appends.get('client_address')?.level, 'problem');
    assert.match(appends.get('client_address')?.advice ?? '', /add 104\.16\.1\.1 to TRUST_PROXY/);
    const overwrites = await findings({
      asks: (headers) => {
        headers['x-forwarded-for'] = edge;
        headers['cf-connecting-ip'] = '198.51.100.1';
      },
    });
    assert.equal(overwrites.get('client_address')?.level, 'problem');
    assert.match(overwrites.get('client_address')?.message ?? '', /cf-connecting-ip/);
  });

  it('sends nothing to a server whose certificate has expired', async () => {
    let asked = 0;
    const found = await findings({
      certificate: EXPIRED_CERTIFICATE,
      asks: () => {
        asked += 1;
      },
    });
    assert.deepEqual(
      [found.get('certificate')?.level, found.get('server')?.level, found.get('client_address')?.level],
      ['problem', 'not_checked', 'not_checked'],
    );
    assert.match(found.get('certificate')?.message ?? '', /has expired at 2025-01-01/);
    assert.equal(asked, 0);
  });
});
