import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from './build.ts';
import { ensureChromium, ensureHeadlessShell } from './chromium.ts';
import { ensureFirefox, isFirefoxExpected } from './firefox.ts';
import { keepTemporaryFilesInMemory } from './memory.ts';
import { binOf, ROOT, type RunResult, runNode } from './run.ts';
import { changedSince, readTree } from './tree.ts';

interface Tally {
  passed: number;
  failed: number;
}

const CACHE = join(ROOT, 'node_modules/.cache');

/** The parts of `npm test`; `npm test -- unit` runs one. */
const PARTS: Record<string, () => Promise<Tally>> = {
  types: async () => asOne(await runNode([binOf('typescript/bin/tsc'), '--noEmit'])),
  lint: async () => asOne(await runNode([binOf('@biomejs/biome/bin/biome'), 'check', '--error-on-warnings', '.'])),
  unit,
  widget,
  e2e,
  firefox,
};

/**
 * Runs the server's tests in a few parallel processes, each with a share of the files, because one process per file (the default) spends
 * half of its time on importing the same modules. The other folders' tests are small, and some replace globals.
 */
async function unit(): Promise<Tally> {
  const others = [
    'protocol',
    'process',
    'design',
    'messages',
    'widget',
    'client',
    'demo',
    'bench',
    'scripts',
    'docs',
    'examples/directory',
  ];
  const files = globSync('server/**/*.test.ts', { cwd: ROOT }).toSorted();
  // One more than there are processors, because many tests wait for a database or another process.
  const processes = availableParallelism() + 1;
  const shares = Array.from({ length: processes }, (_, own) => files.filter((_, index) => index % processes === own));
  const tallies = await Promise.all([
    ...shares.map((share) => nodeTests(['--test-isolation=none', ...share])),
    nodeTests(['--test-concurrency=1', ...others.map((folder) => `${folder}/**/*.test.ts`)]),
  ]);
  return tallies.reduce((sum, { passed, failed }) => ({ passed: sum.passed + passed, failed: sum.failed + failed }));
}

async function nodeTests(words: string[]): Promise<Tally> {
  const result = await runNode(['--test', '--test-reporter=spec', ...words]);
  const count = (name: string) => Number(new RegExp(`^ℹ ${name} (\\d+)$`, 'm').exec(result.output)?.[1] ?? 0);
  // A skipped test proves nothing, so it counts as failed.
  return complete(result, {
    passed: count('pass'),
    failed: count('fail') + count('cancelled') + count('skipped') + count('todo'),
  });
}

async function widget(): Promise<Tally> {
  await browsers;
  const result = await runNode([
    binOf('@web/test-runner/dist/bin.js'),
    '--config',
    'widget/web-test-runner.config.mjs',
  ]);
  const [, passed = 0, failed = 0] = /^(\d+) passed, (\d+) failed$/m.exec(result.output) ?? [];
  return complete(result, { passed: Number(passed), failed: Number(failed) });
}

async function e2e(): Promise<Tally> {
  await browsers;
  const directory = mkdtempSync(join(tmpdir(), 'e2e-report-'));
  const report = join(directory, 'report.json');
  try {
    const reporters = '--reporter=list,json,./e2e/support/compatibility-reporter.ts,./e2e/clients/clients-reporter.ts';
    const result = await runNode(
      [binOf('@playwright/test/cli.js'), 'test', '--config', 'e2e/playwright.config.ts', reporters],
      { env: { ...process.env, PLAYWRIGHT_JSON_OUTPUT_NAME: report } },
    );
    const { stats } = JSON.parse(readFileSync(report, 'utf8')) as {
      stats: { expected: number; unexpected: number; flaky: number; skipped: number };
    };
    return complete(result, { passed: stats.expected, failed: stats.unexpected + stats.flaky + stats.skipped });
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** Installs one browser after the other, because a package manager does one thing at a time. */
async function ensureBrowsers(): Promise<void> {
  if (isAsked('widget') || isAsked('e2e')) {
    process.env['HEADLESS_SHELL_PATH'] = await ensureHeadlessShell();
    process.env['CHROME_PATH'] = await ensureChromium();
  }
  if (isAsked('firefox')) await ensureFirefox();
}

/** Without a Firefox, this part is skipped with a warning, unless it was requested by name. */
async function firefox(): Promise<Tally> {
  await browsers;
  if (await ensureFirefox()) return nodeTests(['e2e/firefox/*.test.ts']);
  const message = 'There is no Firefox, and none could be installed. Install one, or set FIREFOX_PATH to it.';
  if (isFirefoxExpected() || asked.includes('firefox')) throw new Error(message);
  console.warn(`NOT RUN: ${message}`);
  return { passed: 0, failed: 0 };
}

function asOne({ exitCode }: RunResult): Tally {
  return exitCode === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

/** A runner that fails without a failed test, or that runs no test, counts as failed. */
function complete({ exitCode }: RunResult, tally: Tally): Tally {
  const silent = tally.failed === 0 && (exitCode !== 0 || tally.passed === 0);
  return silent ? { ...tally, failed: 1 } : tally;
}

const WRITE_COMPATIBILITY = '--write-compatibility';
const words = process.argv.slice(2);
const asked = words.filter((word) => word !== WRITE_COMPATIBILITY);
const writes = words.includes(WRITE_COMPATIBILITY);
if (writes) process.env['WRITE_COMPATIBILITY'] = '1';
const isAsked = (name: string) => asked.length === 0 || asked.includes(name);
const unknown = asked.filter((name) => !Object.hasOwn(PARTS, name));
if (unknown.length > 0)
  throw new Error(`Unknown part: ${unknown.join(', ')}. There are ${Object.keys(PARTS).join(', ')}.`);

keepTemporaryFilesInMemory();
// What one process has compiled, the next need not; and Playwright keeps what it has translated, which takes it longer than anything else.
process.env['NODE_COMPILE_CACHE'] ??= join(CACHE, 'node-compile');
process.env['PLAYWRIGHT_TRANSFORM_CACHE_DIR'] ??= join(CACHE, 'playwright');
// What has to be installed comes over the network, while the parts that need no browser keep the processors busy.
const browsers = ensureBrowsers();
browsers.catch(() => {});
const treeBefore = writes ? undefined : readTree();
await build();
const total: Tally = { passed: 0, failed: 0 };
const summary: string[] = [];
for (const [name, run] of Object.entries(PARTS)) {
  if (!isAsked(name)) continue;
  console.log(`\n── ${name} ──`);
  const startMs = performance.now();
  const tally = await run().catch((error: unknown): Tally => {
    console.error(error);
    return { passed: 0, failed: 1 };
  });
  total.passed += tally.passed;
  total.failed += tally.failed;
  const seconds = Math.round((performance.now() - startMs) / 1000);
  summary.push(`${name}: ${tally.passed} passed, ${tally.failed} failed, in ${seconds} s`);
}
const changed = treeBefore && changedSince(treeBefore);
if (changed) {
  total.failed += 1;
  summary.push(`tree: changed by the run, or meanwhile by somebody else: ${changed.join(', ')}`);
}
console.log(`\n${summary.map((line) => `  ${line}`).join('\n')}\n`);
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed === 0 ? 0 : 1;
