import type { FastifyReply } from 'fastify';
import { inputOf } from '../../../apps/settings.ts';
import { PictureError } from '../../../pictures/picture-error.ts';
import { storeAppLogo } from '../../../pictures/store-picture.ts';
import { forMember, type MemberCall } from '../../route.ts';
import { appPath } from '../app-layout.ts';
import { detailsOf } from './settings.ts';
import { sendSettings } from './settings-page.ts';

export const logoRoutes = [
  forMember('POST', '/apps/:appId/logo', 'owner', postLogo),
  forMember('POST', '/apps/:appId/logo/remove', 'owner', removeLogo),
];

async function postLogo(call: MemberCall): Promise<FastifyReply> {
  const { context, app } = call;
  const { logo } = (call.body ?? {}) as { logo?: unknown };
  try {
    // A form that is sent as text names the file, and has none.
    if (!Buffer.isBuffer(logo)) throw new PictureError('not_a_picture');
    await storeAppLogo(context.storage, context.config.publicUrl, app.id, logo);
  } catch (error) {
    if (!(error instanceof PictureError)) throw error;
    const details = await detailsOf(call);
    return sendSettings(call, 400, { details, input: inputOf(details), problems: {}, isLogoRefused: true });
  }
  await call.audit('app.settings_changed', `app:${app.id}`, { changed: ['logo'] });
  return call.reply.redirect(`${appPath(call)}/settings?done=logoDone`, 303);
}

async function removeLogo(call: MemberCall): Promise<FastifyReply> {
  const { context, app } = call;
  await context.storage.pictures.remove({ app: app.id });
  await call.audit('app.settings_changed', `app:${app.id}`, { changed: ['logo'] });
  return call.reply.redirect(`${appPath(call)}/settings?done=logoRemoved`, 303);
}
