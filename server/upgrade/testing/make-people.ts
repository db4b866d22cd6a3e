import { randomUUID } from 'node:crypto';
import type { Page } from '../../testing/http-journey.ts';
import { SoftwareAuthenticator } from '../../testing/software-authenticator.ts';
import { ADDRESSES, EMAILS, personOf } from './cast.ts';
import { expectOk, join, upload } from './forms.ts';
import { type Installation, PUBLIC_URL } from './installation.ts';
import type { RegisteredApp } from './make-app.ts';
import { ALL_FIELDS, linkInMail, openShop, passkeyOptions, redeemCode, signUpInPopup } from './visits.ts';
import type { World } from './world.ts';

type Shop = RegisteredApp['environments']['production'];

/** Users whom the vendor makes itself: one with everything, and one who is switched off. */
export async function makeUsers(installation: Installation, apiKey: string): Promise<Pick<World, 'vendor_user'>> {
  const backend = installation.vendor(apiKey);
  const idempotency_key = randomUUID();
  const request = { email: 'jane@example.com', username: 'jane.doe', password: 'Orchid-lamp-42' };
  const created = await backend.post('/users', request, { 'idempotency-key': idempotency_key });
  const { id } = created.body;
  const roles = await backend.put(`/users/${id}`, { roles: 'admin,vip' });
  const off = await backend.createUser({ email: 'off@example.com' });
  const switchedOff = await backend.put(`/users/${off.id}`, { is_active: 'false' });
  const reset_url = `${ADDRESSES.production.origin}/new-password`;
  const forgotten = await backend.post('/auth/forgot-password', { email: request.email, reset_url });
  for (const { status, text } of [created, roles, switchedOff, forgotten]) if (status !== 200) throw new Error(text);
  const link = await linkInMail(installation, request.email, 'new-password');
  const reset_code = new URLSearchParams(link.split('?')[1]).get('code') ?? '';
  return { vendor_user: { id: String(id), idempotency_key, request, reset_code } };
}

/** Somebody with a full profile and a passkey, who shares with the shop in production and has stopped one field. */
export async function meetAda(installation: Installation, shop: Shop) {
  const ada = await join(installation, EMAILS.ada, 'Ada');
  const profile = '/account/profile';
  const [phone_number, streets] = ['+31 20 555 0101', ['12 Canal Street', '7 Quay']];
  await expectOk(ada.submit(await ada.get(`${profile}/phone`), '/profile/phone', { phone_number }));
  for (const street_address of streets) {
    const address = { street_address, postal_code: '1012 AB', locality: 'Amsterdam', region: '', country: 'NL' };
    await expectOk(ada.submit(await ada.get(`${profile}/addresses/new`), '/addresses/new', address));
  }
  await expectOk(ada.submit(await ada.get(`${profile}/language`), '/profile/language', { language: 'en' }));
  const picture = await upload(installation, ada, `${profile}/picture`, 'picture');

  const authenticator = new SoftwareAuthenticator(PUBLIC_URL);
  const form = await ada.get('/account/security/passkeys/new');
  const response = authenticator.create(passkeyOptions(form, 'creation'));
  await expectOk(ada.submit(form, '/passkeys/new', { response }));

  const consent = await openShop(ada, shop, ALL_FIELDS);
  const share = ['phone_number', 'address'];
  const last = await ada.submit(consent, '/consent', { share });
  const tokens = await redeemCode(installation, ada, 'production', shop, {
    scope: 'openid offline_access',
    prompt: 'consent',
  });
  const settings = await ada.get(`/account/shops/${shop.client_id}`);
  const csrf = String(settings.form('/sign-out').values['csrf']);
  await expectOk(ada.post(`/account/shops/${shop.client_id}/stop`, { csrf, field: 'address' }));
  return {
    sub: String(last.claims['sub']),
    cookies: ada.saveCookies(),
    kept: {
      phone_number,
      streets,
      picture,
      passkey: authenticator.save(),
      credential: last.message.credential ?? '',
      refresh_token: tokens.refresh_token ?? '',
    },
  };
}

/** Somebody who tries out both environments of the sandbox realm. */
export async function meetTess(installation: Installation, environments: RegisteredApp['environments']) {
  const browser = installation.browser();
  const tess = personOf(EMAILS.tess, 'Tess');
  const consent = await signUpInPopup(browser, await openShop(browser, environments.localhost), tess);
  const agree = async (page: Page) => String((await browser.submit(page, '/consent')).claims['sub']);
  const subs = {
    localhost: await agree(consent),
    'development:sandbox': await agree(await openShop(browser, environments['development:sandbox'])),
  };
  return { subs, cookies: browser.saveCookies() };
}

/** One who has not confirmed the address, one who is about to leave, and one who is to be blocked. */
export async function meetTheOthers(installation: Installation, shop: Shop): Promise<void> {
  await join(installation, EMAILS.unconfirmed, 'Ursula', { confirms: false });

  const leo = await join(installation, EMAILS.leaving, 'Leo');
  const form = await leo.get('/account/data/deletion/confirm');
  await expectOk(leo.submit(form, '/deletion', { understood: 'yes' }));

  const eve = await join(installation, EMAILS.blocked, 'Eve');
  await expectOk(eve.submit(await openShop(eve, shop), '/consent'));
}
