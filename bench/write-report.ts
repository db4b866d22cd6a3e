import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../scripts/run.ts';
import type { PeerFindings } from './peers/peers.ts';
import {
  asMarkdown,
  type ClickFindings,
  clickTable,
  disturbance,
  type Figures,
  figureTable,
  type Section,
  startTable,
  type Verdict,
  verdictTable,
} from './report.ts';

export interface Report {
  /** Of the machine, and of the load. */
  readonly machine: readonly string[];
  readonly load: readonly string[];
  /** Of every part, or nothing. */
  readonly verdicts: readonly Verdict[];
  readonly figures: readonly Figures[];
  /** What was not measured, the page keeps from before. */
  readonly clicks?: ClickFindings | undefined;
  readonly sections?: readonly Section[];
  readonly peers?: PeerFindings | undefined;
}

const PAGE = join(ROOT, 'docs/benchmarks.md');

/** Writes what a run has found into the page about it. Everything else on the page is written by hand. */
export function writeReport(report: Report): void {
  const { machine, load, clicks, sections = [], peers } = report;
  let page = readFileSync(PAGE, 'utf8');
  if (report.verdicts.length > 0) page = between(page, 'figures', markdownOf(report));
  if (clicks) {
    const list = listOf([...machine, `Versions: ${clicks.versions}`]);
    page = between(page, 'click', [list, asMarkdown(clickTable(clicks))].join('\n\n'));
  }
  for (const { name, facts, table } of sections)
    page = between(page, name, [listOf([...machine, ...facts]), asMarkdown(table)].join('\n\n'));
  if (peers) {
    const tables = [startTable(peers.starts), figureTable(peers.figures)].map(asMarkdown);
    page = between(
      page,
      'peers',
      [listOf([...machine, ...load, ...disturbance(peers.figures)]), ...tables].join('\n\n'),
    );
  }
  writeFileSync(PAGE, page);
}

/** @returns the page with another text between `<!-- name -->` and `<!-- /name -->`. @throws Error when the page has no such place */
export function between(page: string, name: string, text: string): string {
  const [begin, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const [before, rest] = [page.indexOf(begin), page.indexOf(end)];
  if (before === -1 || rest < before) throw new Error(`the page has no place for ${name}`);
  return `${page.slice(0, before + begin.length)}\n\n${text}\n\n${page.slice(rest)}`;
}

function markdownOf({ machine, load, verdicts, figures }: Report): string {
  const list = listOf([...machine, ...load, ...disturbance(figures)]);
  return [list, asMarkdown(verdictTable(verdicts)), asMarkdown(figureTable(figures))].join('\n\n');
}

const listOf = (lines: readonly string[]) => lines.map((line) => `- ${line}.`).join('\n');
