import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readConfig } from '#config.ts';
import type { DiagnosticsReport } from '#http/diagnostics-report.ts';
import type { CertificateFacts, OwnAnswer, Unreached } from '#outbound/own-address.ts';
import type { DatabaseFacts, PostgresFacts } from '#storage/database-facts.ts';
import { DAY_MS, inWords } from './age.ts';
import { judgeCertificate } from './certificate.ts';
import { CLAIMED_ADDRESS, judgeClientAddress } from './client-address.ts';
import { judgeClock } from './clock.ts';
import { judgeBackupTools, judgeDatabase, judgeMigrations } from './database.ts';
import { judgeFileSystem, judgeSpace } from './disk.ts';
import type { Finding, Level } from './finding.ts';
import { judgeMetrics, judgeProxyConnections, judgeRedirect } from './proxy.ts';
import { judgeServer } from './server.ts';
import { examineSettings } from './settings.ts';

const NOW_MS = Date.UTC(2026, 10, 30);

/** Each judgement with its level, and what its words must say. */
function table(
  subject: string,
  rows: readonly (readonly [what: string, judge: () => Finding | undefined, Level, RegExp])[],
) {
  describe(subject, () => {
    for (const [what, judge, level, words] of rows) {
      it(`is ${level} with ${what}`, () => {
        const finding = judge();
        assert.equal(finding?.level, level, String(finding?.message));
        assert.match(`${finding?.message} ${finding?.advice ?? ''}`, words);
        if (level === 'warning' || level === 'problem') assert.ok(finding?.advice, 'says what to do');
      });
    }
  });
}

const settingsOf = (env: Record<string, string>, code: string) => () =>
  examineSettings(readConfig(env, { sendsMail: false })).find((finding) => finding.code === code);
const publicUrl = (url: string) => settingsOf({ PUBLIC_URL: url }, 'public_url');

table('public_url', [
  ['a public name', publicUrl('https://id.example.com'), 'ok', /public name/],
  ['this machine', publicUrl('http://localhost:4000'), 'problem', /this machine alone/],
  ['an IP address', publicUrl('https://93.184.216.34'), 'problem', /IP address.*Passkeys/],
  ['a private name', publicUrl('https://id.corp.internal'), 'warning', /private network/],
  ['a name without a dot', publicUrl('https://intranet'), 'warning', /private network/],
]);
table('settings', [
  ['a misspelt name', settingsOf({ DATABSE_URL: 'x' }, 'settings'), 'warning', /DATABSE_URL/],
  ['none', settingsOf({}, 'settings'), 'ok', /understood/],
  ['a developer’s environment', settingsOf({}, 'environment'), 'problem', /NODE_ENV=production/],
]);

const certificate = (facts: Partial<CertificateFacts>) => () =>
  judgeCertificate(
    {
      outcome: 'shown',
      names: ['id.example.com'],
      issuer: 'Authority',
      validFrom: new Date(NOW_MS - 30 * DAY_MS),
      validTo: new Date(NOW_MS + 60 * DAY_MS),
      protocol: 'TLSv1.3',
      hasHttp2: true,
      ...facts,
    },
    'id.example.com',
    NOW_MS,
  );
table('certificate', [
  ['two months left', certificate({}), 'ok', /60 days more.*HTTP\/2/],
  ['a week of three months left', certificate({ validTo: new Date(NOW_MS + 7 * DAY_MS) }), 'warning', /renewal/],
  [
    'four days of six left',
    certificate({ validFrom: new Date(NOW_MS - 2 * DAY_MS), validTo: new Date(NOW_MS + 4 * DAY_MS) }),
    'ok',
    /4 days/,
  ],
  [
    'another name',
    certificate({ problem: 'ERR_TLS_CERT_ALTNAME_INVALID', names: ['shop.example'] }),
    'problem',
    /shop\.example, and not for id/,
  ],
  ['no chain', certificate({ problem: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' }), 'problem', /intermediate.*fullchain/],
  [
    'its own signature',
    certificate({ problem: 'DEPTH_ZERO_SELF_SIGNED_CERT' }),
    'problem',
    /signs itself.*NODE_EXTRA_CA_CERTS/,
  ],
  ['an unknown fault', certificate({ problem: 'CERT_REVOKED' }), 'problem', /CERT_REVOKED/],
  ['an old protocol', certificate({ protocol: 'TLSv1.1' }), 'problem', /TLS 1\.2/],
  [
    'nobody there',
    () => judgeCertificate({ outcome: 'unreached', code: 'ECONNREFUSED' }, 'id.example.com', NOW_MS),
    'problem',
    /proxy.*firewall/,
  ],
  [
    'no such name',
    () => judgeCertificate({ outcome: 'unreached', code: 'ENOTFOUND' }, 'id.example.com', NOW_MS),
    'problem',
    /DNS/,
  ],
]);

/** This machine's address, and the one that the public address leads to. */
const OWN = '93.184.216.34';
const EDGE = '104.16.1.1';
const arrived =
  (
    request: Partial<DiagnosticsReport['request']>,
    {
      own = OWN,
      answering = EDGE,
      trustProxy = ['10.0.0.1'],
    }: { own?: string; answering?: string; trustProxy?: string[] } = {},
  ) =>
  () =>
    judgeClientAddress(
      {
        request: {
          probe: '',
          method: 'GET',
          host: 'id.example.com',
          peer: '10.0.0.1',
          isPeerTrusted: true,
          clientAddress: OWN,
          visitorHeaders: {},
          headers: {},
          ...request,
        },
        settings: { trustProxy },
      },
      { localAddress: own, remoteAddress: answering },
    );
const APPENDED = { forwardedFor: `${CLAIMED_ADDRESS}, ${OWN}` };
table('client_address', [
  // One proxy.
  ['one proxy that appends', arrived(APPENDED), 'ok', /own addresses \(this machine’s is 93\.184\.216\.34\)/],
  [
    'one proxy that appends the port, too',
    arrived({ ...APPENDED, forwardedFor: `${CLAIMED_ADDRESS}, ${OWN}:443`, clientAddress: `${OWN}:443` }),
    'ok',
    /own addresses/,
  ],
  ['one proxy that overwrites', arrived({ forwardedFor: OWN }), 'ok', /own addresses/],
  [
    'one proxy that appends, and this machine behind another address',
    arrived(APPENDED, { own: '192.168.1.7' }),
    'ok',
    /this machine’s is 93/,
  ],
  [
    'the claim behind this machine’s own address, which is the proxy’s',
    arrived(
      { forwardedFor: `${CLAIMED_ADDRESS}, 127.0.0.1`, clientAddress: CLAIMED_ADDRESS, peer: '::ffff:127.0.0.1' },
      { own: '::ffff:127.0.0.1', answering: '127.0.0.1' },
    ),
    'ok',
    /127\.0\.0\.1.*asked at 127\.0\.0\.1.*not seen/,
  ],
  [
    'one proxy that is not trusted',
    arrived({ ...APPENDED, isPeerTrusted: false, clientAddress: '10.0.0.1' }),
    'problem',
    /TRUST_PROXY=10\.0\.0\.1 /,
  ],
  // Two proxies, the outer one a content delivery network.
  [
    'two proxies, both counted',
    arrived(
      { forwardedFor: `${CLAIMED_ADDRESS}, ${OWN}, ${EDGE}` },
      { trustProxy: ['10.0.0.1', '104.16.0.0/13', '2400:cb00::/32'] },
    ),
    'ok',
    /own addresses/,
  ],
  [
    'two proxies with one counted',
    arrived({ forwardedFor: `${CLAIMED_ADDRESS}, ${OWN}, ${EDGE}`, clientAddress: EDGE }),
    'problem',
    /everybody who comes through 104\.16\.1\.1 .*add 104\.16\.1\.1 to TRUST_PROXY.*networks/,
  ],
  [
    'two proxies with none counted',
    arrived({ forwardedFor: `${CLAIMED_ADDRESS}, ${OWN}, ${EDGE}`, clientAddress: '10.0.0.1', isPeerTrusted: false }),
    'problem',
    /TRUST_PROXY=10\.0\.0\.1,104\.16\.1\.1 /,
  ],
  [
    'three proxies with one counted',
    arrived({ forwardedFor: `${CLAIMED_ADDRESS}, ${OWN}, ${EDGE}, 10.0.0.2`, clientAddress: '10.0.0.2' }),
    'problem',
    /add 104\.16\.1\.1 and 10\.0\.0\.2 to TRUST_PROXY/,
  ],
  [
    'an outer proxy that overwrites and an inner one that appends, both counted',
    arrived({ forwardedFor: `${OWN}, ${EDGE}` }),
    'ok',
    /own addresses/,
  ],
  [
    'an outer proxy that overwrites and an inner one that appends, one counted',
    arrived({ forwardedFor: `${OWN}, ${EDGE}`, clientAddress: EDGE }),
    'problem',
    /everybody who comes through 104/,
  ],
  [
    'an inner proxy that overwrites what the network in front says',
    arrived({ forwardedFor: EDGE, clientAddress: EDGE, visitorHeaders: { 'cf-connecting-ip': OWN } }),
    'problem',
    /cf-connecting-ip.*is 93\.184\.216\.34, and counts 104\.16\.1\.1.*trusted_proxies/,
  ],
  [
    'a network in front that says the same',
    arrived({ ...APPENDED, visitorHeaders: { 'cf-connecting-ip': OWN, 'cloudfront-viewer-address': `${OWN}:46532` } }),
    'ok',
    /own addresses/,
  ],
  // What cannot be told from here.
  [
    'the claim overwritten by an address that may be a proxy’s',
    arrived({ forwardedFor: '151.101.1.6', clientAddress: '151.101.1.6' }),
    'not_checked',
    /takes this machine for 151\.101\.1\.6.*Compare/,
  ],
  [
    'a private address in front, which may be a balancer’s that passes connections on',
    arrived({ forwardedFor: `${CLAIMED_ADDRESS}, 10.0.0.9`, clientAddress: '10.0.0.9' }),
    'not_checked',
    /10\.0\.0\.9.*everybody/,
  ],
  [
    'the public address itself in front',
    arrived({ forwardedFor: `${CLAIMED_ADDRESS}, ${EDGE}`, clientAddress: EDGE }),
    'not_checked',
    /104\.16\.1\.1.*Compare/,
  ],
  // No proxy that says anything.
  ['nothing added', arrived({ clientAddress: '10.0.0.1' }), 'problem', /does not say/],
  [
    'the claim passed on with nothing added, and not believed',
    arrived({ forwardedFor: CLAIMED_ADDRESS, clientAddress: '10.0.0.1', isPeerTrusted: false }),
    'problem',
    /does not say who connects.*10\.0\.0\.1/,
  ],
  [
    'the claim believed',
    arrived({ forwardedFor: CLAIMED_ADDRESS, clientAddress: CLAIMED_ADDRESS }),
    'problem',
    /passes for anybody/,
  ],
  [
    'the claim believed, because everybody is trusted',
    arrived({ ...APPENDED, clientAddress: CLAIMED_ADDRESS }, { own: '192.168.1.7' }),
    'problem',
    /TRUST_PROXY includes 93\.184\.216\.34/,
  ],
  ...(['uniquelocal', 'linklocal', '10.0.0.0/8', '0.0.0.0/0', '64.0.0.0/12', 'fc00::/7', '2000::/3'] as const).map(
    (range) =>
      [
        `${range} trusted`,
        arrived(APPENDED, { trustProxy: ['127.0.0.1', range] }),
        'warning',
        range === 'uniquelocal'
          ? /TRUST_PROXY trusts every private network \(`private`\).*10\.0\.0\.1/
          : /passes for anybody/,
      ] as const,
  ),
  [
    'a network of proxies trusted',
    arrived(APPENDED, { trustProxy: ['loopback', '10.0.0.0/24', 'fd00::/64'] }),
    'ok',
    /own addresses/,
  ],
]);

const idle = (byServer: number, byProxy: number) => () =>
  judgeProxyConnections({
    idleEnds: { byServer, byProxy },
    upSeconds: 7_200,
    settings: { keepAliveSeconds: 72 },
  } as DiagnosticsReport);
table('proxy_connections', [
  ['the server first', idle(1, 5), 'problem', /first to end 1 idle connection of the proxy.*502.*KEEP_ALIVE_SECONDS/],
  ['the proxy first', idle(0, 5), 'ok', /before the server/],
  ['none', idle(0, 0), 'not_checked', /2 hours.*less than 72 seconds/],
]);

const answered = (status: number, location?: string): OwnAnswer => ({
  outcome: 'answered',
  status,
  headers: location ? { location: [location] } : {},
  body: '',
  isReused: false,
  receivedAtMs: 0,
  localAddress: '',
  remoteAddress: '',
});
const metrics =
  (
    answer: OwnAnswer | Unreached,
    hasMetricsToken: boolean,
    publicUrl = 'https://id.example.com',
    hasMetricsPort = false,
  ) =>
  () =>
    judgeMetrics(answer, { publicUrl, hasMetricsToken, hasMetricsPort });
table('metrics', [
  ['a token asked for', metrics(answered(401), true), 'ok', /METRICS_TOKEN/],
  ['no token set', metrics(answered(403), false), 'warning', /Set METRICS_TOKEN/],
  ['no token set, and closed by the proxy', metrics(answered(404), false), 'warning', /Set METRICS_TOKEN/],
  ['a port of its own', metrics(answered(404), false, 'https://id.example.com', true), 'ok', /METRICS_PORT/],
  [
    'anybody reading at the public address all the same',
    metrics(answered(200), false, 'https://id.example.com', true),
    'problem',
    /Anybody/,
  ],
  ['a token set, and closed by the proxy', metrics(answered(404), true), 'ok', /answered 404.*the server itself/],
  ['anybody reading at a public address', metrics(answered(200), true), 'problem', /Anybody.*proxy/],
  [
    'programs of this machine reading at its own address',
    metrics(answered(200), false, 'http://localhost:4000'),
    'ok',
    /this machine/,
  ],
  ['the same, by a number', metrics(answered(200), false, 'http://[::1]:4000'), 'ok', /this machine/],
  ['nobody there', metrics({ outcome: 'unreached', code: 'ECONNRESET' }, true), 'not_checked', /ECONNRESET/],
]);

const redirect = (status: number, location?: string) => () =>
  judgeRedirect(answered(status, location), 'https://id.example.com');
table('http_redirect', [
  ['a redirect to https', redirect(301, 'https://id.example.com/'), 'ok', /leads to https/],
  ['a redirect to https at another port', redirect(308, 'https://id.example.com:8443/'), 'ok', /leads to https/],
  ['a redirect to another name', redirect(302, 'https://example.com/'), 'warning', /redirect http/],
  ['a redirect to http', redirect(302, 'http://id.example.com/'), 'warning', /redirect http/],
  ['content', redirect(200), 'warning', /answered 200/],
  ['a refusal', redirect(404), 'ok', /404/],
]);

const clock =
  (differenceMs: number, unitMs = 0) =>
  () =>
    judgeClock([{ whose: 'the database', ms: NOW_MS + differenceMs, readAtMs: NOW_MS, unitMs }]);
table('clock', [
  ['the same time', clock(300), 'ok', /timedatectl/],
  ['the same second', clock(-900, 1_000), 'ok', /agrees/],
  ['five seconds between', clock(-5_000), 'warning', /the database differs.*5 seconds/],
  ['a minute between', clock(60_000), 'problem', /60 seconds/],
  ['nothing to compare', () => judgeClock([]), 'not_checked', /no other clock/],
]);

const durable = { fsync: 'on', full_page_writes: 'on', synchronous_commit: 'on' };
const POSTGRES: PostgresFacts = {
  nowMs: NOW_MS,
  readAtMs: NOW_MS,
  isEncrypted: true,
  isSuperuser: false,
  isStandby: false,
  encoding: 'UTF8',
  maxConnections: 100,
  durability: durable,
};
const postgres =
  (facts: Partial<PostgresFacts>, url = 'postgres://u@db.example.com/p', version = '17.2') =>
  () =>
    judgeDatabase(
      {
        engine: 'PostgreSQL',
        version,
        pending: [],
        unknown: [],
        postgres: { ...POSTGRES, ...facts },
      },
      url,
    );
const second = (judge: () => Finding[]) => () => judge()[1];
const first = (judge: () => Finding[]) => () => judge()[0];
table('database', [
  ['PostgreSQL', first(postgres({})), 'ok', /PostgreSQL 17\.2/],
  ['an old PostgreSQL', first(postgres({}, undefined, '12.3')), 'warning', /12\.3.*Upgrade/],
  ['a standby', first(postgres({ isStandby: true })), 'problem', /standby/],
]);
table('database_settings', [
  ['good ones', second(postgres({})), 'ok', /keeps what/],
  ['no flushing', second(postgres({ durability: { ...durable, fsync: 'off' } })), 'problem', /fsync=off.*power cut/],
  ['a readable connection', second(postgres({ isEncrypted: false })), 'warning', /not encrypted.*sslmode/],
  [
    'a readable connection on this machine',
    second(postgres({ isEncrypted: false }, 'postgres://u@127.0.0.1/p')),
    'ok',
    /private/,
  ],
  [
    'a superuser and few connections',
    second(postgres({ isSuperuser: true, maxConnections: 10 })),
    'warning',
    /superuser; max_connections is 10/,
  ],
]);

const tools =
  (server: string, dump: string | undefined, restore = dump) =>
  () =>
    judgeBackupTools({ engine: 'PostgreSQL', version: server, pending: [], unknown: [], postgres: POSTGRES }, [
      { name: 'pg_dump', version: dump },
      { name: 'pg_restore', version: restore },
    ]);
table('backup_tools', [
  ['the same version', tools('17.2', '17.10'), 'ok', /pg_dump is 17\.10, pg_restore is 17\.10/],
  ['newer programs', tools('15.1', '18beta1'), 'ok', /18beta1/],
  ['an older pg_dump', tools('18.1', '17.10'), 'warning', /PostgreSQL is 18\.1, and pg_dump is 17\.10.*Install/],
  ['an older pg_restore', tools('18.1', '18.1', '15.18'), 'warning', /pg_restore is 15\.18/],
  ['none', tools('18.1', undefined), 'warning', /pg_dump and pg_restore are not on the PATH/],
  [
    'SQLite',
    () => judgeBackupTools({ engine: 'SQLite', version: '3.50', pending: [], unknown: [] }, []),
    'ok',
    /SQLite/,
  ],
]);

const migrated = (pending: string[], unknown: string[]) => () =>
  judgeMigrations({ engine: 'SQLite', version: '', pending, unknown } satisfies DatabaseFacts);
table('migrations', [
  ['all', migrated([], []), 'ok', /this version/],
  ['one missing', migrated(['025-device-flow'], []), 'warning', /1 migration of.*backup/],
  [
    'one of a later version',
    migrated([], ['099-later']),
    'problem',
    /099-later.*later version|later version.*099-later/,
  ],
]);

table('database_disk', [
  ['ext4', () => judgeFileSystem(0xef53, '/data/platform.sqlite'), 'ok', /local/],
  ['NFS', () => judgeFileSystem(0x6969, '/data/platform.sqlite'), 'problem', /NFS.*local disk/],
]);
table('disk_space', [
  ['much', () => judgeSpace(50 * 2 ** 30, 2 ** 30, '/data'), 'ok', /51200 MB are free.*1024 MB/],
  ['less than the database', () => judgeSpace(3 * 2 ** 30, 4 * 2 ** 30, '/data'), 'warning', /room/],
  ['nearly none', () => judgeSpace(2 ** 20, 0, '/data'), 'problem', /1 MB/],
]);

table('server', [
  [
    'nobody',
    () => judgeServer({ outcome: 'unreached', code: 'ECONNREFUSED' }, 'https://id.example.com'),
    'problem',
    /Nobody answers/,
  ],
  [
    'a stranger',
    () => judgeServer({ outcome: 'strange', status: 404 }, 'https://id.example.com'),
    'problem',
    /DATABASE_URL/,
  ],
  [
    'a lost proxy',
    () => judgeServer({ outcome: 'strange', status: 502 }, 'https://id.example.com'),
    'problem',
    /HOST and PORT/,
  ],
]);

describe('a length of time', () => {
  for (const [ms, words] of [
    [0, '0 seconds'],
    [1_000, '1 second'],
    [90_000, '90 seconds'],
    [DAY_MS, '24 hours'],
    [400 * DAY_MS, '400 days'],
  ] as const) {
    it(`is ${words}`, () => assert.equal(inWords(ms), words));
  }
});
