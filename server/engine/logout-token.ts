import type { EndedSession } from '../storage/session-clients.ts';
import type { Engine } from './engine.ts';
import { signLogoutToken } from './engine-internals.ts';
import { sessionIdFor } from './session-id.ts';

/**
 * Signs the token that tells a vendor's backend that a session has ended (OpenID Connect Back-Channel Logout 1.0 section 2.4), with the
 * algorithm and the key of the ID tokens that the backend gets.
 * @returns undefined when there is no such client in the engine's realm (any more)
 */
export async function logoutTokenFor(engine: Engine, ended: EndedSession): Promise<string | undefined> {
  const { provider } = engine;
  const client = await provider.Client.find(ended.clientId);
  if (!client) return undefined;
  return signLogoutToken(provider, client, {
    subject: ended.userId,
    sid: sessionIdFor(ended.session, ended.clientId),
  });
}
