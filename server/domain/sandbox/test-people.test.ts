import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { randomId } from '../../storage/ids.ts';
import { openTestRealm, type TestRealm } from '../../testing/test-realm.ts';
import { LIMITS } from '../throttle/limits.ts';
import { Throttle } from '../throttle/throttle.ts';
import { ensurePersonas, listPersonas } from './personas.ts';
import { anotherNewcomer, countPick, pickTestPerson, startOver, TooManyPicksError } from './test-people.ts';

const SCHOOL = '198.51.100.7';
const HOME = '192.0.2.1';
const DAY_MS = 24 * 60 * 60 * 1000;

describe('a test person, picked by a click', () => {
  let realm: TestRealm;
  before(async () => {
    realm = await openTestRealm();
    await ensurePersonas(realm.rows.accounts);
  });
  after(() => realm.close());

  const anew = () => ({ ...realm, throttle: new Throttle(undefined) });
  const pick = async (browserHash: string, { context = anew(), persona = 'complete', address = HOME } = {}) =>
    (await pickTestPerson(context, persona, { browserHash, address })) ?? assert.fail(persona);

  it('is the same in one browser, and another in the next', async () => {
    const [mine, theirs] = [randomId(), randomId()];
    const first = await pick(mine);
    assert.equal((await pick(mine)).id, first.id);
    assert.notEqual((await pick(theirs)).id, first.id);
    assert.notEqual((await pick(mine, { persona: 'returning' })).id, first.id);
  });

  it('has everything of the test person whose copy it is, but for a day', async () => {
    for (const { key } of listPersonas()) {
      const shared = await realm.rows.accounts.findPersona(key);
      const { id, browserHash, expiresAt, createdAt, updatedAt, ...copied } = await pick(randomId(), { persona: key });
      const { id: sharedId, createdAt: _, updatedAt: __, ...own } = shared ?? assert.fail(key);
      assert.deepEqual(copied, own, key);
      assert.notEqual(id, sharedId);
      const lifetimeMs = (expiresAt?.getTime() ?? 0) - createdAt.getTime();
      assert.ok(Math.abs(lifetimeMs - DAY_MS) < 1_000, `${lifetimeMs}`);
    }
  });

  it('is nobody when there is no such one', async () => {
    for (const persona of ['', 'nobody', '__proto__', 'constructor'])
      assert.equal(await pickTestPerson(anew(), persona, { browserHash: randomId(), address: HOME }), undefined);
  });

  it('is everybody’s in a network that has made very many; what browsers have stays theirs, and no other network notices', async () => {
    const context = anew();
    const early = randomId();
    const own = await pick(early, { context, address: SCHOOL });
    for (let count = 1; count < LIMITS.copiesByNetwork.points; count += 1) {
      const { browserHash } = await pick(randomId(), { context, address: SCHOOL });
      assert.ok(browserHash, `a class behind one address: ${count}`);
    }
    const shared = await realm.rows.accounts.findPersona('complete');
    assert.equal((await pick(randomId(), { context, address: SCHOOL })).id, shared?.id);
    assert.equal((await pick(early, { context, address: SCHOOL })).id, own.id);
    assert.notEqual((await pick(randomId(), { context, address: HOME })).id, shared?.id);
  });

  it('is one of few in a network when somebody makes copies from very many, and still one’s own', async () => {
    const context = anew();
    for (let count = 0; count < LIMITS.copies.points; count += 1) await context.throttle.tally('copies', 'sandbox');
    for (let count = 0; count < LIMITS.copiesUnderAttack.points; count += 1)
      assert.ok((await pick(randomId(), { context, address: SCHOOL })).browserHash);
    assert.equal((await pick(randomId(), { context, address: SCHOOL })).browserHash, undefined);
    assert.ok((await pick(randomId(), { context, address: HOME })).browserHash);
  });

  it('is a newcomer so often, and picked so often, that a class has enough of them, and no network more', async () => {
    const context = anew();
    for (const [act, points] of [
      [(address: string) => anotherNewcomer(context, { address }), LIMITS.newcomerByAddress.points],
      [(address: string) => countPick(context, address), LIMITS.picksByNetwork.points],
    ] as const) {
      for (let count = 0; count < points; count += 1) await act(SCHOOL);
      await assert.rejects(
        act(SCHOOL),
        (error) => error instanceof TooManyPicksError && error.retryAfterMs > 0 && error.retryAfterMs <= 3_600_000,
      );
      await act(HOME);
    }
  });

  it('goes when its browser starts over, with the newcomer who is signed in, and nobody else does', async () => {
    const [mine, theirs] = [randomId(), randomId()];
    const { accounts } = realm.rows;
    const gone = [
      await pick(mine),
      await pick(mine, { persona: 'returning' }),
      await anotherNewcomer(realm, { address: HOME }),
    ];
    const shared = (await accounts.findPersona('complete')) ?? assert.fail();
    const kept = [await pick(theirs), await anotherNewcomer(realm, { address: HOME }), shared];
    await startOver(realm, mine, gone[2]);
    // Neither a browser that has picked nobody, nor one that has the shared one, takes anybody along.
    await startOver(realm, undefined, undefined);
    await startOver(realm, randomId(), shared);
    for (const { id } of gone) assert.equal(await accounts.find(id), undefined);
    for (const { id } of kept) assert.equal((await accounts.find(id))?.id, id);
    assert.notEqual((await pick(mine)).id, gone[0]?.id);
  });
});
