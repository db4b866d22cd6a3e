import { AsyncLocalStorage } from 'node:async_hooks';
import type { Attributes, SpanKind, Trace } from './trace.ts';

/** Begins a trace for work that no request waits for. */
type BeginWork = (name: string) => Trace;

/** One for the process, because its environment variables are. Undefined, as by default, nothing else of this room is even loaded. */
let beginWork: BeginWork | undefined;
const running = new AsyncLocalStorage<Trace | undefined>();

export function turnTracingOn(begin: BeginWork): void {
  beginWork = begin;
}

export function turnTracingOff(): void {
  beginWork = undefined;
}

export function isTracing(): boolean {
  return beginWork !== undefined;
}

/** Of the request or the work that the caller belongs to, while that lasts. */
export function currentTrace(): Trace | undefined {
  if (beginWork === undefined) return undefined;
  const trace = running.getStore();
  return trace?.isOpen ? trace : undefined;
}

/** Runs `work`, and what it begins, as a part of a trace, or of none. */
export function within<Result>(trace: Trace | undefined, work: () => Result): Result {
  return running.run(trace, work);
}

/** Records how long `work` takes, and that it failed. */
export async function traced<Result>(
  name: string,
  kind: SpanKind,
  attributes: Attributes,
  work: () => Promise<Result>,
): Promise<Result> {
  const trace = currentTrace();
  const span = trace?.begin(name, kind, attributes);
  if (!trace || !span) return work();
  try {
    const result = await work();
    trace.end(span);
    return result;
  } catch (error) {
    trace.end(span, error);
    throw error;
  }
}

/** A trace of its own for work that no request waits for. */
export async function traceWork<Result>(name: string, work: () => Promise<Result>): Promise<Result> {
  if (beginWork === undefined) return work();
  const trace = beginWork(name);
  try {
    const result = await within(trace, work);
    trace.close();
    return result;
  } catch (error) {
    trace.close(error);
    throw error;
  }
}
