import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { INTERACTION_LIFETIME_SECONDS } from '../engine/lifetimes.ts';
import { EVENT_KINDS } from './app-event.ts';
import { ATTEMPT_LIFETIME_MS, type Outcome, outcomeAfter, outcomeOf } from './outcome.ts';

const NOW_MS = Date.parse('2026-11-30T12:00:00Z');

/** Events of an attempt, a second apart, of which the last was a moment ago. */
function attempt(...kinds: string[]) {
  const [first = '', ...others] = kinds;
  const event = (kind: string, index: number) => ({
    id: String(index).padStart(3, '0'),
    kind,
    at: new Date(NOW_MS - (kinds.length - index) * 1_000),
  });
  return [event(first, 0), ...others.map((kind, index) => event(kind, index + 1))] as const;
}

const CASES: readonly (readonly [what: string, kinds: string[], outcome: Outcome, by: string])[] = [
  ['somebody looks at the page', ['popup.opened', 'popup.sign_in_shown'], 'waiting', 'popup.sign_in_shown'],
  ['a wrong password is not the end', ['popup.opened', 'popup.sign_in_failed'], 'waiting', 'popup.sign_in_failed'],
  ['consent without a credential', ['popup.consent_shown', 'popup.consent_given'], 'waiting', 'popup.consent_given'],
  ['a credential', ['popup.consent_given', 'credential.issued'], 'shared', 'credential.issued'],
  ['a code and its redemption', ['credential.issued', 'code.redeemed'], 'shared', 'code.redeemed'],
  ['a code that was refused', ['credential.issued', 'token.refused'], 'failed', 'token.refused'],
  ['a second try at a code', ['credential.issued', 'token.refused', 'code.redeemed'], 'shared', 'code.redeemed'],
  ['a device', ['device.shown', 'device.approved'], 'shared', 'device.approved'],
  ['a cancellation', ['popup.opened', 'popup.cancelled'], 'cancelled', 'popup.cancelled'],
  ['a refusal', ['popup.opened', 'popup.refused'], 'failed', 'popup.refused'],
  ['an endpoint that fails', ['popup.consent_shown', 'endpoint.unavailable'], 'failed', 'endpoint.unavailable'],
  ['and then does not', ['endpoint.unavailable', 'popup.consent_given'], 'waiting', 'popup.consent_given'],
  ['a step stored late', ['credential.issued', 'popup.consent_given'], 'shared', 'credential.issued'],
];

describe('how an attempt stands', () => {
  for (const [what, kinds, outcome, by] of CASES) {
    it(`${what}: ${outcome}`, () => {
      const found = outcomeOf(attempt(...kinds), NOW_MS);
      assert.deepEqual([found.outcome, found.by.kind], [outcome, by]);
      const [first, ...others] = [...attempt(...kinds)].reverse();
      assert.ok(first);
      assert.equal(outcomeOf([first, ...others], NOW_MS).by.kind, by, 'in any order');
    });
  }

  it('is over when nobody has answered for longer than a page lives, and only then', () => {
    const later = (kind: string) => outcomeOf(attempt('popup.opened', kind), NOW_MS + ATTEMPT_LIFETIME_MS).outcome;
    assert.equal(ATTEMPT_LIFETIME_MS, INTERACTION_LIFETIME_SECONDS * 1_000);
    assert.equal(later('popup.consent_shown'), 'left');
    assert.equal(later('popup.cancelled'), 'cancelled');
    assert.equal(later('credential.issued'), 'shared');
    assert.equal(later('endpoint.unavailable'), 'failed');
  });

  it('is known after every kind of event', () => {
    for (const kind of EVENT_KINDS)
      assert.ok(['shared', 'cancelled', 'failed', 'waiting'].includes(outcomeAfter({ kind })), kind);
  });
});
