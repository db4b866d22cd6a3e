import assert from 'node:assert/strict';
import { it } from 'node:test';
import { decodeProtectedHeader } from 'jose';
import type { UpgradeContext } from './upgrade-context.ts';
import { redeemCode } from './visits.ts';

/**
 * What holds for everything that was registered before a version which would ask for more, or do it otherwise. A change of that kind adds its
 * line here: new rules are for what is registered from then on, and for vendors who choose them.
 */
export function promises(context: UpgradeContext): void {
  const production = () => context.world.environments.production;

  it('takes a production environment for approved: it may be used at once', async () => {
    const { consent, browser } = await context.newcomer('paula@example.com');
    assert.ok((await browser.submit(consent, '/consent')).message.credential);
  });

  it('takes the origins of an environment for proven: each gets its answers', async () => {
    for (const origin of [production().origin, 'https://www.shop.example']) {
      const email = `otto.${new URL(origin).hostname}@example.com`;
      const { consent, browser } = await context.newcomer(email, undefined, origin);
      assert.equal((await browser.submit(consent, '/consent')).delivery?.targetOrigin, origin);
    }
  });

  it('signs as before, whichever way the credential comes, because backends check it', async () => {
    const { consent, browser } = await context.newcomer('quinn@example.com');
    const { credential = '' } = (await browser.submit(consent, '/consent')).message;
    assert.equal(decodeProtectedHeader(credential).alg, 'ES256');
    const { id_token: idToken = '' } = await redeemCode(context.installation, browser, 'production', production());
    assert.equal(decodeProtectedHeader(idToken).alg, context.world.app.id_token_alg);
  });

  it('asks for the fields that the app has registered: the required ones, and the others when its page names them', async () => {
    const { consent, browser } = await context.newcomer('rosa@example.com');
    const { claims } = await browser.submit(consent, '/consent');
    const known = ['iss', 'sub', 'aud', 'exp', 'iat', 'jti', 'nonce', 'environment', 'is_new_user'];
    assert.deepEqual(
      Object.keys(claims)
        .filter((claim) => !known.includes(claim))
        .toSorted(),
      ['email', 'email_verified', 'family_name', 'given_name', 'name'],
    );
    const more = await context.newcomer('sam@example.com', 'name email phone_number address');
    const inputs = Object.keys(more.consent.form('/consent').values);
    assert.ok(inputs.includes('phone_number') && inputs.includes('street_address'));
  });
}
