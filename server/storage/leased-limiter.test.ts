import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { LeasedLimiter } from './leased-limiter.ts';
import { createLimiter, LimitState } from './limiter.ts';
import { onEachEngine } from './testing/engines.ts';

/** Uses points until there are none. @returns how many there were */
async function useUp(...servers: readonly LeasedLimiter[]): Promise<number> {
  for (let used = 0; ; used += 1) {
    try {
      await servers[used % servers.length]?.consume('app');
    } catch (refusal) {
      assert.ok(refusal instanceof LimitState);
      return used;
    }
  }
}

describe('points taken in blocks', () => {
  const POINTS = 1_000;
  const counter = () => new RateLimiterMemory({ points: POINTS, duration: 3_600 });

  it('are all there, and not one more, and few questions are asked', async () => {
    const store = counter();
    let questions = 0;
    const consume = store.consume.bind(store);
    store.consume = (...asked) => {
      questions += 1;
      return consume(...asked);
    };
    assert.equal(await useUp(new LeasedLimiter(store, POINTS)), POINTS);
    assert.ok(questions < 200, String(questions));
  });

  it('are taken one by one by keys beyond as many as may have a lease, until a lease is over', async (t) => {
    const server = new LeasedLimiter(counter(), POINTS, 10);
    for (let key = 0; key < 1_000; key += 1) await server.consume(`app ${key}`);
    assert.equal(server.size, 10);
    assert.equal(server.lost, 990);
    for (let used = 2; used <= 5; used += 1)
      assert.equal((await server.consume('app 999')).remainingPoints, POINTS - used);
    const lost = server.lost;
    t.mock.timers.enable({ apis: ['Date'], now: Date.now() + 3_600_001 });
    for (let used = 1; used <= 5; used += 1)
      assert.equal((await server.consume('app 999')).remainingPoints, POINTS - used);
    assert.equal(server.lost, lost);
    assert.equal(server.size, 10);
  });

  it('count down one by one for whoever asks', async () => {
    const server = new LeasedLimiter(counter(), POINTS);
    for (let used = 1; used <= 300; used += 1) {
      const { remainingPoints, msBeforeNext } = await server.consume('app');
      assert.equal(remainingPoints, POINTS - used);
      assert.ok(msBeforeNext > 3_590_000 && msBeforeNext <= 3_600_000);
    }
  });

  it('are refused to one server earlier by no more than the others hold', async () => {
    const store = counter();
    const [idle, busy] = [new LeasedLimiter(store, POINTS), new LeasedLimiter(store, POINTS)];
    await idle.consume('app');
    await idle.consume('app');
    const used = await useUp(busy);
    assert.ok(used + 2 <= POINTS && used + 2 >= POINTS - POINTS / 100, String(used));
    await idle.close();
    // The refused request is counted, too.
    assert.equal(used + 2 + 1 + (await useUp(busy)), POINTS, 'a server that stops gives back what it holds');
  });

  it('are never more than the limit, for many servers and many requests at once', async () => {
    const store = counter();
    const servers = Array.from({ length: 8 }, () => new LeasedLimiter(store, POINTS));
    const asked = Array.from({ length: 2 * POINTS }, (_, index) => servers[index % 8]?.consume('app'));
    const granted = (await Promise.allSettled(asked)).filter(({ status }) => status === 'fulfilled').length;
    assert.ok(granted <= POINTS && granted >= POINTS - (8 * POINTS) / 100, String(granted));
  });

  it('are taken at the same cost whether few or many ask', async (test) => {
    const server = new LeasedLimiter(counter(), POINTS);
    const now = test.mock.method(Date, 'now');
    const KEYS = 25_000;
    for (let app = 0; app < KEYS; app += 1) await server.consume(`app ${app}`);
    const looks = now.mock.callCount() / KEYS;
    assert.ok(looks < 20, `the clock was looked at ${looks} times for each`);
  });

  it('begin anew when their time is over', async () => {
    const server = new LeasedLimiter(new RateLimiterMemory({ points: 200, duration: 1 }), 200);
    const first = await useUp(server);
    assert.ok(first >= 200, String(first));
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    assert.ok((await useUp(server)) >= 200);
  });
});

onEachEngine('points taken in blocks', (context) => {
  it('are counted by all servers together where they share a database', async () => {
    const POINTS = 500;
    const limit = { points: POINTS, duration: 3_600 };
    const { database, elsewhere } = context;
    const server = ({ pool }: typeof database) => new LeasedLimiter(createLimiter(pool, 'blocks', limit), POINTS);
    const used = await useUp(server(database), server(elsewhere.database));
    if (database.pool) assert.ok(used <= POINTS && used >= POINTS - 10, String(used));
    else assert.ok(used >= POINTS, 'on SQLite, where there is one server');
  });
});
