import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Breaker } from './breaker.ts';

describe('the breaker', () => {
  const setUp = () => {
    const clock = { ms: 0 };
    const breaker = new Breaker(() => clock.ms);
    const fail = (times: number) => Array.from({ length: times }, () => breaker.admit() && breaker.failed());
    return { clock, breaker, fail };
  };

  it('opens after five failures in a row, and not before', () => {
    const { breaker, fail } = setUp();
    fail(4);
    breaker.answered();
    fail(4);
    assert.equal(breaker.state, 'closed');
    assert.deepEqual(fail(1), [true]);
    assert.equal(breaker.state, 'open');
    assert.equal(breaker.admit(), false);
  });

  it('lets one request through after the pause, whose answer closes it', () => {
    const { breaker, clock, fail } = setUp();
    fail(5);
    clock.ms = 4_999;
    assert.equal(breaker.admit(), false);
    clock.ms = 5_000;
    assert.deepEqual([breaker.admit(), breaker.admit()], [true, false]);
    assert.equal(breaker.state, 'half_open');
    breaker.answered();
    assert.deepEqual([breaker.admit(), breaker.admit()], [true, true]);
  });

  it('waits twice as long after a probe that fails, up to a minute', () => {
    const { breaker, clock, fail } = setUp();
    fail(5);
    for (const pauseMs of [5_000, 10_000, 20_000, 40_000, 60_000, 60_000]) {
      clock.ms += pauseMs - 1;
      assert.equal(breaker.admit(), false, String(pauseMs));
      clock.ms += 1;
      assert.deepEqual(fail(1), [false], String(pauseMs));
    }
  });

  it('takes no late failure for the probe', () => {
    const { breaker, clock, fail } = setUp();
    assert.ok(breaker.admit());
    fail(5);
    breaker.failed();
    clock.ms = 5_000;
    assert.equal(breaker.admit(), true);
  });
});
