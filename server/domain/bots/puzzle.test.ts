import assert from 'node:assert/strict';
import { after, before, describe, it, mock } from 'node:test';
import { pack, solved, unpack } from '../../testing/solved-puzzle.ts';
import { openTestRealm, type TestRealm } from '../../testing/test-realm.ts';
import {
  judgePuzzle,
  LEVELS,
  makePuzzle,
  PAUSE_MS,
  PUZZLE_LIFETIME_MS,
  type PuzzlePlace,
  readPuzzle,
  spendPuzzle,
} from './puzzle.ts';

/** What an attacker may change. */
interface Parts {
  challenge: { parameters: Record<string, unknown> & { data: Record<string, unknown> }; signature?: string };
  solution: Record<string, unknown>;
}

const HERE: PuzzlePlace = { act: 'sign_up', place: 'an interaction' };

describe('a puzzle', () => {
  let realm: TestRealm;
  let sandbox: TestRealm;
  /** Solving takes a second or so, which is the point, so that the tests share one. */
  let altcha: string;
  let solution: string;
  before(async () => {
    realm = await openTestRealm('production');
    sandbox = await openTestRealm('sandbox');
    altcha = await makePuzzle(realm, HERE, LEVELS.raised);
    solution = await solved(altcha);
  });
  after(() => Promise.all([realm.close(), sandbox.close()]));

  const judge = async (given: string, at = HERE, level: 1 | 4 = LEVELS.raised, context = realm) => {
    const puzzle = readPuzzle(given);
    return puzzle ? (await judgePuzzle(context, at, puzzle, level)).outcome : 'unreadable';
  };
  /** The solved puzzle with something else in it. */
  const altered = (change: (carried: Parts) => void) => {
    const carried = structuredClone(unpack(solution)) as unknown as Parts;
    change(carried);
    return pack(carried);
  };

  it('is solved by ALTCHA’s own solver', async () => assert.equal(await judge(solution), 'solved'));

  it('can be sent in any order of its parts, because what is signed has one', async () => {
    const { challenge, ...rest } = unpack(solution);
    const parameters = Object.fromEntries(Object.entries(challenge.parameters).reverse());
    assert.equal(await judge(pack({ ...rest, challenge: { ...challenge, parameters } })), 'solved');
  });

  it('says neither what it is for nor its solution', () => {
    const text = Buffer.from(altcha, 'base64').toString();
    assert.doesNotMatch(text, /an interaction|sign_up|counter|derivedKey/);
  });

  it('is refused in another place, for another form and in the other realm', async () => {
    assert.equal(await judge(solution, { ...HERE, place: 'another interaction' }), 'refused');
    assert.equal(await judge(solution, { ...HERE, act: 'forgot' }), 'refused');
    assert.equal(await judge(solution, HERE, LEVELS.raised, sandbox), 'refused');
  });

  it('is refused under another key, such as that of somebody who makes puzzles that are easy', async () => {
    const forged = await makePuzzle({ ...realm, cookieKey: 'another' }, HERE, LEVELS.raised);
    assert.equal(await judge(forged), 'refused');
    assert.equal(await judge(await solved(forged)), 'refused');
  });

  it('is refused when it is easier than is asked for by now', async () => {
    assert.equal(await judge(solution, HERE, LEVELS.attack), 'refused');
    const harder = await makePuzzle(realm, HERE, LEVELS.attack);
    assert.equal(await judge(harder, HERE, LEVELS.attack), 'unsolved');
    assert.equal(await judge(harder, HERE, LEVELS.raised), 'unsolved');
  });

  it('cannot be made older, so that nobody waits', async () => {
    const carried = unpack(altcha);
    Object.assign(carried.challenge.parameters, { expiresAt: Number(carried.challenge.parameters.expiresAt) - 60 });
    assert.equal(await judge(pack(carried)), 'refused');
  });

  const swaps: [what: string, change: (carried: Parts) => void, outcome?: string][] = [
    ['a lower cost', ({ challenge }) => Object.assign(challenge.parameters, { cost: 1 })],
    ['a shorter prefix', ({ challenge }) => Object.assign(challenge.parameters, { keyPrefix: '00' })],
    ['a shorter key', ({ challenge }) => Object.assign(challenge.parameters, { keyLength: 1 })],
    ['a later end', ({ challenge }) => Object.assign(challenge.parameters, { expiresAt: 9_999_999_999 })],
    ['another level', ({ challenge }) => Object.assign(challenge.parameters.data, { level: 4 })],
    ['another place', ({ challenge }) => Object.assign(challenge.parameters.data, { place: 'x' })],
    ['another nonce', ({ challenge }) => Object.assign(challenge.parameters, { nonce: '00'.repeat(16) })],
    ['another signature', ({ challenge }) => Object.assign(challenge, { signature: '00'.repeat(32) })],
    [
      'a signed solution of its own',
      ({ challenge }) => {
        Object.assign(challenge.parameters, { keySignature: '00'.repeat(32) });
      },
    ],
    ['another key', ({ solution: given }) => Object.assign(given, { derivedKey: '00'.repeat(32) })],
    [
      'another algorithm',
      ({ challenge }) => Object.assign(challenge.parameters, { algorithm: 'SHA-256' }),
      'unreadable',
    ],
    ['no signature', ({ challenge }) => Reflect.deleteProperty(challenge, 'signature'), 'unreadable'],
    ['no end', ({ challenge }) => Reflect.deleteProperty(challenge.parameters, 'expiresAt'), 'unreadable'],
    ['something more', ({ challenge }) => Object.assign(challenge.parameters, { more: 1 }), 'unreadable'],
  ];
  for (const [what, change, outcome = 'refused'] of swaps)
    it(`is refused with ${what}`, async () => assert.equal(await judge(altered(change)), outcome));

  it('is nothing that is no puzzle', () => {
    for (const given of [
      undefined,
      '',
      'x',
      '{}',
      pack(null),
      pack([]),
      pack({ challenge: {} }),
      ['a', 'b'],
      'A'.repeat(5_000),
    ])
      assert.equal(readPuzzle(given), undefined);
  });

  it('works once, whoever comes first', async () => {
    const puzzle = readPuzzle(solution);
    assert.ok(puzzle);
    const spent = await Promise.all(Array.from({ length: 5 }, () => spendPuzzle(realm, puzzle)));
    assert.equal(spent.filter(Boolean).length, 1);
    assert.equal(await spendPuzzle(realm, puzzle), false);
  });

  it('lasts half an hour, solved or not', async () => {
    mock.timers.enable({ apis: ['Date'], now: Date.now() + PUZZLE_LIFETIME_MS - 60_000 });
    try {
      assert.equal(await judge(solution), 'solved');
      mock.timers.tick(61_000);
      assert.equal(await judge(solution), 'refused');
      assert.equal(await judge(altcha), 'refused');
    } finally {
      mock.timers.reset();
    }
  });

  it('tells how old it is to whoever cannot solve it', async () => {
    const fresh = readPuzzle(await makePuzzle(realm, HERE, LEVELS.raised));
    assert.ok(fresh);
    const early = await judgePuzzle(realm, HERE, fresh, LEVELS.raised);
    assert.ok(early.outcome === 'unsolved' && early.waitMs > PAUSE_MS - 2_000 && early.waitMs <= PAUSE_MS);
    mock.timers.enable({ apis: ['Date'], now: Date.now() + PAUSE_MS });
    try {
      assert.deepEqual(await judgePuzzle(realm, HERE, fresh, LEVELS.raised), { outcome: 'unsolved', waitMs: 0 });
    } finally {
      mock.timers.reset();
    }
  });
});
