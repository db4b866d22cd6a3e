import { parseArgs } from 'node:util';
import { build } from '../scripts/build.ts';
import { describeLoad, describeMachine } from './machine.ts';
import { findingsOf, LONG_PARTS, PARTS, type Part } from './parts.ts';
import { type PeerFindings, peers } from './peers/peers.ts';
import {
  asText,
  type ClickFindings,
  clickTable,
  disturbance,
  type Figures,
  figureTable,
  missed,
  SECTION_NAMES,
  type Section,
  startTable,
  type Verdict,
  verdictTable,
  wordOf,
} from './report.ts';
import { writeReport } from './write-report.ts';

/**
 * `npm run bench` measures everything that has a bar, side by side in one run, and prints it.
 * - `-- login read` measures these parts alone, and `-- soak` or `-- timing` those that take many minutes.
 * - `--peers` adds other people's servers; `-- --peers none` measures nothing else.
 * - `--check` ends with 1 when a bar is missed.
 * - `--write` writes docs/benchmarks.md; `-- click --write` writes its section of it alone, and so do `ways` and `timing`.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { check: { type: 'boolean' }, write: { type: 'boolean' }, peers: { type: 'boolean' } },
});
const NONE: Part = { bars: [], run: async () => ({ verdicts: [] }) };
const all: Readonly<Record<string, Part>> = { ...PARTS, ...LONG_PARTS, none: NONE };
const unknown = positionals.filter((name) => !Object.hasOwn(all, name));
if (unknown.length > 0)
  throw new Error(`Unknown part: ${unknown.join(', ')}. There are ${Object.keys(all).join(', ')}.`);
const ownSections: readonly string[] = ['none', 'click', ...SECTION_NAMES];
if (values.write && positionals.some((name) => !ownSections.includes(name)))
  throw new Error(
    `--write takes no names of parts but ${ownSections.join(', ')}: all others share one section of the page.`,
  );

// What was started is stopped when this process ends, but not when a signal ends it.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
await build();
const [machine, load] = [describeMachine(), await describeLoad()];
console.log([...machine, ...load].join('\n'));
const verdicts: Verdict[] = [];
const figures: Figures[] = [];
const sections: Section[] = [];
let clicks: ClickFindings | undefined;
for (const [name, part] of Object.entries(all)) {
  if (positionals.length > 0 ? !positionals.includes(name) : Object.hasOwn(LONG_PARTS, name) || part === NONE) continue;
  console.log(`\n── ${name} ──`);
  const found = await findingsOf(part);
  if (found.figures) console.log(`${asText(figureTable(found.figures))}\n`);
  if (found.clicks) console.log(`${asText(clickTable(found.clicks))}\n`);
  for (const { table } of found.sections ?? []) console.log(`${asText(table)}\n`);
  console.log(asText(verdictTable(found.verdicts)));
  verdicts.push(...found.verdicts);
  figures.push(...(found.figures ?? []));
  sections.push(...(found.sections ?? []));
  clicks ??= found.clicks;
}
let others: PeerFindings | undefined;
if (values.peers) {
  console.log('\n── peers ──');
  others = await peers();
  console.log(`${asText(startTable(others.starts))}\n\n${asText(figureTable(others.figures))}`);
}
for (const warning of disturbance([...figures, ...(others?.figures ?? [])])) console.log(`\n${warning}.`);
if (values.write)
  writeReport({
    machine,
    load,
    verdicts: positionals.length > 0 ? [] : verdicts,
    figures,
    clicks,
    sections,
    peers: others,
  });
const misses = missed(verdicts);
console.log(`\n${verdicts.length - misses.length} of ${verdicts.length} bars are met.`);
for (const verdict of misses) console.log(`${wordOf(verdict)}: ${verdict.bar}`);
process.exit(values.check && misses.length > 0 ? 1 : 0);
