import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { delayAfter } from './guesses.ts';

const HOUR_MS = 60 * 60_000;

/** How many guesses a place makes that never waits longer than it has to, with those of strangers before it. */
function guessesWithin(durationMs: number, strangers: number): number {
  let [guesses, here, hour] = [0, 0, 0];
  for (let now = 0; now < durationMs; ) {
    if (Math.floor(now / HOUR_MS) > hour) [hour, here] = [Math.floor(now / HOUR_MS), 0];
    here += 1;
    guesses += 1;
    now += delayAfter(here, strangers + guesses);
  }
  return guesses;
}

describe('the delay between guesses', () => {
  const rows: [here: number, strangers: number, delayMs: number][] = [
    [1, 0, 0],
    [10, 150, 0],
    [11, 11, 10_000],
    [12, 12, 20_000],
    [17, 17, 640_000],
    [18, 18, 900_000],
    [1_000, 18, 900_000],
    [1, 151, 300_000],
    [1, 501, 24 * HOUR_MS],
  ];
  for (const [here, strangers, delayMs] of rows)
    it(`is ${delayMs} ms after ${here} from a place and ${strangers} by strangers`, () =>
      assert.equal(delayAfter(here, strangers), delayMs));

  it('keeps one network from slowing others: it makes fewer guesses in six hours than that takes', () => {
    const guesses = guessesWithin(6 * HOUR_MS, 0);
    assert.ok(guesses > 100 && guesses < 150, `${guesses}`);
    assert.equal(guessesWithin(24 * HOUR_MS, 500), 1, 'one a day under attack');
  });
});
