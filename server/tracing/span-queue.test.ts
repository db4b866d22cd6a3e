import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { describe, it } from 'node:test';
import { until } from '../../scripts/testing/until.ts';
import type { FinishedSpan } from './otlp.ts';
import { type Sent, SpanQueue, type SpanQueueOptions } from './span-queue.ts';
import { Tracer } from './tracer.ts';

const TAKEN: Sent = { outcome: 'taken' };

/** A queue, and what was sent by it. Answers are taken in turn; the last one stays. */
function queueWith(answers: (Sent | Promise<Sent>)[], options: Partial<SpanQueueOptions> = {}) {
  const batches: (readonly FinishedSpan[])[] = [];
  const complaints: object[] = [];
  const queue = new SpanQueue({
    maxWaiting: 100,
    batchSize: 10,
    intervalMs: 1,
    giveUpMs: 60_000,
    send: async (batch) => {
      batches.push(batch);
      return (answers.length > 1 ? answers.shift() : answers[0]) ?? TAKEN;
    },
    log: { warn: (details) => void complaints.push(details) },
    ...options,
  });
  const tracer = new Tracer({ sampler: 'always_on', ratio: 1 }, queue);
  const add = (count: number) => {
    for (let n = 0; n < count; n += 1) tracer.beginRequest('GET', randomUUID(), undefined).close();
  };
  return { queue, batches, complaints, add };
}

describe('the queue of spans', () => {
  it('sends what has come together, after a moment', async () => {
    const { queue, batches, add } = queueWith([TAKEN]);
    add(3);
    await until(() => queue.counts['sent'] === 3);
    assert.deepEqual(
      batches.map(({ length }) => length),
      [3],
    );
    assert.equal(queue.waiting, 0);
  });

  it('does not wait once there is a whole batch, and sends one after the other', async () => {
    const { queue, batches, add } = queueWith([TAKEN], { intervalMs: 3_600_000 });
    add(25);
    await until(() => queue.counts['sent'] === 25);
    assert.deepEqual(
      batches.map(({ length }) => length),
      [10, 10, 5],
    );
    await queue.close();
  });

  it('drops what finds no room while the collector is silent, and counts it', async () => {
    const { queue, complaints, add } = queueWith([new Promise<Sent>(() => {})], { maxWaiting: 20 });
    add(500);
    assert.equal(queue.waiting, 20, 'ten are under way');
    assert.equal(queue.counts['dropped_queue_full'], 470);
    await queue.close();
    assert.equal(queue.counts['dropped_unreachable'], 30);
    assert.deepEqual(complaints, [{ reason: 'the server has stopped', spans: 30 }]);
    assert.equal(queue.waiting, 0);
  });

  it('sends a batch again when the collector says that it may', async () => {
    const { queue, batches, complaints, add } = queueWith([
      { outcome: 'retry', reason: 'status 503', afterMs: 1 },
      TAKEN,
    ]);
    add(2);
    await until(() => queue.counts['sent'] === 2);
    assert.equal(batches.length, 2);
    assert.equal(batches[0], batches[1]);
    assert.deepEqual(complaints, []);
  });

  it('gives a batch up in the end, goes on with the next, and complains once', async () => {
    const refusal: Sent = { outcome: 'retry', reason: 'unreachable', afterMs: 50 };
    const { queue, complaints, add } = queueWith([refusal, refusal, TAKEN], { giveUpMs: 10 });
    add(25);
    await until(() => queue.counts['sent'] === 5);
    assert.equal(queue.counts['dropped_unreachable'], 20);
    assert.deepEqual(complaints, [{ reason: 'unreachable', spans: 10 }]);
  });

  it('does not repeat what the collector does not want', async () => {
    const { queue, batches, add } = queueWith([{ outcome: 'refused', reason: 'status 401' }]);
    add(4);
    await until(() => queue.counts['dropped_refused'] === 4);
    assert.equal(batches.length, 1);
  });

  it('counts what the collector refuses of a batch', async () => {
    const { queue, add } = queueWith([{ outcome: 'taken', refusedSpans: 1 }]);
    add(4);
    await until(() => queue.counts['sent'] === 3);
    assert.equal(queue.counts['dropped_refused'], 1);
  });

  it('survives a sender that throws', async () => {
    const { queue, add } = queueWith([], { send: () => Promise.reject(new RangeError('too long')) });
    add(1);
    await until(() => queue.counts['dropped_refused'] === 1);
  });

  it('sends the rest when the server stops', async () => {
    const { queue, add } = queueWith([TAKEN], { intervalMs: 3_600_000 });
    add(5);
    await queue.close();
    assert.equal(queue.counts['sent'], 5);
    add(1);
    assert.equal(queue.counts['dropped_queue_full'], 1, 'too late');
  });

  it('does not wait for the next try of a batch when the server stops', async () => {
    const { queue, batches, add } = queueWith([{ outcome: 'retry', reason: 'status 503', afterMs: 50_000 }]);
    add(5);
    await until(() => batches.length === 1);
    await queue.close();
    assert.equal(queue.counts['dropped_unreachable'], 5);
  });
});
