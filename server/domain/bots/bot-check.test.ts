import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it, mock } from 'node:test';
import { randomId } from '../../storage/ids.ts';
import { solved, unpack } from '../../testing/solved-puzzle.ts';
import { openTestRealm, type TestRealm } from '../../testing/test-realm.ts';
import { recogniseDevice } from '../accounts/known-device.ts';
import { LIMITS } from '../throttle/limits.ts';
import { admitStranger, puzzleFor, type Stranger } from './bot-check.ts';
import { LEVELS, PAUSE_MS } from './puzzle.ts';

const HOME = '198.51.100.1';
const FREE = LIMITS.strangersByNetwork.points;
const stranger = (known: Partial<Stranger> = {}): Stranger => ({
  act: 'forgot',
  place: randomId(),
  address: HOME,
  devices: [],
  ...known,
});

describe('the check for bots', () => {
  let realm: TestRealm;
  beforeEach(async () => {
    realm = await openTestRealm('production');
  });
  afterEach(() => realm.close());

  const set = (settings: { botCheck?: 'auto' | 'always' | 'off'; botCheckAbove?: number }): void => {
    Object.assign(realm, { config: { ...realm.config, ...settings } });
  };
  const admit = (who: Stranger, given?: string) => admitStranger(realm, who, given);
  const times = async (number: number, who: (index: number) => Stranger) => {
    const outcomes: string[] = [];
    for (let index = 0; index < number; index += 1) outcomes.push((await admit(who(index))).outcome);
    return outcomes;
  };
  const puzzleOf = async (who: Stranger): Promise<string> => {
    const puzzle = await puzzleFor(realm, who);
    assert.ok(puzzle);
    return puzzle.altcha;
  };

  it('asks nothing of the few', async () => {
    assert.deepEqual(new Set(await times(FREE, () => stranger())), new Set(['admitted']));
  });

  it('asks a network for a puzzle from which many come, and no other', async () => {
    await times(FREE, () => stranger());
    assert.equal((await admit(stranger())).outcome, 'puzzle');
    assert.ok(await puzzleFor(realm, stranger()));
    const elsewhere = stranger({ address: '203.0.113.9' });
    assert.equal(await puzzleFor(realm, elsewhere), undefined);
    assert.equal((await admit(elsewhere)).outcome, 'admitted');
  });

  it('lets no more pass when they all come at the same moment', async () => {
    const outcomes = await Promise.all(Array.from({ length: 30 }, () => admit(stranger())));
    assert.equal(outcomes.filter(({ outcome }) => outcome === 'admitted').length, FREE);
  });

  it('asks everybody when many come from everywhere, and for more when very many do', async () => {
    set({ botCheckAbove: 5 });
    const from = (index: number) => stranger({ address: `203.0.113.${index}` });
    const outcomes = await times(8, from);
    assert.deepEqual(outcomes, [...Array(5).fill('admitted'), ...Array(3).fill('puzzle')]);
    const levelNow = async () => unpack(await puzzleOf(from(99))).challenge.parameters.data?.['level'];
    assert.equal(await levelNow(), LEVELS.raised);
    for (let index = 0; index < 50; index += 1) await realm.throttle.tally('strangers', 'production');
    assert.equal(await levelNow(), LEVELS.attack);
  });

  it('counts nobody whom it does not admit, so that refused forms keep it up for nobody', async () => {
    set({ botCheckAbove: 3 });
    await times(20, (index) => stranger({ address: `203.0.113.${index}` }));
    assert.equal((await realm.throttle.look('strangers', 'production')).attempts, 3);
  });

  it('admits whoever has solved the puzzle, once', async () => {
    set({ botCheck: 'always' });
    const who = stranger();
    const solution = await solved(await puzzleOf(who));
    assert.equal((await admit({ ...who, place: randomId() }, solution)).outcome, 'puzzle', 'elsewhere');
    assert.equal((await admit({ ...who, act: 'sign_up' }, solution)).outcome, 'puzzle', 'another form');
    const both = await Promise.all([admit(who, solution), admit(who, solution)]);
    assert.deepEqual(both.map(({ outcome }) => outcome).sort(), ['admitted', 'puzzle']);
    assert.equal((await admit(who, solution)).outcome, 'puzzle', 'again');
  });

  it('does not take a puzzle from before an attack', async () => {
    set({ botCheck: 'always', botCheckAbove: 1 });
    const who = stranger();
    const solution = await solved(await puzzleOf(who));
    for (let index = 0; index < 12; index += 1) await realm.throttle.tally('strangers', 'production');
    const admitted = await admit(who, solution);
    assert.ok(admitted.outcome === 'puzzle');
    assert.equal(unpack(admitted.puzzle.altcha).challenge.parameters.data?.['level'], LEVELS.attack);
  });

  it('asks nothing of a browser that an account knows, so many times an hour', async () => {
    set({ botCheck: 'always' });
    const account = await realm.rows.accounts.create({ email: 'ada@example.com', emailVerified: true });
    const device = recogniseDevice(realm.cookieKey, account);
    const known = stranger({ devices: [device] });
    assert.equal(await puzzleFor(realm, known), undefined);
    const outcomes = await times(LIMITS.knownBrowsers.points + 1, () => stranger({ devices: [device] }));
    assert.deepEqual(outcomes, [...Array(LIMITS.knownBrowsers.points).fill('admitted'), 'puzzle']);
    assert.ok(await puzzleFor(realm, known));
    // In other browsers of the same account, it is the same count.
    const another = recogniseDevice(realm.cookieKey, account);
    assert.equal((await admit(stranger({ devices: [another] }))).outcome, 'puzzle');
  });

  it('believes no browser that says of itself that it is known', async () => {
    set({ botCheck: 'always' });
    const account = await realm.rows.accounts.create({ email: 'ada@example.com', emailVerified: true });
    const forged = recogniseDevice('another key', account);
    assert.equal((await admit(stranger({ devices: [forged] }))).outcome, 'puzzle');
    const ofNobody = recogniseDevice(realm.cookieKey, { id: randomId(), passwordHash: undefined as never });
    assert.equal((await admit(stranger({ devices: [ofNobody] }))).outcome, 'puzzle');
  });

  it('lets whoever cannot solve it wait instead: the time since the page came counts', async () => {
    set({ botCheck: 'always' });
    const who = stranger();
    const altcha = await puzzleOf(who);
    const early = await admit(who, altcha);
    assert.ok(early.outcome === 'too_early');
    assert.ok(early.retryAfterMs > PAUSE_MS - 2_000 && early.retryAfterMs <= PAUSE_MS);
    assert.equal(unpack(early.puzzle.altcha).challenge.signature, unpack(altcha).challenge.signature);
    mock.timers.enable({ apis: ['Date'], now: Date.now() + PAUSE_MS });
    try {
      assert.equal((await admit(who, early.puzzle.altcha)).outcome, 'admitted');
      assert.equal((await admit(who, early.puzzle.altcha)).outcome, 'puzzle', 'once');
    } finally {
      mock.timers.reset();
    }
  });

  it('lets a network wait a few times only, and each once while very many do', async () => {
    set({ botCheck: 'always' });
    const waiting = async (number: number, address: (index: number) => string) => {
      const pages: [Stranger, string][] = [];
      for (let index = 0; index < number; index += 1) {
        const who = stranger({ address: address(index) });
        pages.push([who, await puzzleOf(who)]);
      }
      mock.timers.enable({ apis: ['Date'], now: Date.now() + PAUSE_MS });
      try {
        const outcomes: string[] = [];
        for (const [who, altcha] of pages) outcomes.push((await admit(who, altcha)).outcome);
        return outcomes;
      } finally {
        mock.timers.reset();
      }
    };
    const { points } = LIMITS.pausesByNetwork;
    assert.deepEqual(await waiting(points + 1, () => HOME), [...Array(points).fill('admitted'), 'too_many_attempts']);
    for (let index = 0; index < LIMITS.pauses.points; index += 1) await realm.throttle.count('pauses', 'production');
    assert.deepEqual(await waiting(4, (index) => `203.0.113.${index % 2}`), [
      ...Array(2).fill('admitted'),
      ...Array(2).fill('too_many_attempts'),
    ]);
  });

  it('is off where the operator says so, and in the sandbox', async () => {
    set({ botCheck: 'off', botCheckAbove: 1 });
    assert.deepEqual(new Set(await times(FREE + 5, () => stranger())), new Set(['admitted']));
    assert.equal(await puzzleFor(realm, stranger()), undefined);
    const sandbox = await openTestRealm('sandbox');
    Object.assign(sandbox, { config: { ...sandbox.config, botCheck: 'always' } });
    assert.equal((await admitStranger(sandbox, stranger(), undefined)).outcome, 'admitted');
    assert.equal(await puzzleFor(sandbox, stranger()), undefined);
    await sandbox.close();
  });
});
