import type { Reporter, TestCase, TestResult } from '@playwright/test/reporter';

/** Says which samples were not tried, and why, so that nobody takes their silence for success. */
export default class NotRunReporter implements Reporter {
  readonly #reasons: string[] = [];

  printsToStdio(): boolean {
    return false;
  }

  onTestEnd({ title }: TestCase, { status, annotations }: TestResult): void {
    if (status === 'skipped') this.#reasons.push(`${title}: ${annotations[0]?.description}`);
  }

  async onEnd(): Promise<void> {
    for (const reason of this.#reasons) console.warn(`NOT RUN: ${reason}`);
  }
}
