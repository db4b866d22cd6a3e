import { z } from 'zod';
import { type ContractReport, testContract } from '../../contract-test/contract-test.ts';
import type { Finding, Level } from '../../contract-test/finding.ts';
import { VERSION } from '../../version.ts';
import { type BareCommand, parseWordAndOptions, UsageError } from './command.ts';

const USAGE = 'contract-test URL --key K [--mail-domain D]';
const text = { type: 'string' } as const;
const optionsSchema = z.object({
  // What a header can carry. Node's own error would quote the key.
  key: z.string().regex(/^[\x21-\x7e]+$/, 'must be visible ASCII characters, without a space'),
  'mail-domain': z
    .string()
    .regex(/^[a-z\d-]{1,63}(\.[a-z\d-]{1,63}){1,5}$/i, 'must be a domain, such as example.com')
    .default('example.com'),
});
const LABELS: Readonly<Record<Level, string>> = {
  ok: 'ok',
  warning: 'WARNING',
  problem: 'PROBLEM',
  not_checked: 'not checked',
};
const LABEL_WIDTH = 'not checked'.length;

/** Tries a vendor's endpoint of the embedded sign-up contract. Its exit code is 1 when something breaks the contract. */
export const contractTest: BareCommand = {
  name: 'contract-test',
  usage: USAGE,
  async runBare(words) {
    const { word, options } = parseWordAndOptions(words, { key: text, 'mail-domain': text }, optionsSchema, USAGE);
    if (!URL.canParse(word)) throw new UsageError(`"${word}" is not a URL.\n\nUsage: ${USAGE}`);
    const report = await testContract({
      url: new URL(word),
      key: options.key,
      addresses: 'with loopback',
      userAgent: `platform-contract-test/${VERSION}`,
      mailDomain: options['mail-domain'],
    });
    return { json: { url: word, ...report }, text: textOf(report), exitCode: report.passed ? 0 : 1 };
  },
};

/** One paragraph a finding, then whom it has signed up, and at last the verdict. Those that were not checked for the same reason share one. */
function textOf({ passed, findings, users, calls, seconds }: ContractReport): string {
  const count = (level: Level) => findings.filter((finding) => finding.level === level).length;
  const counted = (level: Level, word: string) => `${count(level)} ${word}${count(level) === 1 ? '' : 's'}`;
  const sum = `${counted('problem', 'problem')}, ${counted('warning', 'warning')}, ${count('ok')} ok, ${count('not_checked')} not checked`;
  const made = users.map(({ userName, id }) => `  ${userName}${id === undefined ? '' : `  ${visible(id)}`}`);
  return [
    ...paragraphsOf(findings),
    '',
    ...(made.length > 0 ? ['It signed up these test people, whom you can delete:', ...made] : ['It signed up nobody.']),
    '',
    `${passed ? 'It keeps the contract' : 'It breaks the contract'}: ${sum} (${calls} requests, ${seconds} s).`,
  ].join('\n');
}

function paragraphsOf(findings: readonly Finding[]): string[] {
  const indent = ' '.repeat(LABEL_WIDTH + 2);
  const byText = Map.groupBy(findings, ({ level, message }) => `${level} ${message}`);
  return [...byText.values()].map((alike) => {
    const [{ level, message, advice }] = alike as [Finding];
    const codes = alike.map(({ code }) => code).join(', ');
    const line = `${LABELS[level].padEnd(LABEL_WIDTH)}  ${codes}: ${visible(message)}`;
    return advice === undefined ? line : `${line}\n${indent}→ ${advice}`;
  });
}

/** The endpoint's own codes and ids are shown in a terminal, which would obey control characters in them. */
function visible(said: string): string {
  return said.replaceAll(/\p{C}/gu, '\ufffd');
}
