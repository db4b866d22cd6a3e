import { parseArgs } from 'node:util';
import { build } from '../scripts/build.ts';
import { describeRun } from './machine.ts';
import { findingsOf, PARTS, type Part, SOAK } from './parts.ts';
import { asText, type Figures, figureTable, missed, type Verdict, verdictTable, wordOf } from './report.ts';
import { writeReport } from './write-report.ts';

/**
 * `npm run bench` measures everything that has a bar, side by side in one run, and prints it. `-- login read` measures these parts alone, and
 * `-- soak` the one that takes minutes. `--check` ends with 1 when a bar is missed. `--write` writes docs/benchmarks.md.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { check: { type: 'boolean' }, write: { type: 'boolean' } },
});
const all: Readonly<Record<string, Part>> = { ...PARTS, soak: SOAK };
const unknown = positionals.filter((name) => !Object.hasOwn(all, name));
if (unknown.length > 0)
  throw new Error(`Unknown part: ${unknown.join(', ')}. There are ${Object.keys(all).join(', ')}.`);
if (values.write && positionals.length > 0)
  throw new Error('--write writes the whole page, so it takes no names of parts.');

await build();
const circumstances = await describeRun();
console.log(circumstances.join('\n'));
const verdicts: Verdict[] = [];
const figures: Figures[] = [];
for (const [name, part] of Object.entries(all)) {
  if (positionals.length > 0 ? !positionals.includes(name) : part === SOAK) continue;
  console.log(`\n── ${name} ──`);
  const found = await findingsOf(part);
  if (found.figures) console.log(`${asText(figureTable(found.figures))}\n`);
  console.log(asText(verdictTable(found.verdicts)));
  verdicts.push(...found.verdicts);
  figures.push(...(found.figures ?? []));
}
if (values.write) writeReport({ circumstances, verdicts, figures });
const misses = missed(verdicts);
console.log(`\n${verdicts.length - misses.length} of ${verdicts.length} bars are met.`);
for (const verdict of misses) console.log(`${wordOf(verdict)}: ${verdict.bar}`);
process.exit(values.check && misses.length > 0 ? 1 : 0);
