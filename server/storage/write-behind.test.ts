import assert from 'node:assert/strict';
import { describe, it, mock } from 'node:test';
import { currentTrace, turnTracingOff, turnTracingOn, within } from '../tracing/current-trace.ts';
import { Tracer } from '../tracing/tracer.ts';
import { WriteBehind } from './write-behind.ts';

interface Warning {
  items: number;
  err?: Error;
}

function collector(settings: { maxItems?: number; flush?: (items: readonly number[]) => Promise<void> } = {}) {
  const batches: number[][] = [];
  const warnings: Warning[] = [];
  const buffer = new WriteBehind<number>({
    flush: settings.flush ?? (async (items) => void batches.push([...items])),
    intervalMs: 1_000,
    maxItems: settings.maxItems ?? 100,
    log: { warn: (detail: unknown) => void warnings.push(detail as Warning) },
  });
  return { buffer, batches, warnings };
}

describe('write-behind', () => {
  it('writes what many requests left as no part of the one that happened to come first', async (test) => {
    const tracer = new Tracer({ sampler: 'always_on', ratio: 1 }, { add: () => {}, refuse: () => {} });
    turnTracingOn((name) => tracer.beginWork(name));
    test.after(turnTracingOff);
    const traces: unknown[] = [];
    const { buffer } = collector({ flush: async () => void traces.push(currentTrace()) });
    await within(tracer.beginRequest('GET', 'one-request', undefined), async () => {
      assert.ok(currentTrace());
      buffer.add(1);
      await buffer.flush();
    });
    assert.deepEqual(traces, [undefined]);
  });

  it('writes what was added within an interval in one go, in order', async () => {
    mock.timers.enable({ apis: ['setTimeout'] });
    try {
      const { buffer, batches } = collector();
      for (const item of [1, 2, 3]) buffer.add(item);
      mock.timers.tick(999);
      assert.deepEqual(batches, []);
      mock.timers.tick(1);
      assert.deepEqual(batches, [[1, 2, 3]]);
      await buffer.flush();
      mock.timers.tick(10_000);
      assert.equal(batches.length, 1);
      buffer.add(4);
      mock.timers.tick(1_000);
      assert.deepEqual(batches, [[1, 2, 3], [4]]);
    } finally {
      mock.timers.reset();
    }
  });

  it('writes the rest when it is closed, and takes no more', async () => {
    const { buffer, batches, warnings } = collector();
    buffer.add(1);
    await buffer.close();
    buffer.add(2);
    await buffer.close();
    assert.deepEqual(batches, [[1]]);
    assert.deepEqual(warnings, [{ items: 1 }]);
  });

  it('does not wait for the interval when it is full', async () => {
    const { buffer, batches } = collector({ maxItems: 2 });
    for (const item of [1, 2, 3]) buffer.add(item);
    await buffer.flush();
    assert.deepEqual(batches, [[1, 2], [3]]);
  });

  it('drops and counts what is too much while the database is busy, and writes one batch at a time', async () => {
    let release = () => {};
    let writes = 0;
    let atOnce = 0;
    const { buffer, warnings } = collector({
      maxItems: 2,
      flush: async () => {
        writes += 1;
        atOnce += 1;
        assert.equal(atOnce, 1);
        await new Promise<void>((resolve) => {
          release = resolve;
        });
        atOnce -= 1;
      },
    });
    for (let item = 0; item < 10; item += 1) buffer.add(item);
    assert.equal(writes, 1);
    const closing = buffer.close();
    release();
    await new Promise(setImmediate);
    release();
    await closing;
    assert.equal(writes, 2);
    assert.deepEqual(warnings, [{ items: 6 }]);
  });

  it('survives a write that fails, says how much is lost, and goes on', async () => {
    const written: number[] = [];
    let fails = true;
    const { buffer, warnings } = collector({
      flush: async (items) => {
        if (fails) throw new Error('out of reach');
        written.push(...items);
      },
    });
    buffer.add(1);
    await buffer.flush();
    fails = false;
    buffer.add(2);
    await buffer.flush();
    assert.deepEqual(written, [2]);
    assert.equal(warnings.length, 1);
    assert.equal(warnings[0]?.items, 1);
    assert.equal(warnings[0]?.err?.message, 'out of reach');
  });

  it('keeps what waits while the database is out of reach, up to its bound, and writes it in order afterwards', async () => {
    mock.timers.enable({ apis: ['setTimeout'] });
    try {
      const written: number[][] = [];
      let isAway = true;
      const { buffer, warnings } = collector({
        maxItems: 3,
        flush: async (items) => {
          if (isAway) throw Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
          written.push([...items]);
        },
      });
      buffer.add(1);
      await buffer.flush();
      for (const item of [2, 3, 4, 5]) buffer.add(item);
      await buffer.flush();
      await buffer.flush();
      isAway = false;
      mock.timers.tick(5_000);
      await buffer.flush();
      assert.deepEqual(written, [[1, 2, 3]]);
      assert.deepEqual(warnings, [{ items: 2 }], 'what was too much is counted, what waits is not');
    } finally {
      mock.timers.reset();
    }
  });

  it('does not wait for a database that is out of reach when it is closed', async () => {
    const { buffer, warnings } = collector({
      flush: async () => {
        throw Object.assign(new Error('disk full'), { errcode: 13 });
      },
    });
    buffer.add(1);
    await buffer.flush();
    assert.equal(warnings.length, 0);
    await buffer.close();
    assert.equal(warnings.length, 1);
    assert.equal(warnings[0]?.items, 1);
  });

  it('survives a write that throws at once', async () => {
    const { buffer, warnings } = collector({
      flush: () => {
        throw new Error('broken');
      },
    });
    buffer.add(1);
    await buffer.close();
    assert.equal(warnings.length, 1);
  });
});
