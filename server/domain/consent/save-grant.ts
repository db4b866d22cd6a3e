import type { Claim } from '@signup-with-platform/protocol';
import type { Account } from '../../storage/accounts.ts';
import { type Grant, GrantExistsError } from '../../storage/grants.ts';
import type { RealmStorage } from '../../storage/index.ts';
import { type Agreement, agreeTo } from './agree-to.ts';
import { priorConsent } from './consent-request.ts';

/** Makes the grant of a first consent: the protocol engine's model of one, which it keeps like all of its own. */
export interface GrantMaker {
  readonly Grant: new (grant: { accountId: string; clientId: string }) => { save(): Promise<unknown> };
}

/**
 * Adds to what was agreed before. The latest word on a claim counts: another window that agrees at the same moment adds its own, and what
 * was withdrawn since `known` was read stays withdrawn.
 * @param known what there was when the person was asked; undefined when there was nothing
 * @returns false when something has been withdrawn of which the decision did not know: then nothing is kept
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
    // Another change came first. It succeeded, so this ends after as many rounds as there are changes.
    const now = await grants.findFor(clientId, account.id);
    if (isWithdrawn(known, now, agreement.granted)) return false;
    current = now;
  }
}

/** Whether less is shared than was known, or something has been declined meanwhile that is to be granted. */
function isWithdrawn(known: Grant | undefined, now: Grant | undefined, granted: readonly Claim[]): boolean {
  if (!now) return true;
  const [earlier, later] = [priorConsent(known?.payload ?? {}), priorConsent(now.payload)];
  return (
    [...earlier.granted].some((claim) => !later.granted.has(claim)) ||
    granted.some((claim) => later.declined.has(claim) && !earlier.declined.has(claim))
  );
}
