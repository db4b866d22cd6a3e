import assert from 'node:assert/strict';
import { getPriority } from 'node:os';
import { it } from 'node:test';
import { threadsOfThePool, yieldToRequests } from './hash-threads.ts';

it('lets the event loop go before the threads that hash passwords, on Linux', async () => {
  const own = getPriority();
  await yieldToRequests();
  const threads = threadsOfThePool();
  assert.equal(threads.length, process.platform === 'linux' ? 4 : 0);
  for (const thread of threads) assert.equal(getPriority(thread), 10);
  assert.equal(getPriority(), own, 'the event loop keeps its own');
});
