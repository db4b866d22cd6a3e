import type { Reporter, TestCase, TestResult } from '@playwright/test/reporter';
import { writeSection } from './compatibility.ts';
import { CHROMIUM_ROWS, cellsOf } from './delivery-matrix.ts';

/** Writes Chromium's results into docs/compatibility.md, after every cell was tested. */
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

  onEnd(): void {
    if (cellsOf(CHROMIUM_ROWS).every(({ id }) => this.#results.has(id)))
      writeSection('Chromium', { version: this.#version, results: this.#results });
  }
}
