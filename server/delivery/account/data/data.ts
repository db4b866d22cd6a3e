import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { dataExport } from '#domain/accounts/data-export.ts';
import { cancelDeletion, requestDeletion } from '#domain/accounts/deletion.ts';
import { notifyAccount } from '#domain/accounts/notify.ts';
import { noteWithdrawal } from '#domain/consent/note-withdrawal.ts';
import { forPerson, type PersonCall } from '#portal/route.ts';
import { sendData } from './data-page.ts';
import { sendConfirmDeletion, sendDeletion } from './deletion-page.ts';
import { sendDownload } from './download-page.ts';
import { sendLeaving } from './leaving-page.ts';

// A shared test person's data tells of everybody who has used it.
const OWN_DATA = { recentSignIn: true, notShared: true };

export const dataRoutes = [
  forPerson('GET', '/data', sendData),
  forPerson('GET', '/data/download', sendDownload, OWN_DATA),
  forPerson('POST', '/data/download', postDownload, OWN_DATA),
  forPerson('GET', '/data/deletion', getDeletion, { notShared: true, whileDeletionPending: true }),
  forPerson('GET', '/data/deletion/confirm', getConfirm, OWN_DATA),
  forPerson('POST', '/data/deletion', postDeletion, OWN_DATA),
  forPerson('POST', '/data/deletion/keep', postKeep, { whileDeletionPending: true }),
];

const deletionSchema = z.object({ understood: z.literal('yes') });

async function postDownload(call: PersonCall): Promise<FastifyReply> {
  const { account, context, languages, reply } = call;
  // What happened a moment ago is part of it, and so is this.
  await context.disclosures.flush();
  await call.audit('account.data_downloaded', `account:${account.id}`);
  const records = await context.rows.accountRecords.read(account.id);
  if (!records) throw new Error('the account vanished while its data was read');
  await notifyAccount(context, account, { kind: 'data_downloaded' }, { languages });
  const now = new Date();
  return reply
    .headers({
      'cache-control': 'no-store',
      'content-disposition': `attachment; filename="account-data-${now.toISOString().slice(0, 10)}.json"`,
    })
    .type('application/json; charset=utf-8')
    .send(`${JSON.stringify(dataExport(context, records, now), null, 2)}\n`);
}

async function getDeletion(call: PersonCall): Promise<FastifyReply> {
  const { account, context } = call;
  if (account.deletionDueAt) return sendLeaving(call, account.deletionDueAt);
  const { accountDeletion, connectedShops } = context.rows;
  const [apps, shops] = [await accountDeletion.solelyOwnedApps(account.id), await connectedShops.list(account.id)];
  return sendDeletion(call, 200, { apps, shops });
}

async function getConfirm(call: PersonCall): Promise<FastifyReply> {
  const apps = await call.context.rows.accountDeletion.solelyOwnedApps(call.account.id);
  if (apps.length > 0) return call.reply.redirect(`${call.base}/data/deletion`, 303);
  return sendConfirmDeletion(call, 200, {});
}

async function postDeletion(call: PersonCall): Promise<FastifyReply> {
  const { account, context, languages } = call;
  if (!deletionSchema.safeParse(call.body ?? {}).success) {
    return sendConfirmDeletion(call, 400, { error: 'not_understood' });
  }
  const result = await requestDeletion(context, account, { session: call.session.uid, languages });
  if (result.outcome === 'sole_owner') {
    const shops = await context.rows.connectedShops.list(account.id);
    return sendDeletion(call, 409, { apps: result.apps, shops });
  }
  if (result.outcome === 'requested') {
    await call.audit('account.deletion_requested', `account:${account.id}`, { due: result.dueAt.toISOString() });
    for (const clientId of result.disconnected) {
      await call.audit('consent.withdrawn', `environment:${clientId}`);
      await noteWithdrawal(context, { clientId, accountId: account.id, requestId: call.request.id });
    }
  }
  return call.reply.redirect(`${call.base}/data/deletion`, 303);
}

async function postKeep(call: PersonCall): Promise<FastifyReply> {
  const { account, context, languages } = call;
  const kept = await cancelDeletion(context, account, { languages });
  if (kept) await call.audit('account.deletion_cancelled', `account:${account.id}`);
  return call.reply.redirect(`${call.base}/data?done=kept`, 303);
}
