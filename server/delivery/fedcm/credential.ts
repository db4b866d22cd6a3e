import { type Claim, CREDENTIAL_ALG } from '@signup-with-platform/protocol';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { decodeJwt } from 'jose';
import { appOf } from '../../engine/clients.ts';
import { createAuthorizationContext, signIdToken } from '../../engine/engine-internals.ts';
import { findAccount } from '../../engine/find-account.ts';
import { ID_TOKEN_ALG_PARAMETER } from '../../engine/id-token-alg.ts';
import type { Provider } from '../../engine/provider-types.ts';
import { sessionIdFor } from '../../engine/session-id.ts';
import type { RealmContext } from '../../http/realm-context.ts';

export interface CredentialRequest {
  readonly clientId: string;
  readonly accountId: string;
  /** The session in which it is issued. */
  readonly sessionUid: string;
  readonly grantId: string;
  /** What was asked for. The credential contains what was granted of it. */
  readonly asked: readonly Claim[];
  readonly nonce: string;
  /** The page's origin: for the event log. */
  readonly origin: string;
}

/**
 * Issues a credential as the engine's authorization endpoint does (its lib/helpers/process_response_types.js), with the engine's own
 * models: same claims, same pairwise subject, same key, and the same event.
 * @throws Error when client, account or grant are gone: the caller has just read them
 */
export async function issueCredential(
  context: RealmContext,
  provider: Provider,
  { raw: request }: FastifyRequest,
  { raw: response }: FastifyReply,
  { clientId, accountId, sessionUid, grantId, asked, nonce, origin }: CredentialRequest,
): Promise<string> {
  const params = {
    client_id: clientId,
    nonce,
    redirect_uri: origin,
    response_type: 'id_token',
    [ID_TOKEN_ALG_PARAMETER]: CREDENTIAL_ALG,
  };
  const ctx = createAuthorizationContext(provider, request, response, params);
  const [client, account, grant] = await Promise.all([
    provider.Client.find(clientId),
    findAccount(context, ctx, accountId),
    provider.Grant.find(grantId),
  ]);
  if (!client || !account || !grant) throw new Error('client, account or grant are gone');
  ctx.oidc.entity('Client', client);
  ctx.oidc.entity('Account', account);
  ctx.oidc.entity('Grant', grant);

  const granted = grant.getOIDCClaimsFiltered(new Set(asked));
  const mask = Object.fromEntries(granted.map((claim) => [claim, null]));
  const rejected = grant.getRejectedOIDCClaims();
  const claims = await account.claims('id_token', 'openid', mask, rejected);
  const sid = appOf(client).backchannelLogoutUri === undefined ? undefined : sessionIdFor(sessionUid, clientId);
  const credential = await signIdToken(provider, ctx, { subject: accountId, nonce, claims, mask, rejected, sid });
  const { sub: userId } = decodeJwt(credential);
  if (sid !== undefined && userId !== undefined)
    await context.rows.sessions.noteClient(sessionUid, { clientId, userId });
  provider.emit('authorization.success', ctx, { id_token: credential });
  return credential;
}
