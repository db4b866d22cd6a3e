const LABELS = {
  ok: 'ok',
  warning: 'WARNING',
  problem: 'PROBLEM',
  not_checked: 'not checked',
} as const;
const LABEL_WIDTH = LABELS.not_checked.length;
const INDENT = ' '.repeat(LABEL_WIDTH + 2);

/** What a command has found out, as far as it is shown. */
interface Shown {
  readonly level: keyof typeof LABELS;
  readonly code: string;
  readonly message: string;
  readonly advice?: string | undefined;
}

/** One paragraph a finding. Those that say the same, such as why they were not checked, share one. */
export function paragraphsOf(findings: readonly Shown[]): string {
  const byText = Map.groupBy(findings, ({ level, message }) => `${level} ${message}`);
  const paragraphs = [...byText.values()].map((alike) => {
    const [{ level, message, advice }] = alike as [Shown];
    const codes = alike.map(({ code }) => code).join(', ');
    const line = `${LABELS[level].padEnd(LABEL_WIDTH)}  ${codes}: ${message.replaceAll('\n', `\n${INDENT}`)}`;
    return advice === undefined ? line : `${line}\n${INDENT}→ ${advice}`;
  });
  return paragraphs.join('\n');
}

/** How many there are of each level. */
export function sumOf(findings: readonly Pick<Shown, 'level'>[]): string {
  const count = (wanted: Shown['level']) => findings.filter(({ level }) => level === wanted).length;
  const counted = (wanted: Shown['level'], word: string) => `${count(wanted)} ${word}${count(wanted) === 1 ? '' : 's'}`;
  return `${counted('problem', 'problem')}, ${counted('warning', 'warning')}, ${count('ok')} ok, ${count('not_checked')} not checked`;
}
