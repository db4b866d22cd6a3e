import type { Account } from '../../storage/accounts.ts';
import { randomId } from '../../storage/ids.ts';
import { readCode } from '../codes/code-text.ts';
import { type DomainContext, inTransaction } from '../context.ts';
import { isAppCode } from './check.ts';
import { newRecoveryCodes, readRecoveryCode } from './recovery-codes.ts';
import { openSecret, secretOf, waitingSecretOf } from './secret.ts';
import { tellOwner } from './tell-owner.ts';
import { newSecret, setUpUri, stepOf } from './totp.ts';

/** How long an app that is being set up waits for its first code. */
export const SET_UP_LIFETIME_MS = 60 * 60 * 1000;

/** What the person's app takes over. */
export interface SetUp {
  /** For the QR code. */
  uri: string;
  /** The same secret for typing, in groups of four letters and digits. */
  secret: string;
}

export type ConfirmedSetUp =
  /** They are shown once. */
  | { outcome: 'confirmed'; recoveryCodes: readonly string[] }
  | { outcome: 'wrong' }
  /** It cannot be a code. */
  | { outcome: 'malformed' }
  /** It has waited for too long, or was set up in another window. */
  | { outcome: 'over' };

/** Whether an authenticator app can be set up on this platform: its secret has to be sealed. */
export function offersAuthenticator({ dataKeys }: Pick<DomainContext, 'dataKeys'>): boolean {
  return dataKeys.isAvailable;
}

/**
 * Begins to set up an authenticator app, or goes on with one that waits for its first code, so that a page which is loaded again shows the
 * same. What the account has goes on working until then.
 * @param session its public identifier: what began in another one is nobody's here
 * @throws DataKeyError where {@link offersAuthenticator} says no
 */
export async function beginSetUp(context: DomainContext, account: Account, session: string): Promise<SetUp> {
  const waiting = await waitingSetUp(context, account, session);
  return waiting ?? toSetUp(context, account, await begin(context, account, session));
}

/** What waits for its first code, if anything does that began in this session. */
export async function waitingSetUp(
  context: DomainContext,
  account: Account,
  session: string,
): Promise<SetUp | undefined> {
  const waiting = await findWaiting(context, account, session);
  return waiting && toSetUp(context, account, waiting.secret);
}

/** @returns its id and its secret */
async function findWaiting(
  context: DomainContext,
  account: Account,
  session: string,
): Promise<{ id: string; secret: string } | undefined> {
  const waiting = await context.rows.authenticators.find(account.id, 'pending');
  const secret = waiting && (await openSecret(context, waiting, waitingSecretOf(waiting.id, session)));
  return waiting && secret !== undefined ? { id: waiting.id, secret } : undefined;
}

async function toSetUp(context: DomainContext, account: Account, secret: string): Promise<SetUp> {
  return { uri: await setUpUri(context, account, secret), secret: secret.match(/.{1,4}/g)?.join(' ') ?? '' };
}

async function begin({ dataKeys, rows }: DomainContext, { id: accountId }: Account, session: string): Promise<string> {
  const secret = await newSecret();
  const id = randomId();
  await rows.authenticators.begin(
    accountId,
    { id, secret: await dataKeys.seal(secret, waitingSecretOf(id, session)) },
    SET_UP_LIFETIME_MS,
  );
  return secret;
}

/** Takes the first code, which shows that the app has the secret. From then on the account is asked for codes, and has recovery codes. */
export async function confirmSetUp(
  context: DomainContext,
  account: Account,
  { typed, languages, session }: { typed: string; languages: readonly string[]; session: string },
): Promise<ConfirmedSetUp> {
  const code = readCode(typed);
  if (!isAppCode(code)) return { outcome: 'malformed' };
  const waiting = await findWaiting(context, account, session);
  if (!waiting) return { outcome: 'over' };
  const step = await stepOf(waiting.secret, code);
  if (step === undefined) return { outcome: 'wrong' };
  return inTransaction(context, async (within) => activate(within, account, waiting, { step, languages }));
}

async function activate(
  context: DomainContext,
  account: Account,
  { id, secret }: { id: string; secret: string },
  { step, languages }: { step: number; languages: readonly string[] },
): Promise<ConfirmedSetUp> {
  const { rows } = context;
  const sealed = await context.dataKeys.seal(secret, secretOf(id));
  if (!(await rows.authenticators.confirm(account.id, id, step, sealed))) return { outcome: 'over' };
  const recoveryCodes = newRecoveryCodes();
  await rows.recoveryCodes.replace(account.id, recoveryCodes.map(readRecoveryCode));
  await tellOwner(context, account, { kind: 'second_factor_added' }, languages);
  return { outcome: 'confirmed', recoveryCodes };
}
