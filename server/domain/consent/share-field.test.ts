import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { claimsOf } from '@signup-with-platform/protocol';
import { agreeTo } from './agree-to.ts';
import { priorConsent } from './consent-request.ts';
import { declinedFields, shareField } from './share-field.ts';
import { withdrawField } from './withdraw-field.ts';

describe('a field that is shared again', () => {
  const shared = {
    ...agreeTo({}, { granted: claimsOf(['name', 'email']), declined: claimsOf(['address']), scope: 'openid' }),
  };

  it('is what it was before it was stopped, and nothing else changes', () => {
    for (const field of ['name', 'email'] as const) {
      const stopped = withdrawField(shared, field) ?? assert.fail();
      assert.deepEqual(declinedFields(stopped).sort(), ['address', field].sort());
      const again = shareField(stopped, field) ?? assert.fail();
      assert.deepEqual(priorConsent(again).granted, priorConsent(shared).granted);
      assert.deepEqual(declinedFields(again), ['address']);
    }
  });

  it('comes back though a scope had granted it', () => {
    const byScope = { openid: { scope: 'openid email' } };
    const stopped = withdrawField(byScope, 'email') ?? assert.fail();
    assert.deepEqual(priorConsent(stopped).granted, new Set());
    assert.deepEqual([...priorConsent(shareField(stopped, 'email') ?? {}).granted].sort(), claimsOf(['email']).sort());
  });

  it('was asked for', () => {
    assert.equal(shareField(shared, 'phone_number'), undefined, 'nobody asked');
    assert.equal(shareField(shared, 'email'), undefined, 'is shared');
    assert.equal(shareField({}, 'email'), undefined);
    assert.ok(shareField(shared, 'address'));
  });
});
