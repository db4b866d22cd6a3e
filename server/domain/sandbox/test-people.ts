import { randomUUID } from 'node:crypto';
import type { Account, NewAccount } from '../../storage/accounts.ts';
import type { DomainContext } from '../context.ts';
import { accountOf } from './personas.ts';

type SandboxContext = Pick<DomainContext, 'rows' | 'throttle' | 'config'>;

/** How long a test person is there who was made by a click. Long enough for a day's work, and each click leaves nothing for ever. */
const LIFETIME_MS = 24 * 60 * 60 * 1000;
/** There is one sandbox, and so one count. */
const EVERYWHERE = 'sandbox';

const expiry = () => new Date(Date.now() + LIFETIME_MS);

/** Thrown when a network has picked test people, or made newcomers, very often. */
export class TooManyPicksError extends Error {
  override name = 'TooManyPicksError';
  readonly retryAfterMs: number;

  constructor(retryAfterMs: number) {
    super('this network has picked very many test people');
    this.retryAfterMs = retryAfterMs;
  }
}

/** Whoever picks a test person. */
export interface Picker {
  /** What storage knows the browser by. */
  browserHash: string;
  /** Network address. */
  address: string | undefined;
}

/**
 * Counts a click on any test person, because each leaves the record of a sign-in.
 * @param address network address
 * @throws TooManyPicksError
 */
export async function countPick(
  { throttle }: Pick<SandboxContext, 'throttle'>,
  address: string | undefined,
): Promise<void> {
  const retryAfterMs = await throttle.count('picksByNetwork', { address });
  if (retryAfterMs > 0) throw new TooManyPicksError(retryAfterMs);
}

/**
 * The test person whom a browser gets by one click: its own copy, so that it may change, connect and delete whatever it likes without
 * touching anybody else's. It is made at the first pick and deleted after a day, with all that apps know of it.
 *
 * A network that has made very many gets the test person whom everybody uses, who can sign up but not be changed: a vendor's tests go on,
 * until {@link countPick} refuses what no class or test suite does in an hour.
 * @returns undefined when there is no such test person
 */
export async function pickTestPerson(
  context: SandboxContext,
  persona: string,
  { browserHash, address }: Picker,
): Promise<Account | undefined> {
  const { accounts } = context.rows;
  const begins = accountOf(persona);
  if (!begins) return undefined;
  const own = await accounts.findCopy(browserHash, persona);
  if (own) return own;
  if (!(await mayCopy(context, address))) return accounts.findPersona(persona);
  const ownClaims = persona === 'complete' ? examplesOf(context.config) : undefined;
  return accounts.createCopy({
    ...begins,
    ...(ownClaims && { ownClaims }),
    ...{ persona, browserHash, expiresAt: expiry() },
  });
}

/** What the operator's file gives for its own fields, so that developers see them with values. */
function examplesOf({ ownFields }: SandboxContext['config']): NewAccount['ownClaims'] {
  const examples = ownFields.flatMap(({ name, example }) => (example === undefined ? [] : [[name, example] as const]));
  return examples.length > 0 ? Object.fromEntries(examples) : undefined;
}

/** Counts another copy. When all networks together make very many, somebody has a lot of networks, and each still has some copies. */
async function mayCopy({ throttle }: SandboxContext, address: string | undefined): Promise<boolean> {
  if ((await throttle.count('copiesByNetwork', { address })) > 0) return false;
  const isUnderAttack = (await throttle.look('copies', EVERYWHERE)).waitMs > 0;
  if (isUnderAttack && (await throttle.count('copiesUnderAttack', { address })) > 0) return false;
  await throttle.tally('copies', EVERYWHERE);
  return true;
}

/**
 * Creates another newcomer. One who has signed up keeps the name that was filled in, so the next newcomer needs a new account, with an
 * address of its own. It is counted here, so that no way to one goes without a limit.
 * @param by.address network address
 * @param by.appId the app in whose popup it was, to which the newcomer belongs
 * @throws TooManyPicksError
 */
export async function anotherNewcomer(
  { rows, throttle }: SandboxContext,
  { address, appId }: { address: string | undefined; appId?: string },
): Promise<Account> {
  const retryAfterMs = await throttle.count('newcomerByAddress', { address });
  if (retryAfterMs > 0) throw new TooManyPicksError(retryAfterMs);
  const { email = '' } = accountOf('newcomer') ?? {};
  const tag = randomUUID().slice(0, 8);
  return rows.accounts.create({
    email: email.replace('@', `+${tag}@`),
    emailVerified: true,
    ...(appId && { appId }),
    expiresAt: expiry(),
  });
}

/**
 * Deletes a browser's copies, with all that apps know of them. The next pick makes fresh ones.
 * @param signedInAs goes as well when it was made by a click, as a newcomer is
 */
export async function startOver(
  { rows }: Pick<SandboxContext, 'rows'>,
  browserHash: string | undefined,
  signedInAs: Account | undefined,
): Promise<void> {
  const { accounts, accountDeletion } = rows;
  const ended = browserHash === undefined ? [] : await accounts.endCopies(browserHash);
  if (signedInAs && (await accounts.expire(signedInAs.id))) ended.push(signedInAs.id);
  // What is not erased here, because the process stops, is due, and the next sweep erases it.
  for (const id of ended) await accountDeletion.erase(id);
}
