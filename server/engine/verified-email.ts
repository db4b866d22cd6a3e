import type { RealmContext } from '../http/realm-context.ts';
import type { Account } from '../storage/accounts.ts';
import type { AppEnvironment } from '../storage/app-environments.ts';

type Configured = { readonly config: Pick<RealmContext['config'], 'emailVerification'> };
type App = Pick<AppEnvironment, 'requireVerifiedEmail'>;

/** Whether nobody signs in to an app whose address is not confirmed: the app wants it, or the operator for all. */
export function requiresVerifiedEmail({ config }: Configured, { requireVerifiedEmail }: App): boolean {
  return requireVerifiedEmail || config.emailVerification === 'required';
}

/**
 * Whether somebody has to confirm their address before they go on to an app. An account that came by another login may have none yet; a test
 * person may do without.
 */
export function lacksVerifiedEmail(
  configured: Configured,
  app: App,
  { email, emailVerified, persona }: Pick<Account, 'email' | 'emailVerified' | 'persona'>,
): boolean {
  const isExempt = email === undefined && persona !== undefined;
  return !emailVerified && !isExempt && requiresVerifiedEmail(configured, app);
}
