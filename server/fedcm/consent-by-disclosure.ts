import type { Claim, Field } from '@signup-with-platform/protocol';
import type { FastifyRequest } from 'fastify';
import type Provider from 'oidc-provider';
import type { ConsentRequest } from '../openid/consent-request.ts';
import { saveGrant } from '../popup/consent.ts';
import { isAnswerable, shownValue } from '../popup/consent-model.ts';
import type { RealmContext } from '../realm.ts';
import type { Account } from '../storage/accounts.ts';
import type { AppEnvironment } from '../storage/apps.ts';

/** What the browser's dialog shows of an account, value by value, and names in its words on what will be shared. */
const DISCLOSABLE: ReadonlySet<Field> = new Set(['name', 'email', 'picture']);

type Open = ConsentRequest['open'];

/** What a person still has to be asked; of what the account knows no answer to, and nobody could give one, there is no question. */
export function questionsOf(account: Account, open: Open): Open {
  return open.filter(({ field, claims }) => isAnswerable(account, field, claims));
}

/**
 * Whether what the browser said, and the person went on after, is as good as our own consent page. It is where our page could have offered
 * nothing else: each open field is one that the browser named and showed, that the account has a value for, and that the app requires
 * (an optional one can be unticked, and only our page has the tick); and no endpoint of the vendor's has a say in it.
 */
export async function isCoveredByDisclosure(
  { storage }: RealmContext,
  app: AppEnvironment,
  account: Account,
  open: Open,
  disclosed: ReadonlySet<Field>,
): Promise<boolean> {
  const covered = open.every(
    ({ field, required, claims }) =>
      required &&
      DISCLOSABLE.has(field) &&
      disclosed.has(field) &&
      shownValue(account, field, claims) !== undefined &&
      (field !== 'email' || account.emailVerified),
  );
  return covered && (await storage.apps.findSignupEndpoint(app.clientId)) === undefined;
}

/** Keeps a consent that was given in the browser's dialog, as one from our page is kept: user, grant, event, audit log. */
export async function consentByDisclosure(
  context: RealmContext,
  provider: Provider,
  request: FastifyRequest,
  app: AppEnvironment,
  account: Account,
  open: Open,
): Promise<void> {
  const claims: Claim[] = open.flatMap((question) => question.claims);
  const shared = open.map(({ field }) => field);
  const user = await context.rows.users.ensure(app.clientId, account.id);
  await saveGrant({ context, provider, app, interaction: { params: { scope: 'openid' } } }, { account }, claims, []);
  const detail = { shared, declined: [] };
  context.events.record(app.clientId, {
    kind: 'popup.consent_given',
    requestId: request.id,
    userId: user.id,
    detail,
  });
  await context.storage.auditLog.append({
    realm: context.realm,
    act: 'consent.given',
    actor: `account:${account.id}`,
    subject: `environment:${app.clientId}`,
    detail: { ...detail, by: 'fedcm' },
    address: request.ip,
    requestId: request.id,
  });
}
