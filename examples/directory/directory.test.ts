import assert from 'node:assert/strict';
import { createHmac, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { createDirectory } from './directory.ts';
import { readPeople } from './people.ts';

const KEY = randomBytes(32);
const ADA = { email: 'ada@example.com', password: 'an engine of difference' };

describe('the example of a directory', () => {
  const people = readPeople(join(import.meta.dirname, 'people.json'));
  const server = createDirectory({ people: () => people, secret: `whsec_${KEY.toString('base64')}` });
  before(async () => {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
  });
  after(() => server.close());

  /** As the platform asks. */
  const ask = (question: object, { key = KEY, ageSeconds = 0, signed = JSON.stringify(question) } = {}) => {
    const timestamp = Math.floor(Date.now() / 1000) - ageSeconds;
    const signature = createHmac('sha256', key).update(`msg_1.${timestamp}.${signed}`).digest('base64');
    return fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'webhook-id': 'msg_1',
        'webhook-timestamp': String(timestamp),
        'webhook-signature': `v1,AAAA v1,${signature}`,
      },
      body: JSON.stringify(question),
    });
  };

  it('answers with the person, and never with a password', async () => {
    for (const question of [ADA, { email: 'ADA@example.com' }]) {
      const answer = await ask(question);
      assert.equal(answer.status, 200);
      const person = (await answer.json()) as Record<string, unknown>;
      assert.deepEqual([person['id'], person['given_name'], person['password']], ['u-1001', 'Ada', undefined]);
    }
    const blocked = await ask({ email: 'blocked@example.com' });
    assert.equal(((await blocked.json()) as Record<string, unknown>)['blocked'], true);
  });

  it('says that a password is wrong, and that it knows nobody', async () => {
    assert.equal((await ask({ ...ADA, password: 'wrong' })).status, 401);
    assert.equal((await ask({ ...ADA, email: 'nobody@example.com' })).status, 404);
    assert.equal((await ask({ email: 'nobody@example.com' })).status, 404);
  });

  it('answers nobody but the platform, and nothing that is old or was changed', async () => {
    assert.equal((await ask(ADA, { key: randomBytes(32) })).status, 403);
    assert.equal((await ask(ADA, { ageSeconds: 600 })).status, 403);
    assert.equal((await ask(ADA, { signed: JSON.stringify({ email: ADA.email }) })).status, 403);
    const { port } = server.address() as AddressInfo;
    assert.equal((await fetch(`http://127.0.0.1:${port}/`, { method: 'POST', body: JSON.stringify(ADA) })).status, 403);
  });

  it('says by no time which addresses it knows', async () => {
    const timed = async (email: string) => {
      const startMs = performance.now();
      await ask({ email, password: 'wrong' });
      return performance.now() - startMs;
    };
    const fastest = async (email: string) =>
      Math.min(await timed(email), await timed(email), await timed(email), await timed(email));
    const [known, unknown] = [await fastest(ADA.email), await fastest('nobody@example.com')];
    assert.ok(unknown > known / 2, `${unknown} and ${known} ms`);
  });
});
