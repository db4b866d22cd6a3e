import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { consentRequest, priorConsent } from './consent-request.ts';
import { withdrawField } from './withdraw-field.ts';

const GRANT = {
  accountId: 'account',
  clientId: 'client',
  openid: { scope: 'openid', claims: ['name', 'given_name', 'family_name', 'email', 'email_verified', 'address'] },
  rejected: { openid: { claims: ['picture'] } },
};

describe('a field is withdrawn from a grant', () => {
  it('with all its claims, and nothing else', () => {
    const changed = withdrawField(GRANT, 'name');
    assert.deepEqual(changed, {
      ...GRANT,
      openid: { scope: 'openid', claims: ['email', 'email_verified', 'address'] },
      rejected: { openid: { claims: ['picture', 'name', 'given_name', 'family_name'] } },
    });
    assert.equal(GRANT.openid.claims.length, 6, 'the grant it was is left alone');
  });

  it('also when it was granted as part of a scope, or one claim of it only', () => {
    const changed = withdrawField({ openid: { scope: 'openid address email' } }, 'address') ?? {};
    const { granted, declined } = priorConsent(changed);
    assert.deepEqual([...granted], ['email', 'email_verified']);
    assert.deepEqual([...declined], ['address']);
    const rest = withdrawField({ openid: { claims: ['given_name'] } }, 'name') ?? {};
    assert.deepEqual([...priorConsent(rest).granted], []);
  });

  it('so that nobody is asked again while it is optional, and everybody once it is required', () => {
    const prior = priorConsent(withdrawField(GRANT, 'address') ?? {});
    const optional = consentRequest(['address'], [{ field: 'address', required: false }], prior);
    assert.deepEqual([optional.open, optional.alreadyShared], [[], []]);
    const required = consentRequest(['address'], [{ field: 'address', required: true }], prior);
    assert.deepEqual(required.open, [{ field: 'address', required: true, claims: ['address'] }]);
  });

  it('not when it is not shared', () => {
    assert.equal(withdrawField(GRANT, 'picture'), undefined);
    assert.equal(withdrawField(GRANT, 'locale'), undefined);
    assert.equal(withdrawField({}, 'email'), undefined);
    assert.equal(withdrawField(withdrawField(GRANT, 'email') ?? {}, 'email'), undefined);
  });
});
