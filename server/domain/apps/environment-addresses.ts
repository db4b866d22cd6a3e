import type { Environment } from '@signup-with-platform/protocol';
import { isInPrivateNetwork } from '../../outbound/private-network.ts';
import { isLoopback } from '../../outbound/public-address.ts';
import { AddressError, type AddressProblem, assertPublic } from './addresses.ts';
import { parseOrigin, parseRedirectUri, parseSignupEndpoint } from './origins.ts';

/** Of one environment, of each kind. */
export const MAX_ADDRESSES = 50;

/** What an environment may have several of. */
export type AddressList = 'origins' | 'redirectUris';

export type ListProblem = AddressProblem | 'required' | 'known' | 'too_many';

/** Refused, with what to write instead where that is known. */
export interface Refusal<Problem> {
  problem: Problem;
  remedy?: string | undefined;
}

const PARSE: Readonly<Record<AddressList, (text: string) => string>> = {
  origins: parseOrigin,
  redirectUris: parseRedirectUri,
};

/** Whether an address may join those that an environment has. @param text without white space around it */
export function checkNewAddress(
  list: AddressList,
  environment: Environment,
  known: readonly string[],
  text: string,
): Refusal<ListProblem> | undefined {
  if (text === '') return { problem: 'required' };
  if (known.includes(text)) return { problem: 'known' };
  if (known.length >= MAX_ADDRESSES) return { problem: 'too_many' };
  return refusalOf(() => {
    PARSE[list](text);
    if (environment === 'production') assertPublic(text);
  });
}

/**
 * Whether the platform may send new users there. A loopback address is the platform's own machine, not the vendor's: it is the same one
 * only while the platform itself is a developer's.
 * @param publicUrl the platform's. @param resolve default: as the operating system does
 */
export async function checkSignupEndpoint(
  environment: Environment,
  publicUrl: string,
  text: string,
  resolve?: Parameters<typeof isInPrivateNetwork>[1],
): Promise<Refusal<AddressProblem | 'required'> | undefined> {
  if (text === '') return { problem: 'required' };
  const isDevelopers = isLoopback(new URL(publicUrl));
  const refusal = refusalOf(() => {
    parseSignupEndpoint(text);
    const isOnOneMachine = isDevelopers && isLoopback(new URL(text));
    if (environment === 'production' || !isOnOneMachine) assertPublic(text);
  });
  if (refusal || isDevelopers) return refusal;
  return (await isInPrivateNetwork(new URL(text), resolve)) ? { problem: 'private_network' } : undefined;
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
