import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Counter, Gauge, Registry } from '@prometheus-io/client';
import { GatheredFigures } from './gathered-figures.ts';

/** The figures of a process. */
function figures({ served, busy, queue }: { served: number; busy: number; queue: number }): Promise<object[]> {
  const registry = new Registry();
  const registers = [registry];
  new Counter({ name: 'served_total', help: 'Served.', registers }).inc(served);
  new Gauge({ name: 'busy', help: 'Under way here.', registers }).set(busy);
  new Gauge({ name: 'queue', help: 'Waits for all.', aggregator: 'max', registers }).set(queue);
  return registry.getMetricsAsJSON();
}

describe('the figures of several processes', () => {
  const said = async (gathered: GatheredFigures) =>
    (await gathered.text())
      .split('\n')
      .filter((line) => line && !line.startsWith('#'))
      .sort();

  it('are sums, except for what all of them see', async () => {
    const gathered = new GatheredFigures();
    gathered.note(1, await figures({ served: 3, busy: 1, queue: 7 }));
    gathered.note(2, await figures({ served: 4, busy: 2, queue: 6 }));
    assert.deepEqual(await said(gathered), ['busy 3', 'queue 7', 'served_total 7']);
  });

  it('keep what a process has counted that is no more, and forget what it had under way', async () => {
    const gathered = new GatheredFigures();
    gathered.note(1, await figures({ served: 3, busy: 1, queue: 7 }));
    gathered.note(2, await figures({ served: 4, busy: 2, queue: 6 }));
    await gathered.noteEnd(2);
    assert.deepEqual(await said(gathered), ['busy 1', 'queue 7', 'served_total 7']);
    // The next one in its place begins from 0, and may end, too.
    gathered.note(2, await figures({ served: 2, busy: 0, queue: 0 }));
    assert.deepEqual(await said(gathered), ['busy 1', 'queue 7', 'served_total 9']);
    await gathered.noteEnd(2);
    await gathered.noteEnd(1);
    assert.deepEqual(await said(gathered), ['served_total 9']);
  });

  it('are none before there is any', async () => assert.deepEqual(await said(new GatheredFigures()), []));
});
