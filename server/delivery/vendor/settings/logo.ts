import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { inputOf } from '#domain/apps/settings.ts';
import { PictureError } from '#pictures/picture-error.ts';
import { storeAppLogo } from '#pictures/store-picture.ts';
import { forMember, type MemberCall } from '#portal/route.ts';
import { appPath } from '../app-layout.ts';
import { detailsOf } from './settings.ts';
import { sendSettings } from './settings-page.ts';

/** A form that is sent as text has the file's name in place of its content. */
const logoSchema = z.object({ logo: z.instanceof(Buffer).optional().catch(undefined) });

export const logoRoutes = [
  forMember('POST', '/apps/:appId/logo', 'owner', postLogo, { takesFile: true }),
  forMember('POST', '/apps/:appId/logo/remove', 'owner', removeLogo),
];

async function postLogo(call: MemberCall): Promise<FastifyReply> {
  const { context, app } = call;
  const { logo } = logoSchema.parse(call.body ?? {});
  const { t } = call.language;
  const retryAfterMs = await context.throttle.count('pictureUpload', call.account.id);
  if (retryAfterMs > 0) {
    call.reply.header('retry-after', Math.ceil(retryAfterMs / 1000));
    return sendRefused(call, 429, t('shared.common.tooManyAttemptsLater'));
  }
  try {
    if (!logo) throw new PictureError('not_a_picture');
    await storeAppLogo(context.storage, context.config.publicUrl, app.id, logo);
  } catch (error) {
    if (!(error instanceof PictureError)) throw error;
    return sendRefused(call, 400, t('vendor.settings.logoRefused'));
  }
  await call.audit('app.settings_changed', `app:${app.id}`, { changed: ['logo'] });
  return call.reply.redirect(`${appPath(call)}/settings?done=logoDone`, 303);
}

async function sendRefused(call: MemberCall, status: number, logoProblem: string): Promise<FastifyReply> {
  const details = await detailsOf(call);
  return sendSettings(call, status, { details, input: inputOf(details), problems: {}, logoProblem });
}

async function removeLogo(call: MemberCall): Promise<FastifyReply> {
  const { context, app } = call;
  await context.storage.pictures.remove({ app: app.id });
  await call.audit('app.settings_changed', `app:${app.id}`, { changed: ['logo'] });
  return call.reply.redirect(`${appPath(call)}/settings?done=logoRemoved`, 303);
}
