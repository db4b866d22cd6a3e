import assert from 'node:assert/strict';
import { it } from 'node:test';
import { randomId } from '../ids.ts';
import type { CodePlace, NewMailedCode } from '../mailed-codes.ts';
import { sweep } from '../sweeper.ts';
import { onEachEngine } from './engines.ts';
import { everyCell } from './every-cell.ts';
import { atOnce, storageOf } from './fixtures.ts';

const LIFETIME_MS = 600_000;
const MAX_TRIES = 5;

onEachEngine('mailed codes', (context) => {
  const codes = (index = 0) => storageOf(context, index).realm('production').mailedCodes;
  const newPlace = (): CodePlace => ({ place: randomId(), browserHash: randomId(), purpose: 'sign_in' });
  const asked = (email = 'Ada@Example.com'): NewMailedCode => ({ email, format: 'digits', visibility: 'mailed' });

  it('are one for each place, with its tries; a later one ends it, and counts how many were sent to the address', async () => {
    const place = newPlace();
    const first = await codes().create(place, asked(), LIFETIME_MS);
    assert.deepEqual([first.email, first.tries, first.sent], ['Ada@Example.com', 0, 1]);
    await codes().takeTry(place, MAX_TRIES);
    const second = await codes().create(place, asked('ada@example.com'), LIFETIME_MS);
    assert.notEqual(second.nonce, first.nonce);
    assert.deepEqual([second.tries, second.sent], [0, 2]);
    assert.equal(await codes().consume(place, first.nonce), false);
    const elsewhere = await codes().create(place, asked('eve@example.com'), LIFETIME_MS);
    assert.equal(elsewhere.sent, 1);
    assert.deepEqual(await codes().find(place), elsewhere);
  });

  it('have no more tries than that, in however many processes at once', async () => {
    const place = newPlace();
    await codes().create(place, asked(), LIFETIME_MS);
    for (let count = 1; count < MAX_TRIES; count += 1)
      assert.equal((await codes().takeTry(place, MAX_TRIES))?.tries, count);
    const tries = await atOnce(10, (index) => codes(index).takeTry(place, MAX_TRIES));
    assert.equal(tries.filter((code) => code !== undefined).length, 1);
  });

  it('are used once, in however many processes at once', async () => {
    const place = newPlace();
    const { nonce } = await codes().create(place, asked(), LIFETIME_MS);
    const uses = await atOnce(10, (index) => codes(index).consume(place, nonce));
    assert.equal(uses.filter(Boolean).length, 1);
    assert.equal(await codes().takeTry(place, MAX_TRIES), undefined);
  });

  it('are nothing in another browser, place or realm, for another purpose, or after their time', async () => {
    const place = newPlace();
    const { nonce } = await codes().create(place, asked(), LIFETIME_MS);
    const others: CodePlace[] = [
      { ...place, browserHash: randomId() },
      { ...place, place: randomId() },
      { ...place, purpose: 'new_password' },
    ];
    for (const other of others) {
      assert.equal(await codes().takeTry(other, MAX_TRIES), undefined);
      assert.equal(await codes().consume(other, nonce), false);
    }
    assert.equal(await context.storage.realm('sandbox').mailedCodes.takeTry(place, MAX_TRIES), undefined);
    assert.equal(await context.storage.realm('sandbox').mailedCodes.consume(place, nonce), false);
    assert.equal((await codes().find(place))?.tries, 0);
    const late = newPlace();
    const over = await codes().create(late, asked(), -1);
    assert.equal(await codes().takeTry(late, MAX_TRIES), undefined);
    assert.equal(await codes().consume(late, over.nonce), false);
    await sweep(context.database.db);
    assert.equal(await codes().find(late), undefined);
    assert.ok(await codes().find(place));
  });

  it('say nothing of where they were asked for', async () => {
    const place = newPlace();
    await codes().create(place, asked(), LIFETIME_MS);
    assert.ok(!(await everyCell(context.database)).some(({ value }) => value.includes(place.place)));
  });
});
