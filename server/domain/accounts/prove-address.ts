import { type Account, type AddressScope, EmailTakenError, emailKey } from '../../storage/accounts.ts';
import type { EndedClaims } from '../../storage/erase-account.ts';
import { type DomainContext, inTransaction } from '../context.ts';
import { auditEndedClaims, tellOfEndedClaims } from './first-proof.ts';

/** Two proofs of one address at the same moment: the second finds the account of the first. */
const MAX_ATTEMPTS = 3;

export interface AddressProof {
  email: string;
  /** Among whose accounts: in the sandbox, those of an app or of none. */
  scope: AddressScope;
  /** The account that is open in this browser: signed in to, or with its own password in this very sign-in. */
  within: Account | undefined;
  /** BCP 47, of a new account. */
  locale?: string | undefined;
  /** Uses up what proves it. @returns false when that has been used */
  consume: (part: DomainContext) => Promise<boolean>;
}

export interface ProvenAccount {
  account: Account;
  /** Nobody had the address, so that the account was made. */
  isNew: boolean;
}

/**
 * What follows when somebody proves to read the mail of an address, from where they are about to sign in. Exactly one account has the address
 * then: the one that has verified it; else the claim that is open in this browser; else a new one. All other claims to it end, because nobody
 * can tell whose they were (invariant 17). Nothing of one account is given to another.
 *
 * Anybody may have made thousands of claims. So most of them end before the proof is used up, a bounded number at once; whoever is
 * interrupted there still has their proof.
 * @returns undefined when the proof has been used
 */
export async function proveAddress(context: DomainContext, proof: AddressProof): Promise<ProvenAccount | undefined> {
  const kept = (await verifiedHere(context, proof)) ?? openClaim(proof);
  for (const claims of await endOtherClaims(context, proof, kept?.id)) tellOfEndedClaims(context, claims);
  for (let attempt = 1; ; attempt += 1) {
    try {
      const settled = await inTransaction(context, (part) => settle(part, proof));
      for (const claims of settled?.ended ?? []) tellOfEndedClaims(context, claims);
      return settled?.proven;
    } catch (error) {
      if (attempt >= MAX_ATTEMPTS || !(error instanceof EmailTakenError)) throw error;
    }
  }
}

async function settle(
  part: DomainContext,
  proof: AddressProof,
): Promise<{ proven: ProvenAccount; ended: EndedClaims[] } | undefined> {
  if (!(await proof.consume(part))) return undefined;
  const proven = await ownerOf(part, proof);
  return { proven, ended: await endOtherClaims(part, proof, proven.account.id) };
}

async function ownerOf(part: DomainContext, proof: AddressProof): Promise<ProvenAccount> {
  const { accounts } = part.rows;
  const { email, scope, locale } = proof;
  const verified = await verifiedHere(part, proof);
  if (verified) return { account: verified, isNew: false };
  const open = openClaim(proof);
  const claim = open && (await accounts.find(open.id));
  if (claim && openClaim({ ...proof, within: claim })) {
    if (claim.email === undefined) await accounts.changeEmail(claim.id, email);
    else await accounts.markEmailVerified(claim.id, email);
    return { account: { ...claim, email, emailVerified: true }, isNew: false };
  }
  const { appId } = scope;
  const account = await accounts.create({
    email,
    emailVerified: true,
    ...(locale && { locale }),
    ...(appId && { appId }),
  });
  return { account, isNew: true };
}

async function verifiedHere({ rows }: DomainContext, { email, scope }: AddressProof): Promise<Account | undefined> {
  const account = await rows.accounts.findVerified(email, scope);
  return account && isHere(account, scope) ? account : undefined;
}

/** The claim that is open in this browser, if it may become the account; or an account without an address, which gets it. */
function openClaim({ within, email, scope }: AddressProof): Account | undefined {
  if (!within || within.emailVerified || within.blocked || within.deletionDueAt) return undefined;
  const isShared = within.persona !== undefined && within.browserHash === undefined;
  const isFree = within.email === undefined && within.persona === undefined;
  const isClaim = within.email !== undefined && emailKey(within.email) === emailKey(email);
  return !isShared && (isFree || isClaim) && isHere(within, scope) ? within : undefined;
}

/** Test people are everywhere in the sandbox. */
function isHere({ persona, appId }: Account, scope: AddressScope): boolean {
  return persona !== undefined || appId === scope.appId;
}

/** Ends all claims to an address but one, however many there are. */
export async function endOtherClaims(
  context: DomainContext,
  { email, scope: { appId } }: Pick<AddressProof, 'email' | 'scope'>,
  except: string | undefined,
): Promise<EndedClaims[]> {
  const all: EndedClaims[] = [];
  for (;;) {
    const claims = await context.rows.accountDeletion.endClaims({ email, appId, except });
    if (claims.ended.length === 0) return all;
    await auditEndedClaims(context, claims, except);
    all.push(claims);
  }
}
