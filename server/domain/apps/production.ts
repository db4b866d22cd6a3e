import type { Account } from '../../storage/accounts.ts';
import type { AppDetails } from '../../storage/apps.ts';
import { assertPublic } from './addresses.ts';
import { addressProblem } from './settings.ts';

/** What an app still needs before it can go to production. */
export type ProductionNeed = 'verified_email' | 'privacy_policy';

/**
 * Production needs an owner who can be reached and a privacy policy that people can read.
 * @param account the person who adds the production environment
 */
export function productionNeeds(
  account: Pick<Account, 'email' | 'emailVerified'>,
  { privacyPolicyUri }: Pick<AppDetails, 'privacyPolicyUri'>,
): ProductionNeed[] {
  const needs: ProductionNeed[] = [];
  if (!account.email || !account.emailVerified) needs.push('verified_email');
  if (!privacyPolicyUri || addressProblem(() => assertPublic(privacyPolicyUri))) needs.push('privacy_policy');
  return needs;
}
