import type { send } from './request.ts';
import type { SignupFailure } from './signup-flow.ts';

/**
 * Redeems a code for the credential, as a public client with PKCE (RFC 7636, RFC 9700 section 2.1.1). Because of that, no credential is
 * ever part of an address.
 *
 * @param post asks the platform
 * @param issuer must have been checked
 * @throws SignupFailure `keys_unavailable` when the platform cannot be asked, `invalid_credential` when it refuses
 */
export async function redeemCode(
  post: typeof send,
  issuer: string,
  parameters: { clientId: string; code: string; verifier: string; redirectUri: string },
): Promise<string> {
  const { clientId, code, verifier, redirectUri } = parameters;
  const body = new URLSearchParams({
    grant_type: 'authorization_code',
    client_id: clientId,
    code,
    code_verifier: verifier,
    redirect_uri: redirectUri,
  });
  // Not asked twice, because a code works once.
  const response = await post('POST', `${issuer}/token`, body).catch(() => undefined);
  if (!response)
    throw failure('keys_unavailable', 'The platform could not be asked to redeem the code. Does connect-src allow it?');
  const answer = (await response.json().catch(() => ({}))) as { id_token?: unknown; error_description?: unknown };
  if (typeof answer.id_token === 'string') return answer.id_token;
  throw failure('invalid_credential', `The platform did not redeem the code: ${String(answer.error_description)}`);
}

function failure(code: SignupFailure['code'], message: string): SignupFailure {
  return { code, message };
}
