import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'node:test';
import { proofEffect } from './first-proof.ts';

it('keeps an account only for whoever is known to be its own person', () => {
  const claim = { id: 'claim', emailVerified: false };
  const verified = { id: 'verified', emailVerified: true };
  const cases = [
    [claim, 'claim', 'keeps'],
    [claim, 'somebody else', 'ends'],
    [claim, undefined, 'ends'],
    [claim, '', 'ends'],
    [verified, 'verified', 'none'],
    [verified, undefined, 'none'],
  ] as const;
  for (const [account, within, effect] of cases) assert.equal(proofEffect(account, within), effect);
});

/** Whoever marks an address as verified, and why that needs no further decision. */
const CALLERS: Readonly<Record<string, string>> = {
  'domain/accounts/prove-address.ts': 'of the claim that is open in this browser',
  'domain/accounts/first-proof.ts': 'after the decision',
  'domain/accounts/change-email.ts': 'the person is signed in to the account',
  'domain/apps/members.ts': 'the person is signed in to the account',
  'delivery/cli/account.ts': 'the operator vouches for the account as it is',
};

it('decides about every way in which an address becomes verified', () => {
  const server = join(import.meta.dirname, '../..');
  const callers = globSync('{domain,delivery,portal,engine,composition}/**/*.ts', { cwd: server })
    .filter((file) => !/\.test\.ts$|\/testing\//.test(file))
    .filter((file) => /accounts\.(markEmailVerified|changeEmail)\(/.test(readFileSync(join(server, file), 'utf8')));
  assert.deepEqual(callers.toSorted(), Object.keys(CALLERS).toSorted());
});
