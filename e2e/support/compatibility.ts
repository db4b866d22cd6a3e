import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import {
  CHROMIUM_ROWS,
  cellId,
  type Expected,
  FIREFOX_ROWS,
  OUTCOMES,
  type Outcome,
  type Row,
  WAY_NAMES,
} from './delivery-matrix.ts';

const FILE = fileURLToPath(new URL('../../docs/compatibility.md', import.meta.url));

export type BrowserName = 'Chromium' | 'Firefox';

/** The heading of the part about forms (e2e/autofill/report.ts). */
export const FORMS_HEADING = 'Forms';

type Heading = BrowserName | typeof FORMS_HEADING;

/** The result of each cell, by its id. */
export type Results = ReadonlyMap<string, 'passed' | 'failed'>;

interface Tried {
  /** As the browser tells it. Undefined: not known to be any. */
  readonly version: string | undefined;
  readonly results: Results;
}

const ROWS: Readonly<Record<BrowserName, readonly Row[]>> = { Chromium: CHROMIUM_ROWS, Firefox: FIREFOX_ROWS };

const BROWSERS = `## The oldest browsers

Two years back from each release: Safari and iOS 16.4, and the Chromium and Firefox of the same two years. Safari before 17.5 shows the light
colours. The element was tried in a newer Chromium from which everything was taken that these lack, and it signs up.

Older ones cannot run the element. What the tag contains is what people see there, and without scripts; the element replaces it. The tag that
the portal prints contains a link to the page on which they sign up with the platform, which works in any browser, so that their account
is there when they come with another one; the form they fill in by hand. An empty tag gets that link where the browser knows modules.

\`\`\`html
<signup-with-platform client-id="…">
  <a href="https://platform.example/account/sign-up">Sign up with Example</a>
</signup-with-platform>
\`\`\`
`;

const INTRODUCTION = `# Compatibility
<!-- search: supported browsers Safari iOS Firefox Chrome Edge Internet Explorer -->

What was tried, and where. This page is written by the tests as they run, so it says what happened and not what was hoped for. The last part is
about [forms](#forms); the others are about the ways back to the shop.

<!-- repository -->
\`npm run compatibility\` writes it. \`e2e/support/delivery-matrix.ts\` is the table; \`e2e/delivery.spec.ts\` and \`e2e/delivery-fedcm.spec.ts\` try it
in Chromium, \`e2e/firefox/\` in Firefox.
<!-- /repository -->

Platform and shop are different sites, and third-party cookies are blocked. The shop's page, and its page at the redirect URI, send the
[Cross-Origin-Opener-Policy](https://developer.mozilla.org/docs/Web/HTTP/Reference/Headers/Cross-Origin-Opener-Policy) of the first column.

A cell is the state that the element ends in, after one event that says so; for \`failed\`, the code of that event. \`idle\` after a reload has
no event: the page knows nothing of the attempt any more, and a click goes on without asking the person again. \`opening\` offers to start
again: a window that is cut off cannot be seen to close, and after one that the browser opened it shows its own dialog again.
`;

/** One browser's part of the page. Of its version only the first number is there, because the rest changes every week. */
export function sectionOf(browser: BrowserName, { version, results }: Tried): string {
  const rows = ROWS[browser];
  const outcomes = (Object.keys(OUTCOMES) as Outcome[]).filter((outcome) => rows.some((row) => row.outcomes[outcome]));
  const cell = (row: Row, outcome: Outcome) => {
    const expected = row.outcomes[outcome];
    if (!expected) return '';
    const result = results.get(cellId(row, outcome));
    return result === 'passed' ? inWords(expected) : result === 'failed' ? '**does not work**' : 'not tried';
  };
  const lines = [
    ['COOP of the page', '`redirect-uri`', 'way', ...outcomes],
    ['---', '---', '---', ...outcomes.map(() => '---')],
    ...rows.map((row) => [
      `\`${row.policy}\``,
      row.redirectUri ? 'yes' : 'no',
      WAY_NAMES[row.way],
      ...outcomes.map((outcome) => cell(row, outcome)),
    ]),
  ].map((cells) => `| ${cells.join(' | ')} |`);
  return `## ${browser}${version ? ` ${Number.parseInt(version, 10)}` : ''}\n\n${lines.join('\n')}\n`;
}

function inWords({ state, code }: Expected): string {
  return code ? `\`${state}\`: \`${code}\`` : `\`${state}\``;
}

/** The page as it is when every cell works. @param forms its part about forms, which counts rather than promises */
export function expectedPage(forms: string): string {
  return pageOf((heading) =>
    heading === FORMS_HEADING ? forms : sectionOf(heading, { version: undefined, results: allPassed(heading) }),
  );
}

/** @param sectionFor the part under a heading, with that heading; undefined when nothing was tried yet */
function pageOf(sectionFor: (heading: Heading) => string | undefined): string {
  const browser = (name: BrowserName) =>
    sectionFor(name) ?? sectionOf(name, { version: undefined, results: new Map() });
  const meanings = Object.entries(OUTCOMES).map(([outcome, meaning]) => `- **${outcome}**: ${meaning}.`);
  return [
    INTRODUCTION,
    browser('Chromium'),
    browser('Firefox'),
    `## What the columns mean\n\n${meanings.join('\n')}\n`,
    BROWSERS,
    sectionFor(FORMS_HEADING) ?? `## ${FORMS_HEADING}\n\nNot tried.\n`,
  ].join('\n');
}

function allPassed(browser: BrowserName): Results {
  return new Map(
    ROWS[browser].flatMap((row) =>
      (Object.keys(row.outcomes) as Outcome[]).map((outcome) => [cellId(row, outcome), 'passed']),
    ),
  );
}

/** The page without the versions of browsers, which change by themselves. */
export function withoutVersions(page: string): string {
  return page.replaceAll(/^(## (?:Chromium|Firefox)) .*$/gm, '$1');
}

export function readPage(): string {
  return readFileSync(FILE, 'utf8');
}

/**
 * Holds one browser's part of the page against what happened, or writes it where `WRITE_COMPATIBILITY` asks for that: a run by itself leaves
 * the tree as it was.
 * @returns what is wrong with the page and how to mend it; undefined when nothing is
 */
export function settleSection(browser: BrowserName, tried: Tried): string | undefined {
  return settle(browser, sectionOf(browser, tried));
}

/** The same for any part of the page. @param heading how the part's heading begins @param section what happened */
export function settle(heading: Heading, section: string): string | undefined {
  if (!process.env['WRITE_COMPATIBILITY']) return compare(heading, section, readPage());
  writeSection(heading, section);
  return undefined;
}

/** @returns undefined when the page says of the browser what happened */
export function compareSection(browser: BrowserName, tried: Tried, page: string): string | undefined {
  return compare(browser, sectionOf(browser, tried), page);
}

function compare(heading: Heading, section: string, page: string): string | undefined {
  const happened = section.trimEnd().split('\n');
  const written = (sectionIn(page, heading) ?? '').trimEnd().split('\n');
  const differences = [
    ...written.filter((line) => !happened.includes(line)).map((line) => `- ${line}`),
    ...happened.filter((line) => !written.includes(line)).map((line) => `+ ${line}`),
  ];
  if (differences.length === 0) return undefined;
  return [
    `docs/compatibility.md is not what happened (${heading}; - the page, + this run):`,
    ...differences,
    'If that is meant, write it with `npm run compatibility`, and commit it.',
  ].join('\n');
}

/** Writes one part; the rest of the page is as it should be, and the other parts as they were left. */
function writeSection(heading: Heading, section: string): void {
  let before = '';
  try {
    before = readPage();
  } catch {
    // The page does not exist yet.
  }
  const page = pageOf((part) => (part === heading ? section : sectionIn(before, part)));
  if (page !== before) writeFileSync(FILE, page);
}

export function sectionIn(page: string, heading: Heading): string | undefined {
  return new RegExp(`^## ${heading}\\b[^]*?\\n(?=\\n## |$(?![^]))`, 'm').exec(page)?.[0];
}
