import type { FullResult, Reporter, TestCase, TestResult } from '@playwright/test/reporter';
import { ALL_CLIENTS } from './all-clients.ts';
import { titleOf } from './client.ts';
import { compareTable, type Result, readTable, writeTable } from './table.ts';

/** Holds docs/clients.md against what the clients did, or writes it where `WRITE_CLIENTS` asks for that. */
export default class ClientsReporter implements Reporter {
  readonly #results = new Map<string, Result>();
  readonly #notHere: string[] = [];

  printsToStdio(): boolean {
    return false;
  }

  onTestEnd({ title }: TestCase, { status, annotations }: TestResult): void {
    const client = ALL_CLIENTS.find((one) => titleOf(one) === title);
    if (!client) return;
    if (status === 'skipped') this.#notHere.push(`${client.name}: ${annotations[0]?.description}`);
    else this.#results.set(client.name, status === 'passed' ? 'passed' : 'failed');
  }

  async onEnd(): Promise<{ status?: FullResult['status'] }> {
    for (const reason of this.#notHere) console.warn(`NOT RUN: ${reason}`);
    if (process.env['WRITE_CLIENTS']) writeTable(this.#results);
    const wrong = compareTable(this.#results, readTable());
    if (!wrong) return {};
    console.error(wrong);
    return { status: 'failed' };
  }
}
