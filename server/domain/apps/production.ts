import type { Account } from '../../storage/accounts.ts';
import type { AppDetails } from '../../storage/apps.ts';
import { assertPublic } from './addresses.ts';
import { addressProblem } from './settings.ts';

/** What stands between an app and real people. */
export type ProductionNeed = 'verified_email' | 'privacy_policy';

/** Somebody answers for the app, and says what becomes of people's data. @param account who adds production */
export function productionNeeds(
  account: Pick<Account, 'email' | 'emailVerified'>,
  { privacyPolicyUri }: Pick<AppDetails, 'privacyPolicyUri'>,
): ProductionNeed[] {
  const needs: ProductionNeed[] = [];
  if (!account.email || !account.emailVerified) needs.push('verified_email');
  if (!privacyPolicyUri || addressProblem(() => assertPublic(privacyPolicyUri))) needs.push('privacy_policy');
  return needs;
}
