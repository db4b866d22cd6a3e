import assert from 'node:assert/strict';
import { it } from 'node:test';
import { ENVIRONMENTS } from '@signup-with-platform/protocol';
import { SoftwareAuthenticator } from '../../testing/software-authenticator.ts';
import { PUBLIC_URL } from './installation.ts';
import type { UpgradeContext } from './upgrade-context.ts';
import { ALL_FIELDS, openShop, passkeyOptions, signIn, signUpInPopup } from './visits.ts';

/** Who has an account goes on as though nothing had happened. */
export function personJourney(context: UpgradeContext): void {
  const production = () => context.world.environments.production;
  const stranger = () => context.installation.browser();
  const returning = (who: 'ada' | 'tess') => context.installation.browser(context.world.cookies[who]);

  it('is signed in still, with all that the account holds', async () => {
    const { installation, world } = context;
    const profile = await returning('ada').get('/account/profile');
    assert.equal(profile.url.pathname, '/account/profile', 'no sign-in comes between');
    for (const known of [world.ada.phone_number, world.ada.picture, ...world.ada.streets]) {
      assert.ok(profile.html.includes(known), known);
    }
    assert.equal((await fetch(`${installation.url}${world.ada.picture}`)).status, 200);
    const shop = await returning('ada').get(`/account/shops/${production().client_id}`);
    assert.equal(shop.heading, world.app.name);
    assert.equal((await returning('tess').get('/sandbox/account/profile')).url.pathname, '/sandbox/account/profile');
  });

  it('signs in by password and by passkey', async () => {
    const { password, emails, ada } = context.world;
    assert.equal((await signIn(stranger(), { email: emails.ada, password })).url.pathname, '/account');
    const wrong = await signIn(stranger(), { email: emails.ada, password: 'another password' });
    assert.equal(wrong.url.pathname, '/account/sign-in');

    const browser = stranger();
    const form = await browser.get('/account/sign-in');
    const authenticator = new SoftwareAuthenticator(PUBLIC_URL, ada.passkey);
    const response = authenticator.get(passkeyOptions(form, 'request'));
    assert.equal((await browser.submit(form, '/sign-in/passkey', { response })).url.pathname, '/account');
    const popup = await openShop(browser, production());
    assert.equal(popup.claims['sub'], production().sub, 'as the same person');
  });

  for (const environment of ENVIRONMENTS) {
    it(`comes back to the shop without being asked, as the same user (${environment})`, async () => {
      const { world } = context;
      const browser = returning(environment === 'production' ? 'ada' : 'tess');
      const page = await openShop(browser, world.environments[environment]);
      const [header = ''] = (page.message.credential ?? '').split('.');
      assert.equal(JSON.parse(Buffer.from(header, 'base64url').toString()).alg, 'ES256');
      const { sub, is_new_user, environment: named } = page.claims;
      assert.deepEqual([sub, is_new_user, named], [world.environments[environment].sub, false, environment]);
    });
  }

  it('signs in at the shop’s popup of the sandbox, also when somebody tries out the same address there since then', async () => {
    const { emails, password, environments } = context.world;
    const signInAtShop = async (secret: string) => {
      const browser = stranger();
      const form = await openShop(browser, environments.localhost);
      return browser.submit(form, '/sign-in', { email: emails.tess, password: secret });
    };
    const sub = (await signInAtShop(password)).claims['sub'];
    assert.equal(sub, environments.localhost.sub, 'as the same user, without being asked');

    const newcomer = stranger();
    const fresh = { given_name: 'Tess', family_name: 'Two', email: emails.tess, password: 'a difference of engines' };
    const consent = await signUpInPopup(newcomer, await openShop(newcomer, environments.localhost), fresh);
    assert.notEqual((await newcomer.submit(consent, '/consent')).claims['sub'], sub);
    assert.equal((await signInAtShop(password)).claims['sub'], sub);
  });

  it('has a copy of each test person for every browser, beside those that everybody shared', async () => {
    const { localhost } = context.world.environments;
    const pick = async () => {
      const browser = stranger();
      const consent = await browser.submit(await openShop(browser, localhost), '/persona', { persona: 'complete' });
      return (await browser.submit(consent, '/consent')).claims;
    };
    const [one, two] = [await pick(), await pick()];
    for (const claims of [one, two]) assert.equal(claims['email'], 'jane.doe@example.com');
    assert.notEqual(one['sub'], two['sub']);
  });

  it('shares what was agreed to, and nothing that was stopped', async () => {
    const { world } = context;
    const { claims } = await openShop(returning('ada'), production(), ALL_FIELDS);
    assert.deepEqual(
      [claims['email'], claims['email_verified'], claims['phone_number'], claims['address']],
      [world.emails.ada, true, world.ada.phone_number, undefined],
    );
  });

  it('stays blocked', async () => {
    const { emails, password } = context.world;
    const browser = stranger();
    const form = await openShop(browser, production());
    const refused = await browser.submit(form, '/sign-in', { email: emails.blocked, password });
    assert.deepEqual([refused.status, refused.delivery], [400, undefined]);
    assert.equal((await signIn(stranger(), { email: emails.blocked, password })).url.pathname, '/account/sign-in');
  });

  it('is about to be deleted still, and can think again', async () => {
    const { emails, password } = context.world;
    const credentials = { email: emails.leaving, password };
    const browser = stranger();
    const refused = await browser.submit(await openShop(browser, production()), '/sign-in', credentials);
    assert.deepEqual([refused.status, refused.delivery], [400, undefined]);
    const leaving = await signIn(stranger(), credentials);
    assert.equal(leaving.url.pathname, '/account/data/deletion');
    const keeper = stranger();
    const kept = await keeper.submit(await signIn(keeper, credentials), '/keep');
    assert.equal(kept.url.pathname, '/account/data');
  });

  it('confirms an address by a link that was mailed before', async () => {
    const { emails, password, links } = context.world;
    const ursula = stranger();
    await signIn(ursula, { email: emails.unconfirmed, password });
    const isConfirmed = async () => {
      const page = await openShop(ursula, production());
      const { claims } = page.delivery ? page : await ursula.submit(page, '/consent');
      return claims['email_verified'];
    };
    assert.equal(await isConfirmed(), false);
    // On another device, the password says that it is the same person.
    const reader = stranger();
    await reader.submit(await reader.get(links.confirm_email), '/confirm-email', { password });
    assert.equal(await isConfirmed(), true);
  });

  it('accepts an invitation that was mailed before', async () => {
    const { app, emails, password, links } = context.world;
    const ines = stranger();
    const form = await ines.get('/account/sign-up');
    await ines.submit(form, '/account/sign-up', { given_name: 'Ines', email: emails.invited, password });
    assert.equal((await ines.get(`/account/apps/${app.id}`)).status, 404);
    const joined = await ines.submit(await ines.get(links.invitation), '/invitation');
    assert.equal(joined.status, 200);
    assert.equal((await ines.get(`/account/apps/${app.id}`)).status, 200);
  });
}
