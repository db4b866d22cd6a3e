import type { FullResult, Reporter, TestCase, TestResult } from '@playwright/test/reporter';
import { readForms } from '../autofill/forms.ts';
import { FilledForms } from '../autofill/report.ts';
import { FORMS_HEADING, settle, settleSection } from './compatibility.ts';
import { CHROMIUM_ROWS, cellsOf } from './delivery-matrix.ts';

/** Holds docs/compatibility.md against what Chromium did, or writes it, after every cell was tested and every form filled. */
export default class CompatibilityReporter implements Reporter {
  readonly #results = new Map<string, 'passed' | 'failed'>();
  readonly #forms = new FilledForms();
  #version: string | undefined;

  printsToStdio(): boolean {
    return false;
  }

  onTestEnd(_test: TestCase, { annotations, status }: TestResult): void {
    this.#forms.add(annotations);
    const noted = (type: string) => annotations.find((annotation) => annotation.type === type)?.description;
    const cell = noted('cell');
    if (!cell) return;
    this.#results.set(cell, status === 'passed' ? 'passed' : 'failed');
    this.#version ??= noted('browser');
  }

  async onEnd(): Promise<{ status?: FullResult['status'] }> {
    const wrong = [this.#deliveries(), this.#filled()].filter((report) => report !== undefined);
    if (wrong.length === 0) return {};
    console.error(wrong.join('\n\n'));
    return { status: 'failed' };
  }

  #deliveries(): string | undefined {
    if (!cellsOf(CHROMIUM_ROWS).every(({ id }) => this.#results.has(id))) return undefined;
    return settleSection('Chromium', { version: this.#version, results: this.#results });
  }

  #filled(): string | undefined {
    const section = this.#forms.settle(readForms());
    return section && settle(FORMS_HEADING, section);
  }
}
