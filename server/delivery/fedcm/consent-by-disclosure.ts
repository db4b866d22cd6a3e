import type { Claim, Field } from '@signup-with-platform/protocol';
import type { FastifyRequest } from 'fastify';
import { isAnswerable, isKnown } from '../../domain/consent/answers.ts';
import type { ConsentRequest } from '../../domain/consent/consent-request.ts';
import { saveGrant } from '../../domain/consent/save-grant.ts';
import { traceOf } from '../../engine/attempts.ts';
import type { Provider } from '../../engine/provider-types.ts';
import type { RealmContext } from '../../http/realm-context.ts';
import type { Account } from '../../storage/accounts.ts';
import type { AppEnvironment } from '../../storage/app-environments.ts';
import type { Grant } from '../../storage/grants.ts';
import type { Storage } from '../../storage/index.ts';

/** What the browser's dialog shows of an account, value by value, and names in its words on what will be shared. */
const DISCLOSABLE: ReadonlySet<Field> = new Set(['name', 'email', 'picture']);

type Open = ConsentRequest['open'];

/** What a person still has to be asked. What the account lacks and nobody can type in is left out. */
export function questionsOf({ fields }: Pick<RealmContext, 'fields'>, account: Account, open: Open): Open {
  return open.filter(({ field, claims }) => isAnswerable(fields, account, field, claims));
}

/**
 * The fields for which the browser's dialog is as good as our own consent page. That is so where our page could offer nothing more: the
 * dialog shows the value and names the field, and the app requires it (an optional field can be unticked on our page only). There are none
 * for an app with a sign-up endpoint of its own, which may refuse.
 */
export async function disclosableFields(
  { signupEndpoints }: Pick<Storage, 'signupEndpoints'>,
  app: AppEnvironment,
): Promise<Field[]> {
  if (await signupEndpoints.find(app.clientId)) return [];
  return app.fields.flatMap(({ field, required }) => (required && DISCLOSABLE.has(field) ? [field] : []));
}

/** Whether the browser's dialog named everything that is open, so that the person agreed to it by continuing. */
export async function isCoveredByDisclosure(
  { storage, fields: catalogue }: RealmContext,
  app: AppEnvironment,
  account: Account,
  open: Open,
  disclosed: ReadonlySet<Field>,
): Promise<boolean> {
  // If the dialog named nothing, the person has agreed to nothing.
  if (open.length === 0) return false;
  const fields = await disclosableFields(storage, app);
  return open.every(
    ({ field, claims }) =>
      fields.includes(field) &&
      disclosed.has(field) &&
      isKnown(catalogue, account, field, claims) &&
      // Only our page says that an address is not confirmed.
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
    ...traceOf(request),
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
