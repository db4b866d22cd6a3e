import { type Environment, isClaimed } from '@signup-with-platform/protocol';
import { isLoopbackHost } from '../../../process/loopback.ts';
import { addressesBeside } from '../../outbound/public-address.ts';
import type { AppEnvironment } from '../../storage/app-environments.ts';
import { AddressError, type AddressProblem, assertNotOfPlatform, assertPublic } from './addresses.ts';
import { parseNativeRedirectUri } from './native-redirect-uri.ts';
import { parseBackchannelLogoutUri, parseOrigin, parseRedirectUri, parseSignupEndpoint } from './origins.ts';

/** Per environment and list. */
export const MAX_ADDRESSES = 50;

/** The lists of addresses that an environment has. */
export type AddressList = 'origins' | 'redirectUris' | 'postLogoutRedirectUris';

export type ListProblem = AddressProblem | 'required' | 'known' | 'too_many';

/** Why an address is refused, and the corrected address where it is known. */
export interface Refusal<Problem> {
  problem: Problem;
  remedy?: string | undefined;
}

const PARSE: Readonly<Record<AddressList, (text: string) => string>> = {
  origins: parseOrigin,
  redirectUris: parseRedirectUri,
  postLogoutRedirectUris: parseRedirectUri,
};

/** Where an environment is, and of what kind its app is. */
export type Place = Pick<AppEnvironment, 'environment' | 'kind'>;

/**
 * Checks an address that is to be added to an environment's list.
 * @param publicUrl of the platform
 * @param text trimmed
 * @returns undefined when it is fine
 */
export function checkNewAddress(
  list: AddressList,
  { environment, kind }: Place,
  publicUrl: string,
  known: readonly string[],
  text: string,
): Refusal<ListProblem> | undefined {
  if (text === '') return { problem: 'required' };
  if (known.includes(text)) return { problem: 'known' };
  if (known.length >= MAX_ADDRESSES) return { problem: 'too_many' };
  return refusalOf(() => {
    if (kind === 'native') parseNativeRedirectUri(text);
    else PARSE[list](text);
    assertNotOfPlatform(text, publicUrl);
    if (environment === 'production' && (kind === 'web' || isClaimed(text))) assertPublic(text);
  });
}

/** The kinds of addresses that the platform itself calls. */
const PARSE_CALLED = { signupEndpoint: parseSignupEndpoint, backchannelLogoutUri: parseBackchannelLogoutUri } as const;

/**
 * Checks an address that the platform calls, as it is written. Where its name leads is judged whenever it is called
 * (`outbound/guarded-call.ts`): names change, and an answer here would tell which names a private network knows.
 * @param publicUrl of the platform
 */
export function checkCalledAddress(
  kind: keyof typeof PARSE_CALLED,
  environment: Environment,
  publicUrl: string,
  text: string,
): Refusal<AddressProblem | 'required'> | undefined {
  if (text === '') return { problem: 'required' };
  return refusalOf(() => {
    PARSE_CALLED[kind](text);
    if (
      environment !== 'localhost' ||
      addressesBeside(publicUrl) === 'public' ||
      !isLoopbackHost(new URL(text).hostname)
    )
      assertPublic(text);
  });
}

function refusalOf(check: () => void): Refusal<AddressProblem> | undefined {
  try {
    check();
    return undefined;
  } catch (error) {
    if (error instanceof AddressError) return { problem: error.problem, remedy: error.remedy };
    throw error;
  }
}
