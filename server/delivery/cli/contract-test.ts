import { z } from 'zod';
import { type ContractReport, testContract } from '../../contract-test/contract-test.ts';
import { VERSION } from '../../version.ts';
import { type BareCommand, parseWordAndOptions, UsageError } from './command.ts';
import { paragraphsOf, sumOf } from './finding-paragraphs.ts';

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
  const made = users.map(({ userName, id }) => `  ${userName}${id === undefined ? '' : `  ${visible(id)}`}`);
  return [
    paragraphsOf(findings.map((finding) => ({ ...finding, message: visible(finding.message) }))),
    '',
    ...(made.length > 0 ? ['It signed up these test people, whom you can delete:', ...made] : ['It signed up nobody.']),
    '',
    `${passed ? 'It keeps the contract' : 'It breaks the contract'}: ${sumOf(findings)} (${calls} requests, ${seconds} s).`,
  ].join('\n');
}

/** The endpoint's own codes and ids are shown in a terminal, which would obey control characters in them. */
function visible(said: string): string {
  return said.replaceAll(/\p{C}/gu, '\ufffd');
}
