import assert from 'node:assert/strict';
import { it } from 'node:test';
import { isSealed, seal, unseal } from './sealed.ts';

const TEXT = 'sk_live_secret '.repeat(100);

it('is opened by the same secret for the same purpose, and by nothing else', async () => {
  const sealed = await seal(TEXT, 'secret', 'purpose');
  assert.ok(isSealed(sealed) && !isSealed('{"id":"…"}') && !isSealed('/apps/1'));
  assert.equal(await unseal(sealed, 'secret', 'purpose'), TEXT);
  await assert.rejects(unseal(sealed, 'Secret', 'purpose'));
  await assert.rejects(unseal(sealed, 'secret', 'another'));
  const at = sealed.length - 10;
  const changed = sealed.slice(0, at) + (sealed[at] === 'A' ? 'B' : 'A') + sealed.slice(at + 1);
  await assert.rejects(unseal(changed, 'secret', 'purpose'));
  await assert.rejects(unseal('sealed.', 'secret', 'purpose'));
});

it('looks different each time, and like nothing', async () => {
  const [one, other] = [await seal(TEXT, 'secret', 'purpose'), await seal(TEXT, 'secret', 'purpose')];
  assert.notEqual(one, other);
  assert.ok(one.length < TEXT.length && !Buffer.from(one.slice(7), 'base64url').includes('sk_live'));
});
