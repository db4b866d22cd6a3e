import assert from 'node:assert/strict';
import { it } from 'node:test';
import { claimAnswer, keepAnswer } from './kept-answers.ts';
import type { RealmContext } from './realm-context.ts';

it('a claim is renewed until its answer is kept, and not for ever', async ({ mock }) => {
  mock.timers.enable({ apis: ['setInterval'] });
  let renewed = 0;
  const submissions = {
    claim: async () => ({ outcome: 'first' }),
    renew: async () => {
      renewed += 1;
    },
    release: async () => {},
  };
  const context = { rows: { submissions } } as unknown as Pick<RealmContext, 'rows'>;
  const [answered, forgotten] = ['answered', 'forgotten'].map((keyHash) => ({ keyHash, secret: 'secret' }));
  assert.ok(answered && forgotten);
  await claimAnswer(context, answered);
  mock.timers.tick(3_000);
  assert.equal(renewed, 3);
  await keepAnswer(context, answered, undefined, 1_000);
  mock.timers.tick(10_000);
  assert.equal(renewed, 3);
  await claimAnswer(context, forgotten);
  mock.timers.tick(600_000);
  assert.equal(renewed, 123);
});
