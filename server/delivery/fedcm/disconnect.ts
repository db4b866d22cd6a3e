import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { noteWithdrawal } from '../../domain/consent/note-withdrawal.ts';
import type { Provider } from '../../engine/provider-types.ts';
import { formOf } from '../../http/body/form-record.ts';
import { readBody } from '../../http/body/read-body.ts';
import type { RealmContext } from '../../http/realm-context.ts';
import { FedcmError } from './fedcm-error.ts';
import { FEDCM_FORM } from './fedcm-form.ts';
import { askingApp, assertWebIdentity, signedInAccount } from './web-identity-request.ts';

const formSchema = z.object({ client_id: z.string().min(1).max(64), account_hint: z.string().min(1).max(254) });

/**
 * POST disconnect: a page of the app's ends what the person agreed to, as the person can at the portal. It names the person by the id
 * that it knows, the credential's `sub`.
 */
export async function postDisconnect(
  context: RealmContext,
  provider: Provider,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  assertWebIdentity(request);
  const form = formSchema.safeParse(formOf(await readBody(request, FEDCM_FORM)));
  if (!form.success) throw new FedcmError('invalid_request', 'client_id and account_hint are required');
  const { origin = '' } = request.headers;
  const app = await askingApp(context, form.data.client_id, origin);
  const signedIn = await signedInAccount(context, provider, request);
  if (!signedIn) throw new FedcmError('login_required', 'nobody is signed in');
  const { id } = signedIn.account;
  const user = await context.rows.users.findByAccount(app.clientId, id);
  if (!user || user.id !== form.data.account_hint) throw new FedcmError('access_denied', 'that user is not signed in');

  if (await context.rows.connectedShops.disconnect(id, app.clientId)) {
    await context.storage.auditLog.append({
      realm: context.realm,
      act: 'consent.withdrawn',
      actor: `app:${app.clientId}`,
      subject: `account:${id}`,
      detail: { by: 'fedcm' },
      address: request.ip,
      requestId: request.id,
    });
    await noteWithdrawal(context, { clientId: app.clientId, accountId: id, requestId: request.id });
  }
  return reply
    .headers({ 'access-control-allow-origin': origin, 'access-control-allow-credentials': 'true', vary: 'origin' })
    .send({ account_id: id });
}
