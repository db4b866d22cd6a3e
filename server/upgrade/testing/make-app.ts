import type { Environment } from '@signup-with-platform/protocol';
import type { HttpBrowser, Page } from '../../testing/http-journey.ts';
import { ADDRESSES, APP_NAME, EMAILS } from './cast.ts';
import { expectOk, join, shownOn } from './forms.ts';
import type { Installation } from './installation.ts';
import { linkInMail } from './visits.ts';
import type { World } from './world.ts';

export interface RegisteredApp {
  id: string;
  /** Of its pages in the portal. */
  path: string;
  environments: Record<Environment, Omit<World['environments'][Environment], 'sub'>>;
}

export async function registerApp(installation: Installation, owner: HttpBrowser): Promise<RegisteredApp> {
  const secretsOf = (page: Page, environment: Environment) => ({
    client_id: shownOn(page, 'client-id'),
    client_secret: shownOn(page, 'client-secret'),
    api_key: shownOn(page, 'api-key'),
    ...ADDRESSES[environment],
  });
  const made = await owner.submit(await owner.get('/account/apps/new'), '/apps/new', {
    name: APP_NAME,
    origin: ADDRESSES.localhost.origin,
  });
  const [path = '', id = ''] = /\/account\/apps\/([\w-]{22})/.exec(made.html) ?? [];
  const wishes = {
    name: 'required',
    email: 'required',
    phone_number: 'optional',
    address: 'optional',
    locale: 'off',
    picture: 'off',
  };
  await expectOk(
    owner.submit(await owner.get(`${path}/settings`), '/settings', {
      name: APP_NAME,
      homePageUri: 'https://shop.example/',
      privacyPolicyUri: 'https://shop.example/privacy',
      termsUri: 'https://shop.example/terms',
      ...Object.fromEntries(Object.entries(wishes).map(([field, wish]) => [`wish_${field}`, wish])),
      reason_email: 'For your receipt.',
    }),
  );
  const add = async (slug: string, environment: Environment) => {
    const form = await owner.get(`${path}/add?environment=${slug}`);
    return secretsOf(await owner.submit(form, '/add', { origin: ADDRESSES[environment].origin }), environment);
  };
  const environments = {
    localhost: secretsOf(made, 'localhost'),
    'development:sandbox': await add('sandbox', 'development:sandbox'),
    production: await add('production', 'production'),
  };
  for (const [slug, environment] of [
    ['localhost', 'localhost'],
    ['sandbox', 'development:sandbox'],
    ['production', 'production'],
  ] as const) {
    const { redirect_uri } = ADDRESSES[environment];
    await expectOk(owner.submit(await owner.get(`${path}/${slug}`), '/redirect-uris', { redirect_uri }));
  }
  const second = { origin: 'https://www.shop.example' };
  await expectOk(owner.submit(await owner.get(`${path}/production`), '/origins', second));
  // Nobody can look for a proof at shop.example, so the operator stands for it.
  await installation.command('app', 'approve', id, '--domains');
  return { id, path, environments };
}

/** A developer and a reader who have accepted, and one who has not yet. */
export async function fillTeam(installation: Installation, owner: HttpBrowser, path: string): Promise<void> {
  for (const [email, role, givenName] of [
    [EMAILS.developer, 'developer', 'Dev'],
    [EMAILS.reader, 'read-only', 'Rita'],
    [EMAILS.invited, 'developer', undefined],
  ] as const) {
    const form = await owner.get(`${path}/members/invite`);
    await expectOk(owner.submit(form, '/members/invite', { email, role }));
    if (!givenName) continue;
    const member = await join(installation, email, givenName);
    const invitation = await member.get(await linkInMail(installation, email, 'invitation'));
    await expectOk(member.submit(invitation, '/invitation'));
  }
}

/** Gives production another secret, the one before it in grace, and keys with limits. */
export async function changeKeys(owner: HttpBrowser, { path }: RegisteredApp) {
  const keys = `${path}/production/keys`;
  const secret = await owner.submit(await owner.get(`${keys}/secret`), '/keys/secret', { grace: '7d' });
  const create = async (name: string, rights: string, address_ranges: string) => {
    const form = await owner.get(`${keys}/new`);
    return shownOn(await owner.submit(form, '/keys/new', { name, rights, address_ranges, expiry: '365' }), 'api-key');
  };
  return {
    client_secret: shownOn(secret, 'client-secret'),
    read_only: await create('Reports', 'read-only', ''),
    from_here: await create('Office', 'full', '127.0.0.0/8\n::1'),
    from_elsewhere: await create('Warehouse', 'full', '203.0.113.0/24'),
  };
}
