import type { FastifyRequest } from 'fastify';
import { sessionUidOf } from '../../engine/fedcm-cookie.ts';
import type { Provider } from '../../engine/provider-types.ts';
import type { RealmContext } from '../../http/realm-context.ts';
import type { Account } from '../../storage/accounts.ts';
import type { AppEnvironment } from '../../storage/app-environments.ts';
import { FedcmError } from './fedcm-error.ts';

/**
 * Makes sure that the browser itself asks and not a script, because scripts cannot set a header whose name begins with Sec- (Fetch section
 * 2.2.2). That makes it safe to read a cookie that is sent across sites.
 * @throws FedcmError `invalid_request`
 */
export function assertWebIdentity(request: FastifyRequest): void {
  if (request.headers['sec-fetch-dest'] !== 'webidentity')
    throw new FedcmError('invalid_request', 'only a browser may ask this, with Sec-Fetch-Dest: webidentity');
}

/** Who is signed in, in the browser that asks, and may share something. */
export async function signedInAccount(
  context: RealmContext,
  provider: Provider,
  request: FastifyRequest,
): Promise<{ account: Account; session: InstanceType<Provider['Session']> } | undefined> {
  const uid = sessionUidOf(context, request.cookies);
  const session = uid === undefined ? undefined : await provider.Session.findByUid(uid);
  const account = session?.accountId === undefined ? undefined : await context.rows.accounts.find(session.accountId);
  return session && account && !account.blocked && !account.deletionDueAt ? { account, session } : undefined;
}

/**
 * The app that a page asks for. We have to check that the page belongs to the app, because the browser knows nothing about client IDs.
 * @throws FedcmError `unauthorized_client` when there is no such app in this realm, it is disabled, or the origin is not one of its own
 */
export async function askingApp(
  { storage, realm }: RealmContext,
  clientId: string,
  origin: string | undefined,
): Promise<AppEnvironment> {
  const app = await storage.appEnvironments.findByClientId(clientId);
  if (!app || app.realm !== realm)
    throw new FedcmError('unauthorized_client', 'no app of this realm has the client_id');
  if (app.disabled) throw new FedcmError('unauthorized_client', 'the app is disabled');
  if (origin === undefined || !app.origins.includes(origin))
    throw new FedcmError('unauthorized_client', `the origin ${origin} is not registered for the app`);
  return app;
}
