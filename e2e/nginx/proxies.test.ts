import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import type { LookupFunction } from 'node:net';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { ensureProgram } from '../../scripts/system-packages.ts';
import { listens } from '../../scripts/testing/listens.ts';
import { until } from '../../scripts/testing/until.ts';
import { readConfig } from '../../server/config.ts';
import { examine } from '../../server/delivery/cli/doctor/examine.ts';
import type { Finding, Level, Subject } from '../../server/delivery/cli/doctor/finding.ts';
import { AUTHORITY, ISSUED_CERTIFICATE, ISSUED_KEY } from '../../server/outbound/testing/authority.ts';
import { TestDnsServer } from '../../server/testing/dns-server.ts';
import { freePort } from '../../server/testing/free-port.ts';
import { TestSmtpServer } from '../../server/testing/smtp-server.ts';
import { startTestPlatform, type TestPlatform, temporaryDirectory } from '../../server/testing/test-platform.ts';
import { caddySample, nginxSample, type SampleSettings } from './samples.ts';
import { runNginx } from './start-nginx.ts';

/** The samples of `deploy/` as they are printed, and what `platform doctor` says of them and of mistakes in them: `npm run test:nginx`. */

const trusted = getCACertificates('default');
const resolver = ((_name: string, options: { all?: boolean }, callback: (...answer: unknown[]) => void) => {
  if (options.all) callback(null, [{ address: '127.0.0.1', family: 4 }]);
  else callback(null, '127.0.0.1', 4);
}) as LookupFunction as never;

let mailServer: TestSmtpServer;
let nameServer: TestDnsServer;
before(async () => {
  setDefaultCACertificates([...trusted, AUTHORITY]);
  mailServer = await TestSmtpServer.start();
  nameServer = await TestDnsServer.start();
  nameServer.records.set('id.example.com', ['v=spf1 mx -all']);
  nameServer.records.set('key._domainkey.id.example.com', ['v=DKIM1; p=MIGf']);
  nameServer.records.set('_dmarc.example.com', ['v=DMARC1; p=reject']);
});
after(async () => {
  await mailServer.stop();
  nameServer.stop();
  setDefaultCACertificates(trusted);
});

interface Behind {
  readonly platform: TestPlatform;
  readonly sample: SampleSettings;
  ask(): Promise<Map<Subject, Finding>>;
}

/** A platform in production, to be put behind a proxy. */
async function platformBehind(more: Record<string, string> = {}): Promise<Behind> {
  const directory = temporaryDirectory();
  const files = { certificateFile: join(directory, 'fullchain.pem'), keyFile: join(directory, 'privkey.pem') };
  writeFileSync(files.certificateFile, ISSUED_CERTIFICATE);
  writeFileSync(files.keyFile, ISSUED_KEY, { mode: 0o600 });
  const ports = { port: await freePort(), httpPort: await freePort(), upstreamPort: await freePort() };
  const env: Record<string, string> = {
    NODE_ENV: 'production',
    PORT: String(ports.upstreamPort),
    PUBLIC_URL: `https://id.example.com:${ports.port}`,
    TRUST_PROXY: '127.0.0.1',
    SMTP_URL: mailServer.url,
    METRICS_TOKEN: 'a-token-of-metrics',
    ...more,
  };
  const platform = await startTestPlatform(env);
  await platform.storage.auditLog.append({ realm: null, act: 'database.backed_up', actor: 'operator' });
  const config = readConfig({ ...env, DATA_DIR: platform.dataDir });
  return {
    platform,
    sample: { name: 'id.example.com', ...ports, ...files },
    ask: async () => {
      const found = await examine(config, { resolver, httpPort: ports.httpPort });
      return new Map(found.map((finding) => [finding.code, finding]));
    },
  };
}

/** FedCM's registrable domain has no website here, and a doctor that has just come has not seen a connection idle. */
const EXPECTED = new Set(['fedcm', 'proxy_connections', 'mail_trial']);

function assertFit(found: ReadonlyMap<Subject, Finding>): void {
  const complaints = [...found.values()].filter(({ code, level }) => level !== 'ok' && !EXPECTED.has(code));
  assert.deepEqual(complaints, []);
}

describe('deploy/nginx.conf', () => {
  let behind: Behind;
  before(async () => {
    behind = await platformBehind();
  });
  after(() => behind.platform.close());

  async function ask(change: (configuration: string) => string = (same) => same) {
    const printed = nginxSample(behind.sample);
    const stop = await runNginx(behind.sample.port, change(printed));
    try {
      return await behind.ask();
    } finally {
      await stop();
    }
  }
  const replace = (printed: string, own: string) => (configuration: string) => {
    assert.ok(configuration.includes(printed), printed);
    return configuration.replace(printed, () => own);
  };
  const inServer = (more: string) => replace('  client_max_body_size', `  ${more}\n  client_max_body_size`);
  const inLocation = (more: string) => replace('    proxy_http_version', `    ${more}\n    proxy_http_version`);

  it('is fit for production as it is printed', async () => assertFit(await ask()));

  it('is as fit with compression and buffering of everything', async () => {
    assertFit(await ask(inServer('gzip on; gzip_types *; gzip_min_length 0; gzip_proxied any; proxy_buffering on;')));
  });

  const mistakes: readonly (readonly [string, (configuration: string) => string, Subject, Level])[] = [
    ['Host is not passed on', replace('proxy_set_header Host $http_host;', ''), 'proxy_host', 'warning'],
    ['the scheme is wrong', replace('$scheme', 'http'), 'proxy_scheme', 'warning'],
    [
      'nobody’s address is passed on',
      replace('proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;', 'proxy_set_header X-Forwarded-For "";'),
      'client_address',
      'problem',
    ],
    [
      'what anybody says of their address is passed on',
      replace('$proxy_add_x_forwarded_for', '$http_x_forwarded_for'),
      'client_address',
      'problem',
    ],
    ['streams are held back', inLocation('proxy_ignore_headers X-Accel-Buffering;'), 'event_stream', 'problem'],
    ['compression is lost', inLocation('proxy_set_header Accept-Encoding "";'), 'compression', 'warning'],
    ['connections are not kept', inServer('keepalive_timeout 0;'), 'client_connections', 'warning'],
    ['connections are kept for a moment', inServer('keepalive_timeout 1s;'), 'client_connections', 'warning'],
    ['bodies may have 1 MB', replace('client_max_body_size 40m;', ''), 'body_limit', 'problem'],
    [
      'bodies may have 10 MB',
      replace('client_max_body_size 40m;', 'client_max_body_size 10m;'),
      'body_limit',
      'warning',
    ],
    ['keys are removed', inLocation('proxy_set_header Authorization "";'), 'request_headers', 'problem'],
    [
      'a header is there twice',
      inServer('add_header X-Frame-Options SAMEORIGIN always;'),
      'response_headers',
      'problem',
    ],
    ['the policy is removed', inLocation('proxy_hide_header Content-Security-Policy;'), 'response_headers', 'problem'],
    ['https is not for good', inLocation('proxy_hide_header Strict-Transport-Security;'), 'hsts', 'warning'],
    ['methods are refused', inLocation('limit_except GET POST { deny all; }'), 'methods', 'problem'],
    [
      'errors are replaced',
      inLocation('proxy_intercept_errors on; error_page 401 404 429 503 = @oops;'),
      'error_answers',
      'problem',
    ],
    [
      'answers are kept',
      (configuration) =>
        `proxy_cache_path ${temporaryDirectory()} keys_zone=all:1m;\n${inLocation(
          'proxy_cache all; proxy_cache_valid 200 1m; proxy_ignore_headers Cache-Control Set-Cookie;',
        )(configuration)}`,
      'caching',
      'problem',
    ],
    [
      'the proxy asks elsewhere',
      replace(`server 127.0.0.1:`, 'server 127.0.0.1:1 down; server 127.0.0.2:'),
      'server',
      'problem',
    ],
    ['http stays http', (text) => text.replace(/return 301 [^;]*;/, 'return 200 "hello";'), 'http_redirect', 'warning'],
  ];
  for (const [mistake, change, code, level] of mistakes) {
    it(`is told when ${mistake}`, async () => {
      const withFallback = (text: string) =>
        change(text).replace('  location / {', '  location @oops { return 418; }\n  location / {');
      const finding = (await ask(withFallback)).get(code);
      assert.equal(finding?.level, level, String(finding?.message));
      assert.ok(finding.advice);
    });
  }
});

describe('how long nginx keeps connections to the platform', () => {
  for (const [kept, keepAliveSeconds, level] of [
    ['60s', 1, 'problem'],
    ['1s', 30, 'ok'],
  ] as const) {
    it(`${kept}, and the platform ${keepAliveSeconds} s: ${level}`, async (test) => {
      const behind = await platformBehind({ KEEP_ALIVE_SECONDS: String(keepAliveSeconds) });
      test.after(() => behind.platform.close());
      const printed = nginxSample(behind.sample);
      const stop = await runNginx(
        behind.sample.port,
        printed.replace('keepalive_timeout 60s', `keepalive_timeout ${kept}`),
      );
      test.after(stop);
      // The pauses of one run are idle time for the connections of the run before.
      const levelOf = async () => (await behind.ask()).get('proxy_connections')?.level;
      await levelOf();
      await until(async () => (await levelOf()) !== 'not_checked' || delay(500, false));
      assert.equal(await levelOf(), level);
    });
  }
});

const CADDY_PATHS = ['/usr/bin/caddy', '/usr/local/bin/caddy', '/opt/homebrew/bin/caddy'];
const caddy = await ensureProgram(CADDY_PATHS, ['caddy']);
if (!caddy) console.warn('NOT RUN: deploy/Caddyfile, because there is no Caddy, and none could be installed.');
console.warn('NOT RUN: deploy/traefik.yml, because no registry that these tests use has Traefik.');

if (caddy) {
  describe('deploy/Caddyfile', () => {
    it('is fit for production as it is printed', async (test) => {
      const behind = await platformBehind();
      test.after(() => behind.platform.close());
      const directory = temporaryDirectory();
      const file = join(directory, 'Caddyfile');
      writeFileSync(file, caddySample(behind.sample));
      const child = spawn(caddy, ['run', '--config', file, '--adapter', 'caddyfile'], {
        stdio: ['ignore', 'ignore', 'inherit'],
        env: { PATH: process.env['PATH'], HOME: directory, XDG_DATA_HOME: directory, XDG_CONFIG_HOME: directory },
      });
      const exit = once(child, 'exit');
      test.after(async () => {
        child.kill('SIGTERM');
        await exit;
      });
      await Promise.race([
        until(() => listens(behind.sample.port)),
        exit.then(() => Promise.reject(new Error('Caddy did not start'))),
      ]);
      assertFit(await behind.ask());
    });
  });
}
