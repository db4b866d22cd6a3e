import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { agreeTo } from './agree-to.ts';
import { priorConsent } from './consent-request.ts';
import { withdrawField } from './withdraw-field.ts';

describe('what a person agrees to', () => {
  it('is kept with the scope of the request', () => {
    const grant = agreeTo({}, { granted: ['email', 'email_verified'], declined: ['address'], scope: 'openid email' });
    assert.deepEqual(grant, {
      openid: { scope: 'openid email', claims: ['email', 'email_verified'] },
      rejected: { openid: { claims: ['address'] } },
    });
    assert.deepEqual(agreeTo(grant, { granted: [], declined: [] }), grant);
  });

  it('adds to what was agreed before, and the latest word on a claim counts', () => {
    const first = agreeTo({}, { granted: ['email'], declined: ['address'], scope: 'openid' });
    const second = agreeTo(first, { granted: ['address'], declined: ['email'], scope: 'openid profile' });
    assert.deepEqual(second, {
      openid: { scope: 'openid profile', claims: ['address'] },
      rejected: { openid: { claims: ['email'] } },
    });
    assert.deepEqual(first.openid?.claims, ['email'], 'what was there is not touched');
  });

  it('brings back what was withdrawn, though a scope had granted it', () => {
    const shared = agreeTo({}, { granted: ['email', 'email_verified'], declined: [], scope: 'openid email' });
    const withdrawn = withdrawField({ ...shared }, 'email') ?? assert.fail();
    assert.equal(priorConsent(withdrawn).granted.has('email'), false);
    const again = agreeTo(withdrawn, { granted: ['email', 'email_verified'], declined: [] });
    assert.deepEqual([...priorConsent(again).granted].sort(), ['email', 'email_verified']);
  });
});
