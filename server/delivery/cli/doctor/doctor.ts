import { z } from 'zod';
import { ConfigError, readConfig } from '#config.ts';
import { type BareCommand, parseOptions } from '../command.ts';
import { paragraphsOf, sumOf } from '../finding-paragraphs.ts';
import { examine, settingsProblem } from './examine.ts';
import type { Finding } from './finding.ts';

const USAGE = 'doctor [--mail-to ADDRESS]';

/** Says whether the installation is fit for production. Its exit code is 1 when there is a problem; warnings leave it 0. */
export const doctor: BareCommand = {
  name: 'doctor',
  usage: USAGE,
  async runBare(words, env) {
    const options = parseOptions(
      words,
      { 'mail-to': { type: 'string' } },
      z.object({ 'mail-to': z.email('is not an email address').optional() }),
      USAGE,
    );
    const findings = await findingsOf(env, options['mail-to']);
    const isFit = !findings.some(({ level }) => level === 'problem');
    return { json: findings, text: textOf(findings), exitCode: isFit ? 0 : 1 };
  },
};

async function findingsOf(env: Parameters<BareCommand['runBare']>[1], mailTo: string | undefined): Promise<Finding[]> {
  try {
    return await examine(readConfig(env, { sendsMail: false }), { mailTo });
  } catch (error) {
    if (error instanceof ConfigError) return settingsProblem(error.message);
    throw error;
  }
}

/** One paragraph a finding, and at last how many there are. Those that were not checked for the same reason share one. */
export function textOf(findings: readonly Finding[]): string {
  const isFit = !findings.some(({ level }) => level === 'problem');
  const verdict = isFit ? 'Fit for production, as far as this command can see' : 'Not fit for production';
  return `${paragraphsOf(findings)}\n\n${verdict}: ${sumOf(findings)}.`;
}
