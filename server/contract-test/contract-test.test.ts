import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { CERTIFICATE } from '#outbound/testing/certificate.ts';
import { startTestPlatform } from '#testing/test-platform.ts';
import { CODES, type ContractReport, testContract } from './contract-test.ts';
import type { Level } from './finding.ts';
import { BROKEN_ENDPOINTS } from './testing/broken-endpoints.ts';
import { type Fault, KEY, startEndpoint } from './testing/endpoint-to-test.ts';

const OPTIONS = { key: KEY, userAgent: 'test', mailDomain: 'example.com' } as const;

const at = ({ findings }: ContractReport, level: Level) =>
  findings.filter((finding) => finding.level === level).map(({ code, message }) => `${code}: ${message}`);

async function reportOf(
  fault?: Fault,
  more: { timeoutMs?: number; protocol?: 'http' | 'https' } = {},
): Promise<ContractReport> {
  await using endpoint = await startEndpoint(fault, more.protocol);
  const report = await testContract({ ...OPTIONS, ...endpoint.reach, ...more });
  assert.deepEqual(
    report.findings.map(({ code }) => code),
    CODES,
  );
  return report;
}

describe('the page about embedded sign-up', () => {
  it('names every code of a finding, and no other', () => {
    const page = readFileSync(new URL('../../docs/embedded-sign-up.md', import.meta.url), 'utf8');
    const [, table = ''] = page.split('| Codes | Tries |');
    const cells = [...table.matchAll(/^\| ([^|]*) \|/gm)].flatMap(([, cell = '']) => [
      ...cell.matchAll(/`([a-z_]+)`/g),
    ]);
    assert.deepEqual(cells.map(([, code]) => code).toSorted(), CODES.toSorted());
  });
});

describe('the contract test', () => {
  const trusted = getCACertificates();
  before(() => setDefaultCACertificates([...trusted, CERTIFICATE]));
  after(() => setDefaultCACertificates(trusted));

  it('finds nothing wrong with an endpoint of our library, and says whom it left behind', async () => {
    await using endpoint = await startEndpoint(undefined, 'http');
    const report = await testContract({ ...OPTIONS, ...endpoint.reach });
    assert.deepEqual([at(report, 'problem'), at(report, 'warning'), at(report, 'not_checked')], [[], [], []]);
    assert.equal(report.passed, true);
    const made = report.users.map(({ userName }) => userName.toLowerCase());
    assert.deepEqual(made, endpoint.users());
    assert.ok(made.length <= 8, `${made.length} users`);
    assert.ok(report.users.every(({ id, userName }) => id && userName.endsWith('@example.com')));
    assert.ok(!JSON.stringify(report).includes(KEY));
  });

  it('finds nothing wrong with the platform’s own /embed/signup', async () => {
    const platform = await startTestPlatform();
    try {
      const { apiKey } = await platform.createApp();
      const url = new URL(`${platform.url}/embed/signup`);
      const report = await testContract({ ...OPTIONS, addresses: 'with loopback', url, key: apiKey });
      assert.deepEqual([at(report, 'problem'), at(report, 'warning'), at(report, 'not_checked')], [[], [], []]);
    } finally {
      await platform.close();
    }
  });

  for (const [name, { fault, finds, besides = [] }] of Object.entries(BROKEN_ENDPOINTS)) {
    it(`names what is wrong with an endpoint that ${name}`, async () => {
      const report = await reportOf(fault);
      const finding = report.findings.find(({ code }) => code === finds.code);
      assert.equal(finding?.level, finds.level, JSON.stringify(finding));
      assert.match(finding.message, finds.message);
      assert.match(finding.advice ?? '', finds.advice ?? /./);
      assert.equal(report.passed, finds.level !== 'problem' && at(report, 'problem').length === 0);
      const others = report.findings.filter(
        ({ code, level }) =>
          code !== finds.code && !besides.includes(code) && (level === 'problem' || level === 'warning'),
      );
      assert.deepEqual(others, [], 'nothing else is accused');
    });
  }

  it('is tried with an endpoint for each of its codes', () => {
    const found = new Set(Object.values(BROKEN_ENDPOINTS).map(({ finds }) => finds.code));
    assert.deepEqual([...found].toSorted(), CODES.toSorted());
  });

  it('gives up an endpoint that never answers', async () => {
    for (const [protocol, message] of [
      ['https', /^sign_up: It did not answer within 8 seconds/],
      ['http', /^sign_up: No answer came within 8 seconds/],
    ] as const) {
      const report = await reportOf(() => new Promise(() => {}), { timeoutMs: 300, protocol });
      assert.equal(report.calls, 1, 'and asks it nothing more');
      assert.match(at(report, 'problem').join('\n'), message);
    }
  });

  it('gives up an endpoint that stops answering', async () => {
    const report = await reportOf(async ({ count }, right) => (count === 0 ? right() : undefined));
    assert.equal(report.calls, 4);
    assert.match(at(report, 'not_checked').join('\n'), /left three requests in a row without an answer/);
    assert.equal(report.passed, false);
  });

  it('waits for an endpoint that limits requests', async () => {
    const limited = { status: 429, headers: { 'retry-after': '1' }, body: '{}' };
    const report = await reportOf(async ({ count }, right) => (count === 2 ? limited : right()));
    assert.deepEqual([at(report, 'problem'), at(report, 'not_checked')], [[], []]);
    const always = await reportOf(async () => ({ ...limited, headers: { 'retry-after': '3600' } }));
    assert.match(at(always, 'not_checked').join('\n'), /answered 429 each time/);
    assert.equal(always.calls, 1);
  });

  it('sends nothing to a server whose certificate is not valid, and says so', async () => {
    setDefaultCACertificates(trusted);
    await using endpoint = await startEndpoint();
    const report = await testContract({ ...OPTIONS, ...endpoint.reach });
    setDefaultCACertificates([...trusted, CERTIFICATE]);
    assert.match(
      at(report, 'problem').join('\n'),
      /^sign_up: Its certificate is not valid \(DEPTH_ZERO_SELF_SIGNED_CERT\)/,
    );
    assert.deepEqual([report.passed, report.users, endpoint.users()], [false, [], []]);
  });

  it('ends in time', async () => {
    await using endpoint = await startEndpoint();
    const report = await testContract({ ...OPTIONS, ...endpoint.reach, totalMs: 0 });
    assert.deepEqual([report.calls, report.users], [0, []]);
    assert.match(at(report, 'not_checked').join('\n'), /no time left/);
  });

  it('sends nothing to an address that the platform does not call', async () => {
    for (const [url, message] of [
      ['http://shop.example/sign-up', /The address is http/],
      ['https://jane:secret@shop.example/sign-up', /a user name in it/],
      ['https://169.254.169.254/latest/meta-data', /private network/],
      ['https://10.0.0.1/sign-up', /private network/],
    ] as const) {
      const report = await testContract({ ...OPTIONS, addresses: 'with loopback', url: new URL(url) });
      assert.match(at(report, 'problem').join('\n'), message);
      assert.equal(report.passed, false);
    }
  });
});
