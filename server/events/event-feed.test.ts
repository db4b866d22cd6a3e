import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { until } from '../../scripts/testing/until.ts';
import type { RecordedEvent } from '../storage/app-events.ts';
import { currentTrace, turnTracingOff, turnTracingOn, within } from '../tracing/current-trace.ts';
import { Tracer } from '../tracing/tracer.ts';
import { EventFeed, type FeedListener } from './event-feed.ts';
import { EventIds } from './event-id.ts';

const ids = new EventIds();

function event(at = Date.now()): RecordedEvent {
  return {
    id: ids.next(at),
    clientId: 'app',
    kind: 'popup.opened',
    requestId: undefined,
    attempt: undefined,
    userId: undefined,
    status: undefined,
    summary: '',
    detail: {},
    at: new Date(at),
  };
}

/** A feed over rows in an array, polled every 5 ms. */
function openFeed() {
  const rows: RecordedEvent[] = [];
  const state = { looks: 0, failure: undefined as Error | undefined, warnings: 0 };
  const feed = new EventFeed({
    appEvents: {
      listSince: async (clientId, since) => {
        state.looks += 1;
        if (state.failure) throw state.failure;
        return rows.filter((row) => row.clientId === clientId && row.at >= since);
      },
    },
    log: {
      warn: () => {
        state.warnings += 1;
      },
    },
    pollIntervalMs: 5,
  });
  return { feed, rows, state };
}

class Reader implements FeedListener {
  readonly heard: string[] = [];
  ticks = 0;
  ended = false;

  tick(events: readonly RecordedEvent[]): void {
    this.ticks += 1;
    this.heard.push(...events.map(({ id }) => id));
  }

  end(): void {
    this.ended = true;
  }

  /** Waits until the database has been polled that many more times. */
  async hearOf(ticks: number): Promise<void> {
    const enough = this.ticks + ticks;
    await until(() => this.ticks >= enough);
  }
}

describe('the feed of events', () => {
  it('polls as no part of the request of its first reader, which stays open', async (test) => {
    const tracer = new Tracer({ sampler: 'always_on', ratio: 1 }, { add: () => {}, refuse: () => {} });
    turnTracingOn((name) => tracer.beginWork(name));
    test.after(turnTracingOff);
    const { feed } = openFeed();
    test.after(() => feed.close());
    const traces: unknown[] = [];
    const reader = { tick: () => void traces.push(currentTrace()), end: () => {} };
    await within(tracer.beginRequest('GET', 'one-request', undefined), () => feed.listen('app', reader));
    await until(() => traces.length >= 2);
    assert.ok(traces.every((trace) => trace === undefined));
  });

  it('reports new events once and in order, and no earlier ones', async () => {
    const { feed, rows } = openFeed();
    rows.push(event());
    const reader = new Reader();
    const stop = await feed.listen('app', reader);
    const news = [event(), event()];
    rows.push(...news);
    await reader.hearOf(3);
    assert.deepEqual(
      reader.heard,
      news.map(({ id }) => id),
    );
    stop();
  });

  it('reports events that another process wrote late, and no old ones', async () => {
    const { feed, rows } = openFeed();
    rows.push(event());
    const reader = new Reader();
    const stop = await feed.listen('app', reader);
    const late = event(Date.now() - 3_000);
    rows.unshift(late, event(Date.now() - 60_000));
    await reader.hearOf(2);
    assert.deepEqual(reader.heard, [late.id]);
    stop();
  });

  it('polls once for all listeners of an environment, and not at all without listeners', async () => {
    const { feed, state } = openFeed();
    const readers = [new Reader(), new Reader(), new Reader()];
    const stops = await Promise.all(readers.map((reader) => feed.listen('app', reader)));
    assert.equal(state.looks, 1);
    assert.equal(feed.size, 1);
    const [first = assert.fail()] = readers;
    const before = state.looks;
    const ticks = first.ticks;
    await first.hearOf(3);
    assert.equal(state.looks - before, first.ticks - ticks);
    for (const stop of [...stops, ...stops]) stop();
    assert.equal(feed.size, 0);
    const after = state.looks;
    // Waits as long as another feed takes for a few polls.
    const another = new Reader();
    const stopAnother = await openFeed().feed.listen('app', another);
    await another.hearOf(4);
    stopAnother();
    assert.ok(state.looks <= after + 1, 'what was under way, and no more');
  });

  it('keeps environments apart', async () => {
    const { feed, rows } = openFeed();
    const [mine, other] = [new Reader(), new Reader()];
    const stops = [await feed.listen('app', mine), await feed.listen('other', other)];
    rows.push(event());
    await Promise.all([mine.hearOf(2), other.hearOf(2)]);
    assert.equal(mine.heard.length, 1);
    assert.deepEqual(other.heard, []);
    for (const stop of stops) stop();
  });

  it('continues after an outage of the database, and refuses new listeners during it', async () => {
    const { feed, rows, state } = openFeed();
    const reader = new Reader();
    const stop = await feed.listen('app', reader);
    state.failure = new Error('away');
    await reader.hearOf(2);
    assert.ok(state.warnings > 0);
    await assert.rejects(feed.listen('other', new Reader()), /away/);
    assert.equal(feed.size, 1);
    state.failure = undefined;
    rows.push(event());
    await reader.hearOf(2);
    assert.equal(reader.heard.length, 1);
    stop();
  });

  it('ends for all listeners when it is closed', async () => {
    const { feed } = openFeed();
    const readers = [new Reader(), new Reader()];
    for (const reader of readers) await feed.listen('app', reader);
    feed.close();
    assert.deepEqual(
      readers.map(({ ended }) => ended),
      [true, true],
    );
    assert.equal(feed.size, 0);
  });
});
