import { setTimeout as delay } from 'node:timers/promises';
import { offServerCore } from './cores.ts';
import { asBytes, type Outcome, openLoop } from './open-loop.ts';
import { probe } from './probe.ts';
import { residentMb } from './processor-time.ts';
import { type Findings, judge, shown } from './report.ts';
import { type Stage, withStage } from './stage.ts';
import { percentile } from './statistics.ts';
import { runWrk } from './wrk.ts';
import type { BenchRequest } from './wrk-script.ts';

/** Times the capacity that arrives. */
const FACTOR = 5;
const CAPACITY_SECONDS = 5;
/** Enough that requests share their commits, as they do in a crowd. */
const CAPACITY_CONNECTIONS = 64;
const VISITORS = 2_000;
/** A person, or the proxy between, goes away after that. */
const PATIENCE_MS = 10_000;
/** People of other networks who come meanwhile, and go on coming afterwards. */
const OTHERS_PER_SECOND = 10;
const RECOVERY_SECONDS = 20;
/** Somebody who is answered in that time notices nothing. */
const UNNOTICED_MS = 500;
const WATCH_EVERY_MS = 200;

interface Flood {
  readonly crowd: Summary;
  readonly others: Summary;
  readonly healthP99Ms: number;
  /** From the end of the flood until the last of the others who was refused, or noticed something. */
  readonly recoveryMs: number;
  readonly peakMb: number;
}

interface Summary {
  readonly perSecond: number;
  readonly answeredPerSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly refused: number;
  /** Who went away without an answer. */
  readonly unanswered: number;
}

/**
 * A minute of five times as many visitors as the platform can answer, each from a network of their own; the same from one network, and how
 * people of others fare meanwhile; and for comparison a platform without its limit of requests.
 */
export async function overload(seconds = 60): Promise<Findings> {
  const limited = await withStage(async (stage) => {
    const capacity = await capacityOf(stage);
    const many = await flood(stage, strangers(stage, 1), { perSecond: capacity * FACTOR, seconds });
    const one = await flood(stage, fromOneNetwork(stage), { perSecond: capacity * FACTOR, seconds });
    return { capacity, many, one };
  });
  const unlimited = await withStage(
    async (stage) => {
      const perSecond = (await capacityOf(stage)) * FACTOR;
      return flood(stage, strangers(stage, 1), { perSecond, seconds });
    },
    { requestLimit: 'none' },
  );
  const { capacity, many, one } = limited;
  return {
    verdicts: [
      judge('overload-p99', many.crowd.p99Ms, `capacity ${shown(capacity)}/s; ${textOf(many)}`),
      judge('overload-health', many.healthP99Ms),
      judge('overload-recovery', many.recoveryMs),
      judge(
        'overload-others',
        one.others.p99Ms,
        `${percent(one.others.refused)} of the others refused; ${textOf(one)}`,
      ),
      judge(
        'overload-unlimited',
        unlimited.crowd.p99Ms,
        `/healthz ${shown(unlimited.healthP99Ms)} ms; ${textOf(unlimited)}`,
      ),
    ],
  };
}

function textOf({ crowd, recoveryMs, peakMb }: Flood): string {
  return [
    `${shown(crowd.perSecond)}/s came`,
    `${shown(crowd.answeredPerSecond)}/s answered, p50 ${shown(crowd.p50Ms)} ms, p99 ${shown(crowd.p99Ms)} ms`,
    `${percent(crowd.refused)} refused, ${percent(crowd.unanswered)} without an answer`,
    `recovered after ${shown(recoveryMs)} ms`,
    `${shown(peakMb)} MB`,
  ].join('; ');
}

const percent = (share: number) => `${Math.round(share * 100)} %`;

async function capacityOf(stage: Stage): Promise<number> {
  const load = { url: stage.server.url, requests: strangers(stage, 0) };
  await runWrk(load, { connections: CAPACITY_CONNECTIONS, seconds: 2 });
  const { acts } = await runWrk(load, { connections: CAPACITY_CONNECTIONS, seconds: CAPACITY_SECONDS });
  return acts / CAPACITY_SECONDS;
}

/** Who open the popup for the first time, which is the dearest page, each from a network of their own. */
function strangers({ popups }: Stage, crowd: number): BenchRequest[] {
  return Array.from({ length: VISITORS }, (_, number) => {
    const { path = '', headers = {} } = popups[number % popups.length] ?? {};
    const network = `10.${crowd}.${number >> 8}.${number & 255}`;
    return { path, headers: { ...headers, cookie: '', 'x-forwarded-for': network } };
  });
}

/** Who are signed in, because of strangers one network has only some thousand popups an hour. */
function fromOneNetwork({ popups }: Stage): BenchRequest[] {
  return popups.map(({ path, headers }) => ({ path, headers: { ...headers, 'x-forwarded-for': '203.0.113.7' } }));
}

async function flood(
  stage: Stage,
  requests: readonly BenchRequest[],
  { perSecond, seconds }: { perSecond: number; seconds: number },
): Promise<Flood> {
  const { url, pid } = stage.server;
  const bytes = (all: readonly BenchRequest[]) => all.map(({ path, headers = {} }) => asBytes(url, path, headers));
  const load = { url, patienceMs: PATIENCE_MS };
  let peakMb = 0;
  const watch = setInterval(() => {
    peakMb = Math.max(peakMb, residentMb(pid));
  }, WATCH_EVERY_MS);
  try {
    return await offServerCore(async () => {
      const [end, calm] = [new AbortController(), new AbortController()];
      const probes = probe(`${url}/healthz`, end.signal);
      const few = openLoop(
        { ...load, requests: bytes(strangers(stage, 2)), perSecond: OTHERS_PER_SECOND },
        calm.signal,
      );
      const crowd = openLoop({ ...load, requests: bytes(requests), perSecond }, end.signal);
      await delay(seconds * 1_000);
      end.abort();
      const endedMs = performance.now();
      const during = (outcomes: readonly Outcome[]) =>
        summaryOf(
          outcomes.filter(({ atMs }) => atMs <= endedMs),
          seconds,
        );
      await delay(RECOVERY_SECONDS * 1_000);
      calm.abort();
      const others = await few;
      const noticed = others.filter(
        ({ atMs, status, tookMs }) => atMs > endedMs && (status !== 200 || tookMs > UNNOTICED_MS),
      );
      return {
        crowd: during(await crowd),
        others: during(others),
        healthP99Ms: percentile(await probes, 99),
        recoveryMs: Math.max(0, ...noticed.map(({ atMs }) => atMs - endedMs)),
        peakMb,
      };
    });
  } finally {
    clearInterval(watch);
  }
}

function summaryOf(outcomes: readonly Outcome[], seconds: number): Summary {
  const of = (status: number) => outcomes.filter((outcome) => outcome.status === status);
  const times = of(200).map(({ tookMs }) => tookMs);
  return {
    perSecond: outcomes.length / seconds,
    answeredPerSecond: times.length / seconds,
    p50Ms: percentile(times, 50),
    p99Ms: percentile(times, 99),
    refused: of(503).length / outcomes.length,
    unanswered: of(0).length / outcomes.length,
  };
}
