import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { startTestPlatform } from '#testing/test-platform.ts';
import { CODES, type ContractReport, testContract } from './contract-test.ts';
import type { Level } from './finding.ts';
import { type Fault, KEY, startEndpoint } from './testing/endpoint-to-test.ts';

const OPTIONS = { addresses: 'with loopback', userAgent: 'test', mailDomain: 'example.com' } as const;

const at = ({ findings }: ContractReport, level: Level) =>
  findings.filter((finding) => finding.level === level).map(({ code, message }) => `${code}: ${message}`);

async function reportOf(fault?: Fault, more: { timeoutMs?: number; key?: string } = {}): Promise<ContractReport> {
  await using endpoint = await startEndpoint(fault);
  const report = await testContract({ ...OPTIONS, url: endpoint.url, key: KEY, ...more });
  assert.deepEqual(
    report.findings.map(({ code }) => code),
    CODES,
  );
  return report;
}

describe('the contract test', () => {
  it('finds nothing wrong with an endpoint of our library, and says whom it left behind', async () => {
    await using endpoint = await startEndpoint();
    const report = await testContract({ ...OPTIONS, url: endpoint.url, key: KEY });
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
      const report = await testContract({ ...OPTIONS, url, key: apiKey });
      assert.deepEqual([at(report, 'problem'), at(report, 'warning'), at(report, 'not_checked')], [[], [], []]);
    } finally {
      await platform.close();
    }
  });
});
