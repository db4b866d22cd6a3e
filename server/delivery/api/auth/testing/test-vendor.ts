import assert from 'node:assert/strict';
import { hashPassword } from '#domain/accounts/passwords.ts';
import type { AppSecrets } from '#storage/app-environments.ts';
import type { AppUser, AppUserRepository, NewAppUser } from '#storage/app-users.ts';
import type { NewApp } from '#storage/apps.ts';
import type { StoredMail } from '#storage/mails.ts';
import type { UserCodeRepository } from '#storage/user-codes.ts';
import type { TestPlatform } from '#testing/test-platform.ts';

export const PASSWORD = 'Tr0ub4dor&3-horse';

export interface Answer {
  status: number;
  headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
  body: any;
}

/** An app's backend that calls the user API, with direct access to the database for tests. */
export interface TestVendor extends AppSecrets {
  users: AppUserRepository;
  codes: UserCodeRepository;
  call(method: string, path: string, body?: unknown): Promise<Answer>;
  post(path: string, body: unknown): Promise<Answer>;
  createUser(user?: Omit<NewAppUser, 'passwordHash'>, password?: string): Promise<AppUser>;
  /** Creates a user who came through the popup, whose account has {@link PASSWORD}. */
  createLinkedUser(email: string): Promise<AppUser>;
}

export async function createVendor(platform: TestPlatform, app: Partial<NewApp> = {}): Promise<TestVendor> {
  const secrets = await platform.createApp(app);
  const rows = platform.storage.realm(app.environment === 'production' ? 'production' : 'sandbox');
  const users = rows.appUsers(secrets.clientId);
  const call = async (method: string, path: string, body?: unknown): Promise<Answer> => {
    const response = await fetch(`${platform.url}/1${path}`, {
      method,
      headers: { 'x-api-key': secrets.apiKey, ...(body !== undefined && { 'content-type': 'application/json' }) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: text === '' ? undefined : JSON.parse(text) };
  };
  return {
    ...secrets,
    users,
    codes: rows.userCodes(secrets.clientId),
    call,
    post: (path, body) => call('POST', path, body),
    createUser: async (user = {}, password = PASSWORD) =>
      users.create({ email: 'ada@example.com', ...user, passwordHash: await hashPassword(password) }),
    createLinkedUser: async (email) => {
      const { id: accountId } = await rows.accounts.create({
        email,
        emailVerified: true,
        passwordHash: await hashPassword(PASSWORD),
      });
      const { id } = await rows.users.ensure(secrets.clientId, accountId);
      const payload = { openid: { scope: 'openid', claims: [] } };
      await rows.grants.create({ id: `grant-${id}`, clientId: secrets.clientId, accountId, payload });
      const user = await users.find(id);
      assert.ok(user?.linked);
      return user;
    },
  };
}

/** The mails to an address, newest first. */
export async function mailsTo(platform: TestPlatform, address: string): Promise<StoredMail[]> {
  return (await platform.storage.mails.list()).filter(({ to }) => to === address);
}

/** The code in a mail, which is in a link or on a line of its own. */
export function codeIn(mail: StoredMail | undefined): string {
  const link = mail?.text.split('\n').find((line) => /^https?:/.test(line));
  const code = link
    ? new URL(link).searchParams.get('code')
    : mail?.text.split('\n').find((line) => /^\S{40,}$/.test(line));
  assert.ok(code, 'the mail has a code');
  return code;
}
