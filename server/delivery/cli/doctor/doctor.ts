import { z } from 'zod';
import { ConfigError, readConfig } from '#config.ts';
import { type BareCommand, parseOptions } from '../command.ts';
import { examine, settingsProblem } from './examine.ts';
import type { Finding, Level } from './finding.ts';

const USAGE = 'doctor [--mail-to ADDRESS]';
const LABELS: Readonly<Record<Level, string>> = {
  ok: 'ok',
  warning: 'WARNING',
  problem: 'PROBLEM',
  not_checked: 'not checked',
};
const LABEL_WIDTH = 'not checked'.length;

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
  const shown = new Map<string, { codes: string[]; finding: Finding }>();
  for (const finding of findings) {
    const key = `${finding.level} ${finding.message}`;
    const same = shown.get(key);
    if (same) same.codes.push(finding.code);
    else shown.set(key, { codes: [finding.code], finding });
  }
  const indent = ' '.repeat(LABEL_WIDTH + 2);
  const paragraphs = [...shown.values()].map(({ codes, finding: { level, message, advice } }) =>
    [
      `${LABELS[level].padEnd(LABEL_WIDTH)}  ${codes.join(', ')}: ${message.replaceAll('\n', `\n${indent}`)}`,
      ...(advice === undefined ? [] : [`${indent}→ ${advice}`]),
    ].join('\n'),
  );
  const count = (wanted: Level) => findings.filter(({ level }) => level === wanted).length;
  const counted = (wanted: Level, word: string) => `${count(wanted)} ${word}${count(wanted) === 1 ? '' : 's'}`;
  const rest = `${count('ok')} ok, ${count('not_checked')} not checked`;
  const sum = `${counted('problem', 'problem')}, ${counted('warning', 'warning')}, ${rest}`;
  const verdict =
    count('problem') > 0 ? 'Not fit for production' : 'Fit for production, as far as this command can see';
  return `${paragraphs.join('\n')}\n\n${verdict}: ${sum}.`;
}
