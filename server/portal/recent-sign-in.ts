import { asksForSecondFactor } from '../engine/second-factor.ts';
import { hasTwoFactors } from '../engine/sign-in-methods.ts';
import type { AppEnvironment } from '../storage/app-environments.ts';
import type { PersonCall, PortalRoute } from './route.ts';

const MINUTE_MS = 60 * 1000;
/** How old a recent sign-in may be. A form may be sent for a while longer than its page is shown, because filling it in takes time. */
export const RECENT_SIGN_IN_MAX_AGE_MS = { page: 10 * MINUTE_MS, form: 20 * MINUTE_MS } as const;

/** Whether a route needs a recent sign-in. Where no environment is known, `in production` needs one too, so that a mistake is a safe one. */
export function needsRecentSignIn(
  { recentSignIn = false }: Pick<PortalRoute, 'recentSignIn'>,
  environment: Pick<AppEnvironment, 'environment'> | undefined,
): boolean {
  if (recentSignIn !== 'in production') return recentSignIn;
  return environment === undefined || environment.environment === 'production';
}

/** Whether the person has proven who they are recently enough to see such a page, or to send its form. */
export function isRecent(
  { session }: Pick<PersonCall, 'session'>,
  what: keyof typeof RECENT_SIGN_IN_MAX_AGE_MS,
): boolean {
  const { signedInAt } = session;
  return signedInAt !== undefined && Date.now() - signedInAt.getTime() < RECENT_SIGN_IN_MAX_AGE_MS[what];
}

/** Says of a sign-in that its person has given the second factor, where `amr` cannot: of another login it does not know what that was. */
export const SECOND_FACTOR_GIVEN = 'SecondFactorGiven';

/** Names a sign-in, of which a session may have several: what was given in an earlier one is not given in the latest. */
export function signInOf({ session: { uid, signedInAt } }: Pick<PersonCall, 'session'>): string {
  return `${uid} ${signedInAt?.getTime()}`;
}

/**
 * Whether the account has a second factor that was not given in this session, as in a browser that its person trusts. What needs a recent sign-in
 * needs that, too: a password alone is to change nothing that matters.
 */
export async function lacksSecondFactor({ account, context, request, session }: PersonCall): Promise<boolean> {
  if (hasTwoFactors(session.authentication)) return false;
  if (!(await asksForSecondFactor(context, request, account, { methods: [], insists: true }))) return false;
  return (await context.rows.oidcRecords.find(SECOND_FACTOR_GIVEN, signInOf({ session }))) === undefined;
}
