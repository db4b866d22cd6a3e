import { inTransaction } from '#domain/context.ts';
import type { BodyContract } from '#http/body/body-contract.ts';
import { MAX_PICTURE_BYTES } from '#pictures/normalize-picture.ts';
import { PictureError } from '#pictures/picture-error.ts';
import { readLogo, storeAppLogo } from '#pictures/store-picture.ts';
import { ApiError } from '../../api-error.ts';
import { audit } from '../audit.ts';
import { fileIn } from '../file-in.ts';
import type { ManagementRoute } from '../route.ts';
import { APP_SCHEMA, appBody } from './app-body.ts';
import { findApp } from './find-app.ts';

const FORM_BYTES = 4 * 1024;
const UPLOAD: BodyContract = { types: ['multipart'], maxBytes: MAX_PICTURE_BYTES + FORM_BYTES };

export const putLogo: ManagementRoute = {
  method: 'PUT',
  path: '/apps/:id/logo',
  operation: 'putLogo',
  group: 'Sandbox apps',
  summary: 'Give an app of this key a logo',
  description:
    'A form (multipart/form-data) with the file `logo`: JPEG, PNG, WebP, GIF or AVIF of at most 5 MB, which we encode anew.',
  scope: 'apps:write',
  body: {
    contract: UPLOAD,
    schema: { type: 'object', required: ['logo'], properties: { logo: { type: 'string', format: 'binary' } } },
    example: undefined,
  },
  answer: { description: 'The app as it is now.', schema: APP_SCHEMA },
  errors: { 400: ['not_a_picture'], 404: ['not_found'] },
  handle: async (call) => {
    const { context, key } = call;
    const { details } = await findApp(call);
    const bytes = fileIn(call.body, 'logo');
    const retryAfterMs = await context.throttle.count('pictureUpload', `management:${key.id}`);
    if (retryAfterMs > 0) {
      const headers = { 'retry-after': String(Math.ceil(retryAfterMs / 1000)) };
      throw new ApiError(429, 'too_many_requests', 'This key has uploaded many pictures. Wait for Retry-After.', {
        headers,
      });
    }
    const logo = await readLogo(`management:${key.id}`, bytes).catch((error: unknown) => {
      throw error instanceof PictureError
        ? new ApiError(400, 'not_a_picture', 'The file is no still picture that we can read.')
        : error;
    });
    await inTransaction(context, async ({ storage, config }) => {
      await storeAppLogo(storage, config.publicUrl, details.id, logo);
      await audit({ ...call, storage }, 'app.settings_changed', `app:${details.id}`, { changed: ['logo'] });
    });
    return { body: appBody(await findApp(call)) };
  },
};
