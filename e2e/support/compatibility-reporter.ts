import type { FullResult, Reporter, TestCase, TestResult } from '@playwright/test/reporter';
import { settleSection } from './compatibility.ts';
import { CHROMIUM_ROWS, cellsOf } from './delivery-matrix.ts';

/** Holds docs/compatibility.md against what Chromium did, or writes it, after every cell was tested. */
export default class CompatibilityReporter implements Reporter {
  readonly #results = new Map<string, 'passed' | 'failed'>();
  #version: string | undefined;

  printsToStdio(): boolean {
    return false;
  }

  onTestEnd(_test: TestCase, { annotations, status }: TestResult): void {
    const noted = (type: string) => annotations.find((annotation) => annotation.type === type)?.description;
    const cell = noted('cell');
    if (!cell) return;
    this.#results.set(cell, status === 'passed' ? 'passed' : 'failed');
    this.#version ??= noted('browser');
  }

  async onEnd(): Promise<{ status?: FullResult['status'] }> {
    if (!cellsOf(CHROMIUM_ROWS).every(({ id }) => this.#results.has(id))) return {};
    const wrong = settleSection('Chromium', { version: this.#version, results: this.#results });
    if (wrong === undefined) return {};
    console.error(wrong);
    return { status: 'failed' };
  }
}
