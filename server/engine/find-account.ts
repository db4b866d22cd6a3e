import type { Claim } from '@signup-with-platform/protocol';
import type { Account, KoaContextWithOIDC } from 'oidc-provider';
import type { FieldCatalogue } from '../domain/claims/catalogue.ts';
import { priorConsent } from '../domain/consent/consent-request.ts';
import { registeredClaims } from '../domain/consent/registered-claims.ts';
import { fieldsOf } from '../domain/disclosures/disclosure-recorder.ts';
import type { RealmContext } from '../http/realm-context.ts';
import { belongsTo } from '../storage/accounts.ts';
import { randomId } from '../storage/ids.ts';
import type { User } from '../storage/users.ts';
import { appOf } from './clients.ts';
import { ACCOUNT_PROPERTY } from './interaction-policy.ts';
import { isFirstCredential } from './new-user.ts';

/** The user that the claims of an account are about. */
const USER = Symbol('user');

interface FoundAccount extends Account {
  [USER]?: User | undefined;
}

/**
 * Finds the account that may get a credential. Blocked accounts, and accounts that wait for deletion, are not found. Neither is, for a session,
 * an account of the sandbox that belongs to another app than the one that asks: it signs in as somebody else there.
 * @param source the code or token by which the account is looked up; undefined for a session
 */
export async function findAccount(
  context: RealmContext,
  ctx: KoaContextWithOIDC,
  id: string,
  source?: object,
): Promise<Account | undefined> {
  const { rows, disclosures, fields } = context;
  const account = await rows.accounts.find(id);
  if (!account || account.blocked || account.deletionDueAt) return undefined;
  const { client: asking } = ctx.oidc;
  if (!source && asking && !belongsTo(account, appOf(asking).appId)) return undefined;
  const found: FoundAccount = {
    accountId: id,
    [ACCOUNT_PROPERTY]: account,
    claims: async (use, scope, asked, declined) => {
      const { client } = ctx.oidc;
      if (!client) throw new Error('claims were requested without a client');
      const app = appOf(client);
      const registered = registeredClaims(app, fields);
      // The engine takes a granted scope for all of its claims, also for those that nobody has been asked about yet.
      const { granted } = priorConsent(ctx.oidc.entities.Grant ?? {});
      const claims = Object.fromEntries(
        Object.entries(fields.claimsOfAccount(account)).filter(
          ([claim]) => fields.has(claim) && registered.has(claim) && granted.has(claim),
        ),
      );
      const user = await rows.users.findByAccount(client.clientId, id);
      found[USER] = user;
      const told = toldClaims(claims, scope, asked, declined, fields);
      if (use !== 'id_token') {
        if (user) disclosures.read(user.id, fieldsOf(told));
        return { sub: id, ...claims };
      }
      if (user) disclosures.received(user.id, fieldsOf(told));
      const isNewUser = user !== undefined && (await isFirstCredential(context, ctx, user));
      return { sub: id, ...claims, jti: randomId(), environment: app.environment, is_new_user: isNewUser };
    },
  };
  return found;
}

/** As whom a client knows an account. Before consent there is no user yet, so the subject is a random one that matches no user. */
export async function subjectOf(
  { rows }: Pick<RealmContext, 'rows'>,
  { oidc }: KoaContextWithOIDC,
  { accountId, clientId }: { accountId: string; clientId: string },
): Promise<string> {
  const account: FoundAccount | undefined = oidc.account;
  const told = account?.[USER];
  const isThisOne = told?.accountId === accountId && told.clientId === clientId;
  const user = isThisOne ? told : await rows.users.findByAccount(clientId, accountId);
  return user?.id ?? randomId();
}

/** The available claims that the engine will put into the token. Same rule as the engine's own (its lib/helpers/claims.js). */
function toldClaims(
  available: object,
  scope: string,
  asked: object,
  declined: readonly string[],
  fields: FieldCatalogue,
): Claim[] {
  const ofScopes = scope.split(' ').flatMap((one) => fields.claimsOfScope(one));
  const wanted = new Set<string>([...ofScopes, ...Object.keys(asked)]);
  return (Object.keys(available) as Claim[]).filter((claim) => wanted.has(claim) && !declined.includes(claim));
}
