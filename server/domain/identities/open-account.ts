import type { Account } from '../../storage/accounts.ts';
import { EmailTakenError } from '../../storage/accounts.ts';
import { importKeyOf } from '../../storage/imports.ts';
import type { UpstreamPerson } from '../../upstream/person.ts';
import { emailSchema } from '../accounts/credential-schemas.ts';
import { tellOfEndedClaims } from '../accounts/first-proof.ts';
import { endOtherClaims } from '../accounts/prove-address.ts';
import { nameSchema } from '../claims/input-schemas.ts';
import { locale as localeField } from '../claims/locale.ts';
import { type DomainContext, inTransaction } from '../context.ts';

/** Whom an upstream has sent, and by which of the operator's settings. */
export interface IdentityOffer {
  upstream: string;
  person: UpstreamPerson;
  /** Sandbox only: the app whose people they are. */
  appId?: string | undefined;
  /** The upstream is the platform's own, so that its names are those of an import. */
  isOwn?: boolean;
}

export type OpenedAccount =
  | { outcome: 'known' | 'new'; account: Account }
  | { outcome: 'account_blocked' }
  /** It is about to be deleted. Its person can keep it on the account pages. */
  | { outcome: 'account_leaving'; account: Account }
  /** The address is verified, there and here. Whose account that is, its own person has to prove. */
  | { outcome: 'address_known'; email: string };

/**
 * The account of whom an upstream has sent. Only issuer and subject say who it is: an equal address opens nothing, because whoever runs a
 * login, or has one at it, can write any address there. A person who is new gets an account of their own.
 */
export async function openAccount(context: DomainContext, offer: IdentityOffer): Promise<OpenedAccount> {
  return (
    (await findAccount(context, offer)) ?? (await findImported(context, offer)) ?? (await newAccount(context, offer))
  );
}

async function findAccount(
  { rows }: DomainContext,
  { person: { issuer, subject }, appId }: IdentityOffer,
): Promise<OpenedAccount | undefined> {
  const identity = await rows.identities.use({ issuer, subject, appId });
  const account = identity && (await rows.accounts.find(identity.accountId));
  if (!account) return undefined;
  if (account.blocked) return { outcome: 'account_blocked' };
  return { outcome: account.deletionDueAt ? 'account_leaving' : 'known', account };
}

/**
 * The account that an import has made of somebody whom the platform's own website calls by the same name as the import did (`external_id`). Both were
 * the operator's word, and so is that they mean one person.
 */
async function findImported(context: DomainContext, offer: IdentityOffer): Promise<OpenedAccount | undefined> {
  const { person, appId, isOwn } = offer;
  if (!isOwn || appId !== undefined) return undefined;
  const key = importKeyOf(person.subject);
  const accountId = (await context.rows.imports.known([key])).get(key)?.accountId;
  if (accountId === undefined || !(await linkIdentity(context, offer, accountId))) return undefined;
  return findAccount(context, offer);
}

async function newAccount(context: DomainContext, offer: IdentityOffer): Promise<OpenedAccount> {
  const { person, appId, upstream } = offer;
  const { issuer, subject } = person;
  const email = emailSchema.safeParse(person.email).data;
  const emailVerified = email !== undefined && person.emailVerified;
  if (emailVerified) {
    const isTaken = await context.rows.accounts.isVerified(email, appId);
    if (isTaken) return { outcome: 'address_known', email };
    // The operator believes this upstream about addresses, so this is a proof, from outside of all claims to it (invariant 17).
    for (const claims of await endOtherClaims(context, { email, scope: { appId } }, undefined))
      tellOfEndedClaims(context, claims);
  }
  try {
    const made = await inTransaction(context, async (part) => {
      const account = await part.rows.accounts.create({
        ...profileOf(person),
        ...(email !== undefined && { email }),
        emailVerified,
        ...(appId && { appId }),
      });
      const identity = { issuer, subject, appId, upstream, accountId: account.id, email };
      if (!(await part.rows.identities.create(identity))) throw new OpenedMeanwhileError();
      const ended = emailVerified ? await endOtherClaims(part, { email, scope: { appId } }, account.id) : [];
      return { account, ended };
    });
    for (const claims of made.ended) tellOfEndedClaims(context, claims);
    return { outcome: 'new', account: made.account };
  } catch (error) {
    if (error instanceof EmailTakenError && email !== undefined) return { outcome: 'address_known', email };
    // The same person in another window, a moment ago.
    const opened = error instanceof OpenedMeanwhileError ? await findAccount(context, offer) : undefined;
    if (opened) return opened;
    throw error;
  }
}

/** Undoes the transaction. */
class OpenedMeanwhileError extends Error {
  override name = 'OpenedMeanwhileError';
}

/** What can be shown of what it says; the rest is left out, and asked for where a shop needs it. */
function profileOf({ givenName, familyName, locale }: UpstreamPerson) {
  const names = {
    givenName: nameSchema.safeParse(givenName).data,
    familyName: nameSchema.safeParse(familyName).data,
    locale: localeField.told.locale.schema.safeParse(locale).data,
  };
  return Object.fromEntries(Object.entries(names).filter(([, value]) => value));
}

/**
 * Adds an identity to an account whose person has proven both, here and now.
 * @returns false when it opens another account already
 */
export async function linkIdentity(
  { rows }: Pick<DomainContext, 'rows'>,
  { upstream, person: { issuer, subject, email }, appId }: IdentityOffer,
  accountId: string,
): Promise<boolean> {
  const key = { issuer, subject, appId };
  const address = emailSchema.safeParse(email).data;
  if (await rows.identities.create({ ...key, upstream, accountId, email: address })) return true;
  return (await rows.identities.use(key))?.accountId === accountId;
}
