import assert from 'node:assert/strict';
import { it } from 'node:test';
import fastify from 'fastify';
import { constantHandler } from './constant.ts';

it('a document that could not be made is made at the next request', async () => {
  const app = fastify();
  let tries = 0;
  app.get(
    '/',
    constantHandler(() => {
      tries += 1;
      if (tries === 1) throw new Error('not this time');
      return { text: 'made', type: 'text/plain', headers: {} };
    }),
  );
  const statuses: number[] = [];
  for (let request = 0; request < 3; request += 1) statuses.push((await app.inject('/')).statusCode);
  assert.deepEqual([statuses, tries], [[500, 200, 200], 2]);
  await app.close();
});
