import { type AdapterPayload, type Client, errors, type KoaContextWithOIDC } from 'oidc-provider';
import { currentRequest } from './engine-internals.ts';

/** The response modes in which a code goes to the vendor's server, which has a secret. The default mode of a code is `query`. */
const TO_A_SERVER: ReadonlySet<unknown> = new Set([undefined, 'query', 'form_post']);

/**
 * Whether an authorization request has to have a challenge (RFC 7636). A client that does not authenticate has nothing else that proves that it
 * began the flow, so it has to (RFC 9700 section 2.1.1). One client id serves the vendor's backend and its pages, so what tells is where
 * the code goes: a message or a fragment reaches a page, which has no secret. Every other client may protect itself by its secret, and
 * by `nonce` against a code that was put under it.
 */
export function requiresChallenge({ oidc }: KoaContextWithOIDC, client: Client): boolean {
  return client.clientAuthMethod === 'none' || !TO_A_SERVER.has(oidc.params?.['response_mode']);
}

/**
 * Refuses a code that was issued without a challenge to whoever has no secret, because nothing tells such a client from a thief of the
 * code. The code stays usable for the client that has it. @throws InvalidGrant
 */
export function assertRedeemable({ codeChallenge }: AdapterPayload): void {
  const client = currentRequest()?.oidc.client;
  if (codeChallenge === undefined && client?.clientAuthMethod === 'none')
    throw new errors.InvalidGrant('a code that was issued without code_challenge is redeemed with the client secret');
}
