import type { Claim, Field } from '@signup-with-platform/protocol';
import type { FastifyRequest } from 'fastify';
import type Provider from 'oidc-provider';
import { isAnswerable, shownValue } from '../../domain/consent/answers.ts';
import type { ConsentRequest } from '../../domain/consent/consent-request.ts';
import { saveGrant } from '../../domain/consent/save-grant.ts';
import type { RealmContext } from '../../http/realm-context.ts';
import type { Account } from '../../storage/accounts.ts';
import type { AppEnvironment } from '../../storage/app-environments.ts';
import type { Grant } from '../../storage/grants.ts';
import type { Storage } from '../../storage/index.ts';

/** What the browser's dialog shows of an account, value by value, and names in its words on what will be shared. */
const DISCLOSABLE: ReadonlySet<Field> = new Set(['name', 'email', 'picture']);

type Open = ConsentRequest['open'];

/** What a person still has to be asked; of what the account knows no answer to, and nobody could give one, there is no question. */
export function questionsOf(account: Account, open: Open): Open {
  return open.filter(({ field, claims }) => isAnswerable(account, field, claims));
}

/**
 * The fields for which the browser's dialog is as good as our own consent page. It is where our page could offer nothing else: the dialog
 * shows the value, names the field in its words on what will be shared, and the app requires it (an optional one can be unticked, and only
 * our page has the tick). None, where an endpoint of the vendor's has a say in it.
 */
export async function disclosableFields(
  { signupEndpoints }: Pick<Storage, 'signupEndpoints'>,
  app: AppEnvironment,
): Promise<Field[]> {
  if (await signupEndpoints.find(app.clientId)) return [];
  return app.fields.flatMap(({ field, required }) => (required && DISCLOSABLE.has(field) ? [field] : []));
}

/** Whether the person agreed to all that is open by going on after the browser's dialog had told of it. */
export async function isCoveredByDisclosure(
  { storage }: RealmContext,
  app: AppEnvironment,
  account: Account,
  open: Open,
  disclosed: ReadonlySet<Field>,
): Promise<boolean> {
  // Without a word on what is shared there is nothing to agree to.
  if (open.length === 0) return false;
  const fields = await disclosableFields(storage, app);
  return open.every(
    ({ field, claims }) =>
      fields.includes(field) &&
      disclosed.has(field) &&
      shownValue(account, field, claims) !== undefined &&
      // Only our page says so of an address that is not confirmed.
      (field !== 'email' || account.emailVerified),
  );
}

/**
 * Keeps a consent that was given in the browser's dialog, as one from our page is kept: user, grant, event, audit log.
 * @param known what had been agreed to when `open` was found
 * @returns false when something has been withdrawn since: then nothing is kept
 */
export async function consentByDisclosure(
  context: RealmContext,
  provider: Provider,
  request: FastifyRequest,
  app: AppEnvironment,
  { account, known, open }: { account: Account; known: Grant | undefined; open: Open },
): Promise<boolean> {
  const claims: Claim[] = open.flatMap((question) => question.claims);
  const shared = open.map(({ field }) => field);
  const user = await context.rows.users.ensure(app.clientId, account.id);
  const agreement = { granted: claims, declined: [], scope: 'openid' };
  if (!(await saveGrant({ context, provider }, app.clientId, { account, known }, agreement))) return false;
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
  return true;
}
