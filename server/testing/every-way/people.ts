import type { Realm } from '@signup-with-platform/protocol';
import { deleteDueAccounts } from '#domain/accounts/deletion.ts';
import { hashPassword } from '#domain/accounts/passwords.ts';
import type { Account, NewAccount } from '#storage/accounts.ts';
import type { AppSecrets } from '#storage/app-environments.ts';
import { randomId } from '#storage/ids.ts';
import { SoftwareAuthenticator } from '../software-authenticator.ts';
import { SHOP_ORIGIN } from '../test-platform.ts';
import type { UpstreamPlatform } from '../upstream-journey.ts';
import { passkeyDataOf } from './passkey-data.ts';

export const PASSWORD = 'an engine of difference';

/** A platform with another login in both realms, and a shop's app in each. */
export interface World {
  readonly platform: UpstreamPlatform;
  readonly apps: Readonly<Record<Realm, AppSecrets>>;
}

/** Somebody, with everything that they could prove, whether or not the platform knows it. */
export interface Somebody {
  readonly email: string;
  readonly authenticator: SoftwareAuthenticator;
  /** At the other login. */
  readonly subject: string;
  /** The account that they have, or had. Whoever is new has none. */
  readonly account?: Account;
}

/** What somebody is to the platform when they come. */
export const PEOPLE = {
  /** Nobody has their address. */
  new: undefined,
  /** They have a password, a passkey and the other login in one account, and have agreed to share with this shop. */
  returning: async () => {},
  /** The same, and nobody has confirmed the address. */
  unconfirmed: async () => {},
  /** The account has their address alone: no password, passkey or other login. They have not been at this shop. */
  address_only: async () => {},
  /** An operator has blocked the account. */
  blocked: ({ platform }, realm, { id }) => platform.storage.realm(realm).accounts.setBlocked(id, true),
  /** They have asked for its deletion, which can still be cancelled. */
  leaving: async ({ platform }, realm, { id }) => {
    await platform.storage.realm(realm).accountDeletion.request(id, new Date(Date.now() + DAY_MS));
  },
  /** It is deleted. */
  deleted: async ({ platform }, realm, { id }) => {
    await platform.storage.realm(realm).accountDeletion.request(id, new Date(Date.now() - 1));
    await deleteDueAccounts(platform.storage, { error: (failure) => assertNever(failure) });
  },
} as const satisfies Readonly<
  Record<string, undefined | ((world: World, realm: Realm, account: Account) => Promise<void>)>
>;

export type PersonKind = keyof typeof PEOPLE;

const DAY_MS = 24 * 60 * 60 * 1000;

function assertNever(failure: unknown): never {
  throw new Error(`an account could not be deleted: ${JSON.stringify(failure)}`);
}

/** Makes somebody of a kind, by the ways that people go. */
export async function meet(world: World, realm: Realm, kind: PersonKind): Promise<Somebody> {
  const { platform } = world;
  const email = `${kind}.${randomId()}@example.com`;
  const subject = randomId();
  platform.people.push({ sub: subject, email, email_verified: true, given_name: 'Ada', family_name: 'Byron' });
  const somebody = { email, subject, authenticator: new SoftwareAuthenticator(platform.url) };
  const become = PEOPLE[kind];
  if (become === undefined) return somebody;
  const account = await accountOf(world, realm, {
    email,
    emailVerified: kind !== 'unconfirmed',
    ...(kind !== 'address_only' && { passwordHash: await hashPassword(PASSWORD) }),
  });
  if (kind !== 'address_only') {
    await visitShop(world, realm, somebody);
    await addOtherLogin(world, realm, { ...somebody, account });
  }
  await become(world, realm, account);
  return { ...somebody, account };
}

function accountOf({ platform, apps }: World, realm: Realm, known: NewAccount): Promise<Account> {
  return platform.storage.realm(realm).accounts.create({
    givenName: 'Ada',
    familyName: 'Byron',
    ...known,
    ...(realm === 'sandbox' && { appId: apps.sandbox.appId }),
  });
}

/** Signs in with the password, takes the offered passkey, and agrees to share. */
async function visitShop({ platform, apps }: World, realm: Realm, { email, authenticator }: Somebody): Promise<void> {
  const browser = platform.browser();
  const { clientId } = apps[realm];
  const first = await browser.openPopup({ client_id: clientId, origin: SHOP_ORIGIN, state: 's', nonce: 'n' });
  const offer = await browser.submit(first, '/sign-in', { email, password: PASSWORD, passkeys: '1' });
  const response = authenticator.create(passkeyDataOf(offer, 'creation'));
  const consent = await browser.submit(offer, '/passkey-offer', { response });
  await browser.submit(consent, '/consent');
}

async function addOtherLogin(
  { platform, apps }: World,
  realm: Realm,
  { account, email, subject }: Somebody & { account: Account },
): Promise<void> {
  await platform.storage.realm(realm).identities.create({
    issuer: platform.acme.issuer,
    subject,
    upstream: 'acme',
    accountId: account.id,
    email,
    ...(realm === 'sandbox' && { appId: apps.sandbox.appId }),
  });
}
