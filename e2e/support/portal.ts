import type { Page } from '@playwright/test';
import { hashPassword } from '../../server/domain/accounts/passwords.ts';
import type { Account, NewAccount } from '../../server/storage/accounts.ts';
import type { AppSecrets } from '../../server/storage/app-environments.ts';
import type { AppRole } from '../../server/storage/app-members.ts';
import type { NewApp } from '../../server/storage/apps.ts';
import { type Person, signIn, somebody } from './people.ts';
import type { RunningPlatform } from './test.ts';

/** A person with an account in the production realm. */
export type AccountHolder = Person & { account: Account };

/** Makes an account in the production realm, with a confirmed address. */
export async function accountHolder(platform: RunningPlatform, profile: NewAccount = {}): Promise<AccountHolder> {
  const person = somebody();
  const account = await platform.storage.realm('production').accounts.create({
    givenName: person.givenName,
    familyName: person.familyName,
    email: person.email,
    emailVerified: true,
    passwordHash: await hashPassword(person.password),
    ...profile,
  });
  return { ...person, email: account.email ?? '', account };
}

/** Signs a person in and opens a page of the portal. @param path below `/account`, e.g. `/profile` */
export async function openPortal(page: Page, platform: RunningPlatform, who: Person, path = ''): Promise<void> {
  await page.goto(`${platform.url}/account${path}`);
  if (page.url().includes('/account/sign-in')) await signIn(page, who);
  await page.waitForURL((url) => url.pathname === `/account${path.split('?')[0]}`);
}

/** Creates an app that `who` is a member of, by default in the sandbox. */
export async function appOf(
  platform: RunningPlatform,
  who: AccountHolder,
  role: AppRole = 'owner',
  app: Partial<Omit<NewApp, 'origins'>> & { origins?: string[] } = {},
): Promise<AppSecrets & { issuer: string }> {
  const secrets = await platform.createApp({ name: 'Fern & Field', origins: ['http://localhost:4100'], ...app });
  await platform.storage.appMembers.put(secrets.appId, who.account.id, role);
  return secrets;
}
