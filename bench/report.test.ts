import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { BARS } from './bars.ts';
import { findingsOf, LONG_PARTS, PARTS } from './parts.ts';
import {
  asMarkdown,
  asText,
  disturbance,
  figureTable,
  isMet,
  judge,
  missed,
  shown,
  verdictTable,
  wordOf,
} from './report.ts';
import { between } from './write-report.ts';

const bar = 'login-bare';
const { atMost } = BARS[bar];

describe('a bar', () => {
  it('is met at its value and missed above it', () => {
    assert.equal(isMet(judge(bar, atMost)), true);
    assert.equal(isMet(judge(bar, atMost + 0.001)), false);
    assert.deepEqual([wordOf(judge(bar, atMost)), wordOf(judge(bar, atMost + 1))], ['ok', 'MISS']);
  });

  it('is held against the median of the rounds, not the best of them', () => {
    assert.equal(isMet(judge(bar, { median: atMost + 0.1, least: 0, most: 9 })), false);
  });

  it('is missed when nothing was measured', () => {
    for (const value of [undefined, Number.NaN]) assert.equal(isMet({ bar, value }), false);
    assert.equal(wordOf({ bar, value: undefined }), 'NOT RUN');
  });

  it('belongs to exactly one part, so that none is forgotten', () => {
    const ofParts = Object.values({ ...PARTS, ...LONG_PARTS }).flatMap(({ bars }) => bars);
    assert.deepEqual(ofParts.toSorted(), Object.keys(BARS).toSorted());
  });

  it('is not run, with the reason, when its part fails', async (context) => {
    context.mock.method(console, 'error', () => {});
    const run = async () => {
      throw new Error('There is no wrk.');
    };
    const { verdicts } = await findingsOf({ bars: ['login-bare', 'login-oidc'], run });
    assert.deepEqual(missed(verdicts), verdicts);
    assert.deepEqual(
      verdicts.map(({ bar: name, note }) => [name, note]),
      [
        ['login-bare', 'There is no wrk.'],
        ['login-oidc', 'There is no wrk.'],
      ],
    );
  });
});

describe('a report', () => {
  it('shows three figures, because the rest is noise', () => {
    assert.deepEqual([0.12345, 1.299, 49.96, 50, 123.4, 12_345.6, Number.NaN].map(shown), [
      '0.123',
      '1.3',
      '50',
      '50',
      '123',
      '12346',
      '–',
    ]);
  });

  it('has a line for each bar, with what was measured, the spread, and the reason of a gap', () => {
    const [, met, gap] = verdictTable([
      judge(bar, { median: 1.1, least: 1, most: 1.25 }, 'quiet'),
      { bar, value: undefined, note: 'no wrk' },
    ]);
    assert.deepEqual(met, ['ok', BARS[bar].what, '1.1 ×; 1 – 1.25; quiet', `≤ ${atMost} ×`]);
    assert.deepEqual(gap, ['NOT RUN', BARS[bar].what, 'no wrk', `≤ ${atMost} ×`]);
  });

  it('says how busy the generator of the load was, beside the server', () => {
    const figures = { name: 'bare', perSecond: 50_000, p50Ms: 0.3, p99Ms: 1, serverBusy: 0.98, loadBusy: 0.31 };
    const [, row] = figureTable([{ ...figures, cpuMs: [0.02, 0.01, 0.03] }]);
    assert.deepEqual(row, ['bare', '0.02 (0.01 – 0.03)', '50000', '0.3, 1', '98 %, 31 %', '']);
  });

  it('warns of a machine that did other work during a load', () => {
    const load = (serverBusy: number) => ({
      name: 'a',
      cpuMs: [1],
      perSecond: 1,
      p50Ms: 1,
      p99Ms: 1,
      serverBusy,
      loadBusy: 0,
    });
    assert.deepEqual(disturbance([load(0.5), load(1)]), []);
    assert.match(disturbance([load(0.49), load(1)]).join(), /less than half of its processor in 1 of 2 loads/);
  });

  it('is aligned at a terminal, and a table on the page', () => {
    const table = [
      ['', 'What'],
      ['MISS', 'it'],
    ];
    assert.equal(asText(table), '      What\nMISS  it');
    assert.equal(asMarkdown(table), '|  | What |\n| --- | --- |\n| MISS | it |');
  });

  it('replaces what is between its marks and nothing else', () => {
    const page = 'by hand\n\n<!-- figures -->\n\nold $& text\n\n<!-- /figures -->\n\n## Flat';
    const written = between(page, 'figures', '$1 new');
    assert.equal(written, 'by hand\n\n<!-- figures -->\n\n$1 new\n\n<!-- /figures -->\n\n## Flat');
    assert.equal(between(written, 'figures', '$1 new'), written, 'again');
    assert.throws(() => between('nothing', 'figures', 'x'), /no place for figures/);
    assert.throws(() => between('<!-- /figures --> <!-- figures -->', 'figures', 'x'), /no place for figures/);
  });
});
