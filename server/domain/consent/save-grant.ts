import type { Claim } from '@signup-with-platform/protocol';
import type { Account } from '../../storage/accounts.ts';
import { type Grant, GrantExistsError } from '../../storage/grants.ts';
import type { RealmStorage } from '../../storage/index.ts';
import { type Agreement, agreeTo } from './agree-to.ts';
import { priorConsent } from './consent-request.ts';

/** Creates the grant of a first consent. The protocol engine implements it, because a grant is one of its models. */
export interface GrantMaker {
  readonly Grant: new (grant: { accountId: string; clientId: string }) => { save(): Promise<unknown> };
}

/**
 * Saves a decision by adding it to the existing grant. Concurrent decisions are merged, and claims that were withdrawn since `known` was
 * read stay withdrawn.
 * @param known the grant when the person was asked; undefined when there was none
 * @returns false, without saving, when claims have been withdrawn since the person was asked
 */
export async function saveGrant(
  { context, provider }: { context: { readonly rows: Pick<RealmStorage, 'grants'> }; provider: GrantMaker },
  clientId: string,
  { account, known }: { account: Pick<Account, 'id'>; known: Grant | undefined },
  agreement: Agreement,
): Promise<boolean> {
  const { grants } = context.rows;
  let current = known;
  for (;;) {
    if (current) {
      if (await grants.replace(current, { ...current.payload, ...agreeTo(current.payload, agreement) })) return true;
    } else {
      const grant = new provider.Grant({ accountId: account.id, clientId });
      Object.assign(grant, agreeTo({}, agreement));
      try {
        await grant.save();
        return true;
      } catch (error) {
        if (!(error instanceof GrantExistsError)) throw error;
      }
    }
    // Another change won. Each round means that one other change succeeded, so the loop ends.
    const now = await grants.findFor(clientId, account.id);
    if (isWithdrawn(known, now, agreement.granted)) return false;
    current = now;
  }
}

/** Whether a claim that was granted no longer is, or a claim that is to be granted has been declined since. */
function isWithdrawn(known: Grant | undefined, now: Grant | undefined, granted: readonly Claim[]): boolean {
  if (!now) return true;
  const [earlier, later] = [priorConsent(known?.payload ?? {}), priorConsent(now.payload)];
  return (
    [...earlier.granted].some((claim) => !later.granted.has(claim)) ||
    granted.some((claim) => later.declined.has(claim) && !earlier.declined.has(claim))
  );
}
