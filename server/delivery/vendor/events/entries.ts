import { type EventFilter, matches, type RecordedEvent } from '#storage/app-events.ts';

/** All steps of an attempt, oldest first. */
export type Steps = readonly [RecordedEvent, ...RecordedEvent[]];
/** What the list shows as one line. */
export type Entry = { event: RecordedEvent } | { steps: Steps };

/** The attempts of which a page has events. */
export function attemptsIn(events: readonly RecordedEvent[]): string[] {
  return [...new Set(events.flatMap(({ attempt }) => attempt ?? []))];
}

/**
 * Puts the events of each attempt together, where its newest event of the page is. An attempt is shown whole, also when only one of its events
 * was asked for: whoever looks for a request wants to know what came before it and after.
 * @param events a page of the log, newest first
 * @param steps all events of the attempts in it, oldest first
 * @param before the page's cursor. What an earlier page has shown is left out.
 */
export function entriesOf(
  events: readonly RecordedEvent[],
  steps: readonly RecordedEvent[],
  { before, filter }: { before: string | undefined; filter: EventFilter },
): Entry[] {
  const stepsOf = Map.groupBy(steps, ({ attempt }) => attempt);
  const seen = new Set<string>();
  const entries: Entry[] = [];
  for (const event of events) {
    const { attempt } = event;
    const [first, ...others] = attempt === undefined ? [] : (stepsOf.get(attempt) ?? [event]);
    if (attempt === undefined || !first) {
      entries.push({ event });
      continue;
    }
    if (seen.has(attempt)) continue;
    seen.add(attempt);
    const isShown = [first, ...others].some(
      (step) => before !== undefined && step.id >= before && matches(step, filter),
    );
    if (!isShown) entries.push({ steps: [first, ...others] });
  }
  return entries;
}
