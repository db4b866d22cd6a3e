/** A problem breaks the contract, and makes the command fail. A warning does not, and is worth mending. `not_checked` is never a pass. */
export type Level = 'ok' | 'warning' | 'problem' | 'not_checked';

export interface Finding {
  /** Of the check. Stable, for programs. */
  readonly code: string;
  readonly level: Level;
  /** What is the case. It repeats no key, no password, and nothing that the endpoint says but its status and its codes. */
  readonly message: string;
  /** How to mend it; absent where there is nothing to mend. */
  readonly advice?: string;
}

/** What a check says of one thing, before its own code is added. */
export type Remark = Omit<Finding, 'code'>;

export const fine = (message: string): Remark => ({ level: 'ok', message });
export const warning = (message: string, advice: string): Remark => ({ level: 'warning', message, advice });
export const problem = (message: string, advice: string): Remark => ({ level: 'problem', message, advice });
export const notChecked = (message: string): Remark => ({ level: 'not_checked', message });

const SEVERITY: readonly Level[] = ['problem', 'warning', 'not_checked', 'ok'];

/** The worst remarks as one finding, which says each. */
export function findingOf(code: string, remarks: readonly Remark[]): Finding {
  const level = SEVERITY.find((each) => remarks.some((remark) => remark.level === each)) ?? 'ok';
  const worst = remarks.filter((remark) => remark.level === level);
  const join = (texts: readonly (string | undefined)[]) => [...new Set(texts)].filter(Boolean).join(' ');
  const advice = join(worst.map((remark) => remark.advice));
  return { code, level, message: join(worst.map(({ message }) => message)), ...(advice && { advice }) };
}
