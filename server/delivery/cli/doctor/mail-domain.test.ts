import assert from 'node:assert/strict';
import { createSocket } from 'node:dgram';
import dns from 'node:dns';
import { once } from 'node:events';
import { describe, it, type TestContext } from 'node:test';
import { readConfig } from '#config.ts';
import { TestDnsServer } from '#testing/dns-server.ts';
import { freePort } from '#testing/free-port.ts';
import type { Finding, Level } from './finding.ts';
import { examineMailDomain } from './mail-domain.ts';

type Subject = 'mail_spf' | 'mail_dkim' | 'mail_dmarc';
type Zone = Readonly<Record<string, string | readonly string[]>>;

async function ask(mailFrom = 'Platform <no-reply@id.example.com>'): Promise<Map<string, Finding>> {
  const config = readConfig({ SMTP_URL: 'smtp://127.0.0.1:9', MAIL_FROM: mailFrom }, { sendsMail: false });
  return new Map((await examineMailDomain(config)).map((finding) => [finding.code, finding]));
}

/** What the doctor says of id.example.com, when the DNS has these records and no others. */
async function found(test: TestContext, zone: Zone): Promise<Map<string, Finding>> {
  const server = await TestDnsServer.start();
  test.after(() => server.stop());
  for (const [name, records] of Object.entries(zone)) server.records.set(name, [records].flat());
  return ask();
}

const SPF = 'v=spf1 include:mail.example.net ~all';
const KEY = 'v=DKIM1; k=rsa; p=MIGf';
const DMARC = 'v=DMARC1; p=quarantine; rua=mailto:dmarc@example.com';
const GOOD: Zone = {
  'id.example.com': ['some-verification=1', SPF],
  's1._domainkey.id.example.com': KEY,
  '_dmarc.id.example.com': DMARC,
};
const without = (...names: string[]): Zone =>
  Object.fromEntries(Object.entries(GOOD).filter(([name]) => !names.includes(name)));

const rows: readonly (readonly [what: string, Zone, Subject, Level, RegExp])[] = [
  ['an SPF record beside others', GOOD, 'mail_spf', 'ok', /include:mail\.example\.net/],
  ['a domain that does not exist', { 'example.com': SPF }, 'mail_spf', 'problem', /does not exist.*MAIL_FROM/],
  ['no SPF record', { ...GOOD, 'id.example.com': 'v=spf10' }, 'mail_spf', 'warning', /no SPF record.*include:/],
  ['no TXT record at all', without('id.example.com'), 'mail_spf', 'warning', /no SPF record/],
  ['two SPF records', { ...GOOD, 'id.example.com': [SPF, SPF] }, 'mail_spf', 'warning', /2 SPF records/],
  ['nobody who may send', { ...GOOD, 'id.example.com': 'v=spf1 -all' }, 'mail_spf', 'problem', /nobody sends/],
  ['everybody who may send', { ...GOOD, 'id.example.com': 'v=spf1 mx all' }, 'mail_spf', 'warning', /everybody/],
  ['the same with a sign', { ...GOOD, 'id.example.com': 'v=spf1 +all' }, 'mail_spf', 'warning', /everybody.*~all/],
  ['a key', GOOD, 'mail_dkim', 'ok', /below _domainkey\.id\.example\.com/],
  [
    'a key of the registrable domain',
    { ...without('s1._domainkey.id.example.com'), 'k.x._domainkey.example.com': KEY },
    'mail_dkim',
    'ok',
    /below _domainkey\.example\.com/,
  ],
  [
    'no key',
    without('s1._domainkey.id.example.com'),
    'mail_dkim',
    'warning',
    /no DKIM key: _domainkey\.id.*do not exist/,
  ],
  ['a policy', GOOD, 'mail_dmarc', 'ok', /_dmarc\.id\.example\.com.*p=quarantine/],
  [
    'a policy of the registrable domain that only watches',
    { ...without('_dmarc.id.example.com'), '_dmarc.example.com': 'v=DMARC1;p=none' },
    'mail_dmarc',
    'ok',
    /_dmarc\.example\.com.*watch/,
  ],
  ['no policy', without('_dmarc.id.example.com'), 'mail_dmarc', 'warning', /no DMARC record.*_dmarc\.example\.com/],
  ['two policies', { ...GOOD, '_dmarc.id.example.com': [DMARC, DMARC] }, 'mail_dmarc', 'warning', /2 DMARC/],
  ['half a policy', { ...GOOD, '_dmarc.id.example.com': 'v=DMARC1' }, 'mail_dmarc', 'warning', /says no policy/],
];

describe('the doctor on the domain of MAIL_FROM', () => {
  for (const [what, zone, subject, level, words] of rows) {
    it(`is ${level} with ${what}`, async (test) => {
      const finding = (await found(test, zone)).get(subject);
      assert.equal(finding?.level, level, String(finding?.message));
      assert.match(`${finding.message} ${finding.advice ?? ''}`, words);
    });
  }

  it('does not take a name for a key where every name exists', async (test) => {
    const server = await TestDnsServer.start();
    test.after(() => server.stop());
    server.hasEveryName = true;
    const finding = (await ask()).get('mail_dkim');
    assert.equal(finding?.level, 'not_checked');
    assert.match(`${finding.message} ${finding.advice}`, /Every name below.*dkim=pass/);
  });

  it('is no problem where nobody can be asked', async (test) => {
    const earlier = dns.getServers();
    test.after(() => dns.setServers(earlier));
    dns.setServers([`127.0.0.1:${await freePort()}`]);
    assertUnasked(await ask());
  });

  it('is no problem where those who are asked are silent, and does not wait for each of them', async (test) => {
    const silent = Array.from({ length: 8 }, () => createSocket('udp4').bind(0, '127.0.0.1'));
    await Promise.all(silent.map((socket) => once(socket, 'listening')));
    test.after(() => {
      for (const socket of silent) socket.close();
    });
    const earlier = dns.getServers();
    test.after(() => dns.setServers(earlier));
    dns.setServers(silent.map((socket) => `127.0.0.1:${socket.address().port}`));
    const findings = await ask();
    assertUnasked(findings);
    assert.match(findings.get('mail_spf')?.message ?? '', /ECANCELLED/);
  });

  it('asks nobody about a private name, or without a mail server', async (test) => {
    const server = await TestDnsServer.start();
    test.after(() => server.stop());
    server.hasEveryName = true;
    const privately = await ask('no-reply@mail.corp.internal');
    assert.deepEqual(
      [...privately.values()].map(({ level }) => level),
      ['not_checked', 'not_checked', 'not_checked'],
    );
    assert.match(privately.get('mail_spf')?.message ?? '', /mail\.corp\.internal.*no public DNS/);
    assert.deepEqual(await examineMailDomain(readConfig({}, { sendsMail: false })), []);
    assert.equal(server.asked.length, 0);
  });

  it('asks for a domain in the letters of the DNS', async (test) => {
    const server = await TestDnsServer.start();
    test.after(() => server.stop());
    server.records.set('xn--bcher-kva.example.com', [SPF]);
    assert.equal((await ask('Bücher <no-reply@bücher.example.com>')).get('mail_spf')?.level, 'ok');
  });
});

function assertUnasked(findings: ReadonlyMap<string, Finding>): void {
  for (const subject of ['mail_spf', 'mail_dkim', 'mail_dmarc']) {
    const finding = findings.get(subject);
    assert.equal(finding?.level, 'not_checked', String(finding?.message));
    assert.match(`${finding.message} ${finding.advice}`, /could not be asked.*dig TXT/);
  }
}
