import { BARS, type BarName } from './bars.ts';
import { type Spread, spreadOf } from './statistics.ts';

/** What was measured for a bar. */
export interface Verdict {
  readonly bar: BarName;
  /** Undefined when it could not be measured; `note` then says why. */
  readonly value: number | undefined;
  readonly spread?: Spread;
  readonly note?: string;
}

/** What one server's requests cost under one load. A figure is the median of the rounds; CPU has all of them. */
export interface Figures {
  readonly name: string;
  readonly cpuMs: readonly number[];
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** How much of the time the server had a thread on a processor, and the generator of the load had its own. */
  readonly serverBusy: number;
  readonly loadBusy: number;
  /** The same at a rate that every server of the comparison reaches. */
  readonly paced?: { readonly perSecond: number; readonly cpuMs: readonly number[] };
}

/** What the start of somebody else's server costs; or why it did not run. */
export interface PeerStart {
  readonly name: string;
  readonly cpuMs?: number;
  readonly memoryMb?: number;
  readonly notRun?: string;
}

/** How long people wait after a click, on one line and for one way to open the popup. Each figure has all rounds. */
export interface ClickFigures {
  readonly name: string;
  readonly roundTripMs: number;
  /** Until the popup's first paint, for somebody whom the platform does not know. */
  readonly paintMs: readonly number[];
  /** Until the answer, for somebody who comes back: at the first click in a shop's page, and at a later one. */
  readonly firstMs: readonly number[];
  readonly againMs: readonly number[];
}

export interface ClickFindings {
  /** Of the browser and of what stands beside the element. */
  readonly versions: string;
  readonly figures: readonly ClickFigures[];
}

/** What has a place of its own in docs/benchmarks.md. */
export interface Section {
  readonly name: SectionName;
  /** What its figures depend on besides the machine. */
  readonly facts: readonly string[];
  readonly table: readonly (readonly string[])[];
}

/** The parts that write such a section, so that they may be written alone. */
export const SECTION_NAMES = ['ways', 'timing'] as const;
export type SectionName = (typeof SECTION_NAMES)[number];

/** What a part of the bench has found. */
export interface Findings {
  readonly verdicts: readonly Verdict[];
  readonly figures?: readonly Figures[];
  readonly clicks?: ClickFindings;
  readonly sections?: readonly Section[];
}

export function judge(bar: BarName, measured: number | Spread, note?: string): Verdict {
  const spread = typeof measured === 'number' ? {} : { spread: measured };
  const value = typeof measured === 'number' ? measured : measured.median;
  return { bar, value, ...spread, ...(note !== undefined && { note }) };
}

/** A bar that could not be measured counts as missed: nobody knows whether it is held. */
export function isMet({ bar, value }: Verdict): boolean {
  return value !== undefined && value <= BARS[bar].atMost;
}

export function missed(verdicts: readonly Verdict[]): Verdict[] {
  return verdicts.filter((verdict) => !isMet(verdict));
}

export function wordOf(verdict: Verdict): 'ok' | 'MISS' | 'NOT RUN' {
  if (verdict.value === undefined) return 'NOT RUN';
  return isMet(verdict) ? 'ok' : 'MISS';
}

/** Below this, a server at full load had to share its processor, so its figures are those of another load. */
const BUSY_ENOUGH = 0.5;

/** A warning where the machine had something else to do during some of the loads. */
export function disturbance(figures: readonly Figures[]): string[] {
  const loads = figures.filter(({ serverBusy }) => serverBusy < BUSY_ENOUGH);
  if (loads.length === 0) return [];
  const many = `${loads.length} of ${figures.length} loads`;
  return [`The machine did other work: the server had less than half of its processor in ${many}`];
}

const VERDICT_HEADS = ['', 'What', 'Measured', 'Bar'] as const;
const FIGURE_HEADS = [
  'Load and server',
  'CPU a request, ms',
  'Requests/s',
  'p50, p99, ms',
  'Busy: server, wrk',
  'At a fixed rate: CPU, ms',
] as const;
const CLICK_HEADS = [
  'Round trip',
  'Popup of',
  'Click → first paint, ms',
  'Click → answer, first visit, ms',
  'Click → answer, later, ms',
] as const;

export function verdictTable(verdicts: readonly Verdict[]): string[][] {
  const rows = verdicts.map((verdict) => {
    const { what, atMost, unit } = BARS[verdict.bar];
    const withUnit = (number: number) => `${shown(number)} ${unit}`.trim();
    const { value, spread, note } = verdict;
    const measured = value === undefined ? [] : [withUnit(value), ...(spread ? [between(spread)] : [])];
    return [wordOf(verdict), what, [...measured, ...(note ? [note] : [])].join('; '), `≤ ${withUnit(atMost)}`];
  });
  return [[...VERDICT_HEADS], ...rows];
}

export function figureTable(figures: readonly Figures[]): string[][] {
  const withSpread = (spread: Spread) => `${shown(spread.median)} (${between(spread)})`;
  const rows = figures.map(({ name, cpuMs, perSecond, p50Ms, p99Ms, serverBusy, loadBusy, paced }) => [
    name,
    withSpread(spreadOf(cpuMs)),
    shown(perSecond),
    `${shown(p50Ms)}, ${shown(p99Ms)}`,
    `${percent(serverBusy)}, ${percent(loadBusy)}`,
    paced ? `${withSpread(spreadOf(paced.cpuMs))} at ${shown(paced.perSecond)}/s` : '',
  ]);
  return [[...FIGURE_HEADS], ...rows];
}

export function clickTable({ figures }: ClickFindings): string[][] {
  const withSpread = (times: readonly number[]) => {
    const { median, least, most } = spreadOf(times.map(Math.round));
    return `${median} (${least} – ${most})`;
  };
  const rows = figures.map(({ name, roundTripMs, paintMs, firstMs, againMs }) => [
    `${roundTripMs} ms`,
    name,
    ...[paintMs, firstMs, againMs].map(withSpread),
  ]);
  return [[...CLICK_HEADS], ...rows];
}

/** What starts cost, or why something did not run. */
export function startTable(starts: readonly PeerStart[]): string[][] {
  const rows = starts.map(({ name, cpuMs, memoryMb, notRun }) => [
    name,
    cpuMs === undefined ? `NOT RUN: ${notRun ?? 'nobody knows why'}` : shown(cpuMs),
    memoryMb === undefined ? '' : shown(memoryMb),
  ]);
  return [['Peer', 'CPU until it is ready, ms', 'Resident memory at rest, MB'], ...rows];
}

const between = ({ least, most }: Spread) => `${shown(least)} – ${shown(most)}`;

/** To three figures, because the rest is noise. */
export function shown(value: number): string {
  if (!Number.isFinite(value)) return '–';
  if (Math.abs(value) >= 100) return String(Math.round(value));
  return String(Number(value.toPrecision(3)));
}

const percent = (share: number) => `${Math.round(share * 100)} %`;

/** As columns for people at a terminal. */
export function asText(table: readonly (readonly string[])[]): string {
  const widths = (table[0] ?? []).map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0)));
  return table
    .map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '))
    .map((line) => line.trimEnd())
    .join('\n');
}

export function asMarkdown(table: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const [head = [], ...rows] = table;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
