import { CREDENTIAL_ALG, type ResponseMessage } from '@signup-with-platform/protocol';
import { isOfPlatform } from '../../domain/apps/addresses.ts';
import { ID_TOKEN_ALG_PARAMETER } from '../../engine/id-token-alg.ts';
import { PROVIDER_ROUTES } from '../../engine/provider-routes.ts';
import { withFragment } from '../../http/add-parameters.ts';
import type { RealmContext } from '../../http/realm-context.ts';
import type { AppEnvironment } from '../../storage/app-environments.ts';

/**
 * Where the last page goes when the page that opened it is out of reach (a Cross-Origin-Opener-Policy): to the vendor's own page at the
 * redirect URI, with the response in the fragment. An address never contains a credential: instead, the same request is made again for
 * a code, which needs no further answer from the person and which only the page that began can redeem (PKCE).
 *
 * @param params of the authorization request. None of them is trusted, because an answer that refuses `relay_uri` comes here as well
 * @returns undefined when the request named no page that is registered (RFC 9700 section 4.11)
 */
export function relayTarget(
  { issuer }: Pick<RealmContext, 'issuer'>,
  { redirectUris }: Pick<AppEnvironment, 'redirectUris'>,
  params: Readonly<Record<string, unknown>>,
  message: ResponseMessage,
): string | undefined {
  const { relay_uri: uri } = params;
  if (typeof uri !== 'string' || !redirectUris.includes(uri)) return undefined;
  if (isOfPlatform(uri, new URL(issuer).origin)) return undefined;
  if (message.credential === undefined) return inFragment(uri, message);
  const query = new URLSearchParams({
    response_type: 'code',
    response_mode: 'fragment',
    redirect_uri: uri,
    prompt: 'none',
    [ID_TOKEN_ALG_PARAMETER]: CREDENTIAL_ALG,
  });
  for (const name of ['client_id', 'scope', 'state', 'nonce', 'claims', 'code_challenge', 'code_challenge_method'])
    if (typeof params[name] === 'string') query.set(name, params[name]);
  return `${issuer}${PROVIDER_ROUTES.authorization}?${query}`;
}

/** The address of a vendor's page with a response in it that is no secret: a code, or an error. */
export function inFragment(uri: string, { type: _type, ...response }: ResponseMessage): string {
  return withFragment(uri, { ...response });
}
