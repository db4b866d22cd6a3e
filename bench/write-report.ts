import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../scripts/run.ts';
import type { PeerFindings } from './peers/peers.ts';
import {
  asMarkdown,
  type ClickFigures,
  clickTable,
  disturbance,
  type Figures,
  figureTable,
  startTable,
  type Verdict,
  verdictTable,
} from './report.ts';

export interface Report {
  readonly circumstances: readonly string[];
  readonly verdicts: readonly Verdict[];
  readonly figures: readonly Figures[];
  readonly clicks: readonly ClickFigures[];
  /** Where they were asked for. What was not measured, the page keeps from before. */
  readonly peers?: PeerFindings;
}

const PAGE = join(ROOT, 'docs/benchmarks.md');

/** Writes what a run has found into the page about it. Everything else on the page is written by hand. */
export function writeReport(report: Report): void {
  const { circumstances, peers } = report;
  let page = readFileSync(PAGE, 'utf8');
  if (report.verdicts.length > 0) page = between(page, 'figures', markdownOf(report));
  if (peers) {
    const tables = [startTable(peers.starts), figureTable(peers.figures)].map(asMarkdown);
    page = between(page, 'peers', [listOf([...circumstances, ...disturbance(peers.figures)]), ...tables].join('\n\n'));
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

function markdownOf({ circumstances, verdicts, figures, clicks }: Report): string {
  const list = listOf([...circumstances, ...disturbance(figures)]);
  return [
    list,
    asMarkdown(verdictTable(verdicts)),
    asMarkdown(figureTable(figures)),
    asMarkdown(clickTable(clicks)),
  ].join('\n\n');
}

const listOf = (lines: readonly string[]) => lines.map((line) => `- ${line}.`).join('\n');
