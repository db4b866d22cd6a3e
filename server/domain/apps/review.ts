import type { Environment } from '@signup-with-platform/protocol';
import type { AppEnvironment, NewEnvironment } from '../../storage/app-environments.ts';
import type { AppDetails, AppSettings, RequestedChanges } from '../../storage/apps.ts';
import { present } from '../../storage/present.ts';
import type { DomainContext } from '../context.ts';
import { needsProof, proofsFor } from './domain-proof.ts';
import { PAGES } from './settings.ts';

type Settings = DomainContext['config'];

const NOTHING_KNOWN = { origins: [], redirectUris: [], postLogoutRedirectUris: [], domains: [] };

/** What a new environment of a vendor's begins with: it waits for the operator, and for the proof of its address's domain. */
export function reviewOfNew(
  environment: Environment,
  { reviewsApps, publicUrl }: Pick<Settings, 'reviewsApps' | 'publicUrl'>,
  address: string,
): Pick<NewEnvironment, 'review' | 'domains'> {
  return {
    ...(environment === 'production' && reviewsApps && { review: 'pending' as const }),
    ...(needsProof(environment, publicUrl) && { domains: proofsFor(NOTHING_KNOWN, [address]) }),
  };
}

/**
 * Whether changes of what people see of an app wait for the operator: where real people see it. Before the environment is approved they need
 * not, because it is approved with what it shows then.
 */
export function holdsChanges(
  { reviewsApps }: Pick<Settings, 'reviewsApps'>,
  production: Pick<AppEnvironment, 'standing'> | undefined,
): boolean {
  return reviewsApps && production !== undefined && !isHeld(production);
}

/** What people do not see of an app, or see with each request. It needs no approval. */
type UnseenSettings = Pick<
  AppSettings,
  'fields' | 'credentialLifetimeSeconds' | 'idTokenAlg' | 'offlineAccess' | 'deviceFlow' | 'requireVerifiedEmail'
>;

/** Settings as they may be saved at once, and what the operator has to approve first; undefined when that is nothing. */
export function holdBack(
  details: AppDetails,
  wanted: AppSettings,
): { settings: AppSettings; requested: RequestedChanges | undefined } {
  const { name, homePageUri, privacyPolicyUri, termsUri, requested } = details;
  const shown = present<Omit<AppSettings, keyof UnseenSettings>>({
    name,
    homePageUri,
    privacyPolicyUri,
    termsUri,
  });
  const changes: RequestedChanges = { ...(requested?.logoUri !== undefined && { logoUri: requested.logoUri }) };
  if (wanted.name !== name) changes.name = wanted.name;
  for (const page of PAGES) if (wanted[page] !== details[page]) changes[page] = wanted[page] ?? null;
  const { fields, credentialLifetimeSeconds, idTokenAlg, offlineAccess, deviceFlow, requireVerifiedEmail } = wanted;
  const free = present<UnseenSettings>({
    fields,
    credentialLifetimeSeconds,
    idTokenAlg,
    offlineAccess,
    deviceFlow,
    requireVerifiedEmail,
  });
  return { settings: { ...shown, ...free }, requested: someOf(changes) };
}

/** @returns undefined when nothing is asked for */
export function someOf(changes: RequestedChanges): RequestedChanges | undefined {
  return Object.keys(changes).length > 0 ? changes : undefined;
}

/** Whether two requests ask for the same. */
export function asksForSame(one: RequestedChanges | undefined, other: RequestedChanges | undefined): boolean {
  const sorted = (changes: RequestedChanges = {}) => JSON.stringify(Object.entries(changes).sort());
  return sorted(one) === sorted(other);
}

/** Whether people see the same of an app. */
export function showsSame(details: AppDetails, settings: AppSettings): boolean {
  return details.name === settings.name && PAGES.every((page) => details[page] === settings[page]);
}

/** Whether an environment waits for the operator's approval, or has not got it. */
export function isHeld({ standing }: Pick<AppEnvironment, 'standing'>): boolean {
  return standing === 'pending' || standing === 'declined';
}
