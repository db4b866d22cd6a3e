import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { hashSecret } from '../../storage/ids.ts';
import { clientSecretMatches } from './secrets.ts';

describe('a client secret', () => {
  const END = new Date('2026-03-01T12:00:00Z');
  const app = {
    clientSecretHash: hashSecret('current'),
    previousSecret: { hash: hashSecret('previous'), expiresAt: END },
  };

  it('opens, as does the one before it until its grace time ends, and not a moment longer', () => {
    for (const now of [END.getTime() - 1, END.getTime(), END.getTime() + 1]) {
      assert.equal(clientSecretMatches(app, 'current', now), true);
      assert.equal(clientSecretMatches(app, 'previous', now), now < END.getTime());
    }
    assert.equal(clientSecretMatches({ clientSecretHash: app.clientSecretHash }, 'previous', 0), false);
  });

  it('is the secret, not its hash, and not nothing', () => {
    for (const secret of ['', 'Current', 'current ', app.clientSecretHash, app.previousSecret.hash]) {
      assert.equal(clientSecretMatches(app, secret, 0), false);
      assert.equal(clientSecretMatches(undefined, secret, 0), false);
    }
  });
});
