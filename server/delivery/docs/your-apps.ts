import { issuerOf, realmOf } from '@signup-with-platform/protocol';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from '../../config.ts';
import { isWebOrigin } from '../../pages/uris.ts';
import type { Storage } from '../../storage/index.ts';

/** More than anybody works on; it bounds the answer. */
const MAX_APPS = 50;

export interface YourAppsContext {
  config: Pick<Config, 'publicUrl'>;
  storage: Pick<Storage, 'apps' | 'appEnvironments'>;
  /** @returns the account that the browser is signed in to, in production */
  signedIn(request: FastifyRequest, reply: FastifyReply): Promise<string | undefined>;
}

/**
 * GET /docs/your-apps: what the examples of the documentation are filled in with. Nothing of it is secret, but it says whose it is, so it is kept
 * nowhere, and only pages of this origin can read it.
 */
export async function getYourApps(
  { config, storage, signedIn }: YourAppsContext,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  reply.header('cache-control', 'no-store');
  const accountId = await signedIn(request, reply);
  if (accountId === undefined) return reply.send({ signed_in: false, apps: [] });
  const own = (await storage.apps.listFor(accountId)).filter(({ disabled }) => !disabled).slice(0, MAX_APPS);
  const environments = await Promise.all(own.map(({ id }) => storage.appEnvironments.list(id)));
  const apps = environments.flat().map(({ name, environment, clientId, origins, waiting }) => ({
    name,
    environment,
    client_id: clientId,
    issuer: issuerOf(config.publicUrl, realmOf(environment)),
    // An earlier version registered others, which are not fit to be printed in a program.
    origin: [...origins, ...waiting.origins].find(isWebOrigin),
  }));
  return reply.send({ signed_in: true, apps });
}
