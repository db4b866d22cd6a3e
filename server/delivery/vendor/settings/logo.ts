import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { holdsChanges, isHeld, someOf } from '#domain/apps/review.ts';
import { inputOf } from '#domain/apps/settings.ts';
import { retryAfter } from '#http/retry-after.ts';
import { PictureError } from '#pictures/picture-error.ts';
import { proposeAppLogo, readLogo, storeAppLogo } from '#pictures/store-picture.ts';
import { callInTransaction } from '#portal/call-in-transaction.ts';
import { forMember, type MemberCall } from '#portal/route.ts';
import type { Picture } from '#storage/pictures.ts';
import { appPath } from '../app-layout.ts';
import { holdApproval, requestChanges } from '../review/ask-operator.ts';
import { detailsOf } from './settings.ts';
import type { SettingsDone } from './settings-model.ts';
import { sendSettings } from './settings-page.ts';

/** A form that is sent as text has the file's name in place of its content. */
const logoSchema = z.object({ logo: z.instanceof(Buffer).optional().catch(undefined) });

export const logoRoutes = [
  forMember('POST', '/apps/:appId/logo', 'owner', postLogo, { takesFile: true }),
  forMember('POST', '/apps/:appId/logo/remove', 'owner', removeLogo),
];

async function postLogo(call: MemberCall): Promise<FastifyReply> {
  const { context } = call;
  const { logo } = logoSchema.parse(call.body ?? {});
  const { t } = call.language;
  const retryAfterMs = await context.throttle.count('pictureUpload', call.account.id);
  if (retryAfterMs > 0) {
    retryAfter(call.reply, retryAfterMs);
    return sendRefused(call, 429, t('shared.common.tooManyAttemptsLater'));
  }
  let done: SettingsDone;
  try {
    if (!logo) throw new PictureError('not_a_picture');
    const picture = await readLogo(call.account.id, logo);
    done = await callInTransaction(call, (part) => saveLogo(part, picture));
  } catch (error) {
    if (!(error instanceof PictureError)) throw error;
    return sendRefused(call, 400, t('vendor.settings.logoRefused'));
  }
  return call.reply.redirect(`${appPath(call)}/settings?done=${done}`, 303);
}

/** Where the operator approves what people see, the logo waits, too, and people see the one before it. */
async function saveLogo(call: MemberCall, logo: Picture): Promise<SettingsDone> {
  const { storage, config } = call.context;
  const { id } = call.app;
  const production = await holdApproval(call);
  await call.audit('app.settings_changed', `app:${id}`, { changed: ['logo'] });
  if (!holdsChanges(config, production)) {
    await storeAppLogo(storage, config.publicUrl, id, logo);
    if (production && isHeld(production)) await storage.appReviews.noteChange(id);
    return 'logoDone';
  }
  const logoUri = await proposeAppLogo(storage, config.publicUrl, id, logo);
  const details = await detailsOf(call);
  // Of what was refused, nothing is asked for again by another logo.
  const waiting = details.refusal === undefined ? details.requested : undefined;
  await requestChanges(call, details, { ...waiting, logoUri });
  return 'saved';
}

async function sendRefused(call: MemberCall, status: number, logoProblem: string): Promise<FastifyReply> {
  const details = await detailsOf(call);
  return sendSettings(call, status, { details, input: inputOf(details), problems: {}, logoProblem });
}

async function removeLogo(call: MemberCall): Promise<FastifyReply> {
  await callInTransaction(call, async (part) => {
    const { pictures, appReviews } = part.context.storage;
    const { id } = part.app;
    const production = await holdApproval(part);
    await pictures.remove({ app: id });
    const { requested: { logoUri, ...others } = {} } = await detailsOf(part);
    // The one that waits was deleted with it.
    if (logoUri !== undefined) await appReviews.requestChanges(id, someOf(others));
    if (production && isHeld(production)) await appReviews.noteChange(id);
    await part.audit('app.settings_changed', `app:${id}`, { changed: ['logo'] });
  });
  return call.reply.redirect(`${appPath(call)}/settings?done=logoRemoved`, 303);
}
