import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { bareEnvironment } from '#testing/bare-environment.ts';
import { CODES } from '../../contract-test/contract-test.ts';
import { type Fault, KEY, startEndpoint } from '../../contract-test/testing/endpoint-to-test.ts';
import { UsageError } from './command.ts';
import { contractTest } from './contract-test.ts';

const MAIN = fileURLToPath(new URL('platform.ts', import.meta.url));

interface Printed {
  code: number;
  stdout: string;
  stderr: string;
}

async function run(fault: Fault | undefined, ...words: string[]): Promise<Printed> {
  await using endpoint = await startEndpoint(fault, 'http');
  const argv = [MAIN, 'contract-test', endpoint.reach.url.href, '--key', KEY, ...words];
  return await new Promise((resolve) => {
    const child = execFile(process.execPath, argv, { env: bareEnvironment({}) }, (_error, stdout, stderr) =>
      resolve({ code: child.exitCode ?? -1, stdout, stderr }),
    );
  });
}

describe('npm run platform -- contract-test', () => {
  it('ends with 0 for an endpoint that keeps the contract, and lists whom it has signed up', async () => {
    const { code, stdout, stderr } = await run(undefined, '--mail-domain', 'tests.example');
    assert.deepEqual([code, stderr], [0, '']);
    assert.match(stdout, /^ok {11}sign_up: A right request is answered with 201\.$/m);
    assert.match(stdout, /test people, whom you can delete:\n {2}contract-test-[0-9a-f]+-1@tests\.example {2}u-1\n/);
    assert.match(
      stdout,
      /\nIt keeps the contract: 0 problems, 0 warnings, \d+ ok, 0 not checked \(\d+ requests, [\d.]+ s\)\.\n$/,
    );
    assert.ok(!stdout.includes(KEY));
  });

  it('ends with 1 for one that breaks it, and prints findings for programs', async () => {
    const fault: Fault = async (_asked, right) => {
      const answer = await right();
      if (answer.status === 201) return { ...answer, body: answer.body.replace('"id":"', '"id":"\\u001b[2J') };
      return answer.status === 409 ? { ...answer, status: 500 } : answer;
    };
    const { code, stdout } = await run(fault, '--json');
    const report = JSON.parse(stdout) as {
      passed: boolean;
      findings: { code: string }[];
      users: object[];
      url: string;
    };
    assert.deepEqual([code, report.passed, report.findings.map((finding) => finding.code)], [1, false, CODES]);
    assert.match(report.url, /^http:\/\/127\.0\.0\.1/);
    const asText = await run(fault);
    assert.match(asText.stdout, /PROBLEM {6}same_person: .*\n {13}→ Answer 409/);
    assert.match(asText.stdout, /\nIt breaks the contract: /);
    assert.ok(!asText.stdout.includes('\u001b'), 'the terminal obeys nothing that the endpoint says');
  });
});

describe('the words after contract-test', () => {
  for (const [words, message] of [
    [[], /Usage: contract-test URL/],
    [['https://shop.example/'], /--key: is required/],
    [['shop', '--key', 'k'], /"shop" is not a URL/],
    [['https://shop.example/', '--key', 'k\n'], /--key: must be visible/],
    [['https://shop.example/', '--key', 'k', '--mail-domain', '@'], /--mail-domain: must be a domain/],
    [['https://shop.example/', '--key', 'k', '--fast'], /--fast: is not an option/],
  ] as const) {
    it(`are not ${words.join(' ').trim() || 'missing'}`, () =>
      assert.rejects(contractTest.runBare(words, {}), (error: unknown) => {
        assert.ok(error instanceof UsageError);
        assert.match(error.message, message);
        return true;
      }));
  }
});
