import assert from 'node:assert/strict';
import { it } from 'node:test';
import { elapsed } from './elapsed.ts';

for (const [durationMs, text, later] of [
  [0, '0 sec', '+0 sec'],
  [240, '0.2 sec', '+0.2 sec'],
  [119_900, '119.9 sec', '+119.9 sec'],
  [150_000, '2.5 min', '+2.5 min'],
  [5_400_000, '1.5 hr', '+1.5 hr'],
  // Another server's clock is behind.
  [-300, '0 sec', '+0 sec'],
] as const) {
  it(`${durationMs} ms is ${text}`, () => {
    assert.equal(elapsed('en', durationMs, 'auto'), text);
    assert.equal(elapsed('en', durationMs, 'always'), later);
  });
}

it('speaks the language of the page', () => {
  assert.equal(elapsed('de', 2_300, 'always'), '+2,3 Sek.');
});
