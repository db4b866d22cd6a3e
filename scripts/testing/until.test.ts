import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nextMillisecond, until } from './until.ts';

test('waits for the first answer that is one', async () => {
  const answers = [undefined, null, false, 0];
  assert.equal(await until(() => answers.shift()), 0);
  assert.deepEqual(answers, []);
  assert.equal(await until(async () => 'at once'), 'at once');
});

test('gives up after a minute, and says what it waited for', async (t) => {
  let asked = 0;
  let now = 0;
  t.mock.method(performance, 'now', () => now);
  const waited = until(() => {
    asked += 1;
    now += 25_000;
    return asked > 1_000;
  });
  await assert.rejects(waited, /not within 60 seconds: .*asked > 1_000/s);
  assert.equal(asked, 3);
});

test('is told of an error at once', async () => {
  await assert.rejects(
    until(() => assert.fail('broken')),
    /broken/,
  );
});

test('lets the clock move on', async () => {
  const before = Date.now();
  await nextMillisecond();
  assert.ok(Date.now() > before);
});
