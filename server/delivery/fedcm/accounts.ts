import type { FastifyReply, FastifyRequest } from 'fastify';
import { accountClaims } from '../../domain/claims/claims.ts';
import type { Provider } from '../../engine/provider-types.ts';
import type { RealmContext } from '../../http/realm-context.ts';
import { FedcmError } from './fedcm-error.ts';
import { assertWebIdentity, signedInAccount } from './web-identity-request.ts';

/** GET accounts: who can be chosen, for the browser's eyes. A browser has one session with us, so there is one at most. */
export async function getAccounts(
  context: RealmContext,
  provider: Provider,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  assertWebIdentity(request);
  const signedIn = await signedInAccount(context, provider, request);
  if (!signedIn) throw new FedcmError('login_required', 'nobody is signed in');
  const { id } = signedIn.account;
  const { name, given_name: givenName, email, picture } = accountClaims(signedIn.account);
  const shops = await context.rows.connectedShops.list(id);
  return reply.send({
    accounts: [
      {
        id,
        name: name ?? email,
        email,
        given_name: givenName,
        picture,
        login_hints: [email],
        // For these the browser shows no disclosure again.
        approved_clients: shops.map(({ clientId }) => clientId),
      },
    ],
  });
}
