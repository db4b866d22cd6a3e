import { processorTimeMs } from './processor-time.ts';
import type { Figures } from './report.ts';
import { median } from './statistics.ts';
import { runWrk, type WrkOptions } from './wrk.ts';
import type { Load } from './wrk-script.ts';

/** A server and what it is asked. */
export interface Subject {
  readonly name: string;
  readonly pid: number;
  readonly load: Load;
}

export interface Plan {
  readonly connections?: number;
  /** How long each server is asked before anything is measured. Default: 2 seconds. */
  readonly warmUpSeconds?: number;
  /** Requests a second of all connections together, which every server of the comparison reaches. Default: no fixed rate is measured. */
  readonly pacedPerSecond?: number;
}

/** `BENCH_ROUNDS=3 npm run bench` takes less time and says less. */
export const ROUNDS = Number(process.env['BENCH_ROUNDS'] ?? 5);
export const CONNECTIONS = 16;
const WARM_UP_SECONDS = 2;
export const MEASURE_SECONDS = 3;

/** One round of one subject. */
interface Sample {
  readonly cpuMs: number;
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly serverBusy: number;
  readonly loadBusy: number;
}

/**
 * Measures several servers, each warmed up, in rounds that take turns: whatever else the machine does meets all of them. First at full
 * load, which is what bars are held against, then at a fixed rate: a server that has no pause reads more requests with each wake-up, so it
 * pays less for each.
 */
export async function compare<Name extends string>(
  subjects: Readonly<Record<Name, Subject>>,
  plan: Plan = {},
): Promise<Record<Name, Figures>> {
  const { connections = CONNECTIONS, pacedPerSecond, warmUpSeconds = WARM_UP_SECONDS } = plan;
  for (const name in subjects) await sample(subjects[name], { connections, seconds: warmUpSeconds });
  const atFullLoad = { connections, seconds: MEASURE_SECONDS };
  const full = await inTurns(subjects, atFullLoad);
  const pauseMs = (connections * 1_000) / (pacedPerSecond ?? Number.NaN);
  const paced = pacedPerSecond && (await inTurns(subjects, { ...atFullLoad, pauseMs }));
  const found = {} as Record<Name, Figures>;
  for (const name in subjects)
    found[name] = figuresOf(subjects[name].name, full[name], paced ? paced[name] : undefined);
  return found;
}

async function inTurns<Name extends string>(
  subjects: Readonly<Record<Name, Subject>>,
  options: WrkOptions,
): Promise<Record<Name, Sample[]>> {
  const samples = {} as Record<Name, Sample[]>;
  for (const name in subjects) samples[name] = [];
  for (let round = 0; round < ROUNDS; round += 1)
    for (const name in subjects) samples[name].push(await sample(subjects[name], options));
  return samples;
}

async function sample({ pid, load }: Subject, { pauseMs, ...options }: WrkOptions): Promise<Sample> {
  // An act of two requests has two pauses.
  const pause = pauseMs === undefined ? {} : { pauseMs: load.redeem ? pauseMs / 2 : pauseMs };
  const beforeMs = processorTimeMs(pid);
  const { acts, seconds, p50Ms, p99Ms, busy } = await runWrk(load, { ...options, ...pause });
  const usedMs = processorTimeMs(pid) - beforeMs;
  return {
    cpuMs: usedMs / acts,
    perSecond: acts / seconds,
    p50Ms,
    p99Ms,
    serverBusy: usedMs / 1_000 / seconds,
    loadBusy: busy,
  };
}

function figuresOf(name: string, full: readonly Sample[], paced: readonly Sample[] | undefined): Figures {
  const middle = (pick: (sample: Sample) => number, samples = full) => median(samples.map(pick));
  return {
    name,
    cpuMs: full.map(({ cpuMs }) => cpuMs),
    perSecond: middle(({ perSecond }) => perSecond),
    p50Ms: middle(({ p50Ms }) => p50Ms),
    p99Ms: middle(({ p99Ms }) => p99Ms),
    serverBusy: middle(({ serverBusy }) => serverBusy),
    loadBusy: middle(({ loadBusy }) => loadBusy),
    ...(paced && {
      paced: { perSecond: middle(({ perSecond }) => perSecond, paced), cpuMs: paced.map(({ cpuMs }) => cpuMs) },
    }),
  };
}
