import { randomInt, randomUUID } from 'node:crypto';
import { chmodSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import type { Config } from '../config.ts';
import { openDataKeys } from '../data-key/open-data-keys.ts';
import { findByPassword, hashAccountPassword, PASSWORD_KEY } from '../domain/accounts/find-by-password.ts';
import { EmailTakenError } from '../storage/accounts.ts';
import type { Database } from '../storage/database.ts';
import { createStorage, type RealmStorage, type Storage } from '../storage/index.ts';

const EMAIL = 'developer@example.com';
const FILE = 'developer.json';
/** Without letters and digits that look like others, because somebody may have to type it. Four groups of them are 99 bits. */
const ALPHABET = 'abcdefghjkmnpqrstuvwxyz23456789';
const GROUP_LENGTH = 5;
const GROUPS = 4;
const REALM = 'production';
const PAYER = 'developer';
const OWNER_ONLY = 0o600;

/** Whom a developer signs in as, to see the demo store's app from its vendor's side. */
export interface DeveloperAccount {
  readonly email: string;
  /** Undefined once the account has another one than it was made with. */
  readonly password: string | undefined;
}

/**
 * The account that owns the demo store's app, which is made at the first start of a developer's platform. Its random password is in a file
 * of DATA_DIR that only its owner can read, as the app's own secrets are, so that each start prints the same one. An account with that
 * address that was not made here is left alone.
 * @param demoClientId of the demo store's app, where there is one
 * @returns undefined where the platform is public or sends mail
 */
export async function ensureDeveloperAccount(
  database: Database,
  config: Config,
  demoClientId: string | undefined,
): Promise<DeveloperAccount | undefined> {
  if (!config.keepsMail) return undefined;
  const storage = createStorage(database);
  const rows = storage.realm(REALM);
  const passwordKey = await storage.secrets.ensure(PASSWORD_KEY);
  const context = { rows, realm: REALM, passwordKey, dataKeys: openDataKeys(config) } as const;
  const file = join(config.dataDir, FILE);
  // Others may have signed up with the address; without a confirmation, that claims nothing.
  const isMade = (await rows.accounts.findByEmail(EMAIL)).some(({ emailVerified }) => emailVerified);
  const password = readPassword(file) ?? (isMade ? undefined : keepPassword(file));
  if (password === undefined) return undefined;
  if (!isMade) await createAccount(storage, rows, await hashAccountPassword(context, EMAIL, password, PAYER));
  const { account } = await findByPassword(context, { email: EMAIL, password, payer: PAYER });
  if (account && demoClientId !== undefined) await own(storage, demoClientId, account.id);
  return { email: EMAIL, password: account && !account.blocked ? password : undefined };
}

/** Its address is nobody's (RFC 2606), so that nobody needs to confirm it. */
async function createAccount(storage: Storage, { accounts }: RealmStorage, passwordHash: string): Promise<void> {
  const person = { givenName: 'Devi', familyName: 'Developer' };
  try {
    const { id } = await accounts.create({ email: EMAIL, emailVerified: true, passwordHash, ...person });
    await storage.auditLog.append({ realm: REALM, act: 'account.created', actor: 'system', subject: `account:${id}` });
  } catch (error) {
    // Another process has made it at the same moment, with the password of the same file.
    if (!(error instanceof EmailTakenError)) throw error;
  }
}

/** An app that has an owner is that owner's. */
async function own(
  { appEnvironments, appMembers, auditLog }: Storage,
  clientId: string,
  accountId: string,
): Promise<void> {
  const app = await appEnvironments.findByClientId(clientId);
  if (!app || (await appMembers.list(app.appId)).some(({ role }) => role === 'owner')) return;
  await appMembers.put(app.appId, accountId, 'owner');
  const detail = { account: accountId, role: 'owner' };
  await auditLog.append({ realm: null, act: 'member.added', actor: 'system', subject: `app:${app.appId}`, detail });
}

/** Written before the account is made, so that there is no account whose password nobody knows. The first of several processes wins. */
function keepPassword(file: string): string {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const draft = `${file}.${randomUUID()}`;
  const content = { email: EMAIL, password: randomPassword() };
  writeFileSync(draft, `${JSON.stringify(content, null, 2)}\n`, { mode: OWNER_ONLY, flush: true });
  try {
    linkSync(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(draft);
  }
  return readPassword(file) ?? content.password;
}

const fileSchema = z.object({ email: z.literal(EMAIL), password: z.string().min(1) });

/** Undefined where there is no file. One that cannot be read is of no use to anybody, and is removed. */
function readPassword(file: string): string | undefined {
  try {
    const { password } = fileSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
    chmodSync(file, OWNER_ONLY);
    return password;
  } catch (error) {
    const isOther = error instanceof SyntaxError || error instanceof z.ZodError;
    if (!isOther && (error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    rmSync(file, { force: true });
    return undefined;
  }
}

function randomPassword(): string {
  const letter = () => ALPHABET[randomInt(ALPHABET.length)];
  const group = () => Array.from({ length: GROUP_LENGTH }, letter).join('');
  return Array.from({ length: GROUPS }, group).join('-');
}
