import { readdirSync, readFileSync } from 'node:fs';

/** As the kernel counts processor time in /proc/PID/stat. */
const TICKS_PER_SECOND = 100;

/**
 * Processor time of a process in milliseconds, in the program and in the kernel: the sum over its threads, to the nanosecond (field 1 of
 * schedstat). Threads that have ended are not in it, so it is for what runs under load.
 * @returns 0 of a process that has ended
 */
export function processorTimeMs(pid: number): number {
  let nanoseconds = 0;
  for (const thread of unlessGone(() => readdirSync(`/proc/${pid}/task`)) ?? []) {
    const text = unlessGone(() => readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8'));
    nanoseconds += Number(text?.split(' ', 1)[0] ?? 0);
  }
  return nanoseconds / 1e6;
}

/** The same of a process and of those that it has started, such as PostgreSQL's, which has one for each connection. */
export function processorTimeOfAllMs(pid: number): number {
  const children = unlessGone(() => readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8')) ?? '';
  return [pid, ...children.split(' ').filter(Boolean).map(Number)].reduce((sum, one) => sum + processorTimeMs(one), 0);
}

/** The same with the threads that have ended, to a hundredth of a second (proc(5), fields 14 and 15): for what a start has cost. */
export function totalProcessorTimeMs(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return ((Number(fields[11]) + Number(fields[12])) * 1000) / TICKS_PER_SECOND;
}

export function residentMb(pid: number): number {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;
}

function unlessGone<Found>(read: () => Found): Found | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
