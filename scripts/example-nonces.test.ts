import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { addNonce, noncesOf, takeNonce } from '../examples/astro/src/nonces.ts';
import { ROOT } from './run.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

describe('the nonces of the examples that render on a server', () => {
  it('are kept the same way in each', () => {
    const textOf = (path: string) => readFileSync(join(ROOT, 'examples', path), 'utf8');
    for (const path of ['nuxt/server/utils/nonces.ts', 'next/nonces.ts'])
      assert.equal(textOf(path), textOf('astro/src/nonces.ts'), path);
  });

  it('work once, in the browser that they are for, in any of its last ten views', () => {
    const first = addNonce(undefined);
    const second = addNonce(first.session);
    assert.equal(second.session, first.session);
    const stranger = addNonce(undefined);
    assert.notEqual(stranger.session, first.session);
    for (const cookie of ['', stranger.session, first.nonce, `${first.nonce}.${second.nonce}`]) {
      assert.ok(!noncesOf(cookie).includes(first.nonce), cookie);
      assert.equal(takeNonce(cookie, first.nonce), false, cookie);
    }
    assert.deepEqual(noncesOf(first.session), [first.nonce, second.nonce]);
    assert.deepEqual(
      [1, 2, 3].map(() => takeNonce(first.session, first.nonce)),
      [true, false, false],
    );
    assert.deepEqual(noncesOf(first.session), [second.nonce]);
    for (let view = 0; view < 10; view += 1) addNonce(first.session);
    assert.equal(noncesOf(first.session).length, 10);
    assert.equal(takeNonce(first.session, second.nonce), false);
  });

  it('belong to no session that a browser made up', () => {
    assert.notEqual(addNonce('made-up').session, 'made-up');
    assert.deepEqual(noncesOf('made-up'), []);
  });

  it('end after a day, and the oldest session goes when there are very many', (test) => {
    test.mock.timers.enable({ apis: ['Date'] });
    const old = addNonce(undefined);
    test.mock.timers.tick(DAY_MS);
    assert.deepEqual(noncesOf(old.session), []);
    assert.equal(takeNonce(old.session, old.nonce), false);
    const [oldest, used] = [addNonce(undefined), addNonce(undefined)];
    for (let count = 0; count < 49_998; count += 1) addNonce(undefined);
    assert.deepEqual(noncesOf(oldest.session), [oldest.nonce]);
    addNonce(oldest.session);
    addNonce(undefined);
    assert.equal(noncesOf(oldest.session).length, 2, 'used since');
    assert.deepEqual(noncesOf(used.session), []);
  });
});
