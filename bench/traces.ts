import type { BarName } from './bars.ts';
import { compare } from './compare.ts';
import { startServer } from './process.ts';
import { type Figures, type Findings, judge, type Verdict } from './report.ts';
import { type Stage, withStage } from './stage.ts';
import { costRatio } from './statistics.ts';
import type { BenchRequest } from './wrk-script.ts';

const HOT_CALLS: readonly (readonly [
  bar: BarName,
  name: string,
  requests: (stage: Stage) => readonly BenchRequest[],
])[] = [
  ['traces-read', 'Read of a vendor’s own user', ({ reads }) => reads],
  ['traces-popup', 'Returning popup', ({ popups }) => popups],
];
const PART = '0.01';

/** What traces cost: of every request, of one in a hundred, and of none. */
export async function traces(): Promise<Findings> {
  const collector = await startServer({ words: ['bench/servers/collector.ts'], pinned: false });
  const all = { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url };
  const some = { ...all, OTEL_TRACES_SAMPLER: 'traceidratio', OTEL_TRACES_SAMPLER_ARG: PART };
  try {
    return await withStage((none) =>
      withStage((part) => withStage((every) => measure(none, part, every), { settings: all }), { settings: some }),
    );
  } finally {
    await collector.stop();
  }
}

async function measure(none: Stage, part: Stage, every: Stage): Promise<Findings> {
  const verdicts: Verdict[] = [];
  const figures: Figures[] = [];
  for (const [bar, name, requests] of HOT_CALLS) {
    const subject = (what: string, stage: Stage) => ({
      name: `${name}: ${what}`,
      pid: stage.server.pid,
      load: { url: stage.server.url, requests: requests(stage) },
    });
    const before = await spansOf(every);
    const found = await compare({
      none: subject('no traces', none),
      part: subject('one trace in a hundred', part),
      every: subject('a trace of each', every),
    });
    const after = await spansOf(every);
    const sent = (after.sent - before.sent) / (after.all - before.all);
    verdicts.push(judge(bar, costRatio(found.every, found.none), `${(sent * 100).toFixed(0)} % of spans were sent`));
    figures.push(...Object.values(found));
  }
  return { verdicts, figures };
}

/** What has become of spans, as the server itself says. */
async function spansOf({ server }: Stage): Promise<{ sent: number; all: number }> {
  const text = await (await fetch(`${server.url}/metrics`)).text();
  const counts = [...text.matchAll(/^trace_spans_total\{outcome="(\w+)"\} (\d+)$/gm)];
  const [, , sent] = counts.find(([, outcome]) => outcome === 'sent') ?? [];
  return { sent: Number(sent), all: counts.reduce((sum, [, , count]) => sum + Number(count), 0) };
}
