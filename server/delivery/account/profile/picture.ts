import { html } from '@lit-labs/ssr';
import type { FastifyReply } from 'fastify';
import { nothing } from 'lit';
import { z } from 'zod';
import { csrfInput, describedBy, fieldError, isInvalid } from '#pages/forms.ts';
import { inlineScript } from '#pages/inline.ts';
import { imageSource } from '#pages/uris.ts';
import { MAX_PICTURE_BYTES, PICTURE_TYPES } from '#pictures/normalize-picture.ts';
import { PictureError, type PictureErrorCode } from '#pictures/picture-error.ts';
import { storeAccountPicture } from '#pictures/store-picture.ts';
import type { PersonCall } from '#portal/route.ts';
import { portraitOf } from './portrait.ts';
import { sendQuestion, toProfile } from './question-page.ts';
import { previewPicture } from './scripts/preview-picture.ts';
import { profileStrings } from './strings.ts';

/** A browser sends an empty file when none was chosen. */
const formSchema = z.object({ picture: z.instanceof(Buffer).refine((bytes) => bytes.length > 0) });
type PictureProblem = 'required' | 'too_many_attempts' | PictureErrorCode;
const previewScript = inlineScript(previewPicture);

export function getPicture(call: PersonCall): Promise<FastifyReply> {
  return sendPicture(call, 200);
}

export async function postPicture(call: PersonCall): Promise<FastifyReply> {
  const { account, context } = call;
  const form = formSchema.safeParse(call.body);
  if (!form.success) return sendPicture(call, 400, 'required');
  const retryAfterMs = await context.throttle.count('pictureUpload', account.id);
  if (retryAfterMs > 0) {
    call.reply.header('retry-after', Math.ceil(retryAfterMs / 1000));
    return sendPicture(call, 429, 'too_many_attempts');
  }
  try {
    const owner = { id: account.id, realm: context.realm };
    await storeAccountPicture(context.storage, context.config.publicUrl, owner, form.data.picture);
  } catch (error) {
    if (!(error instanceof PictureError)) throw error;
    return sendPicture(call, 400, error.code);
  }
  await call.audit('account.profile_changed', `account:${account.id}`, { fields: ['picture'] });
  return toProfile(call, 'picture');
}

export async function postRemovePicture(call: PersonCall): Promise<FastifyReply> {
  const { account, context } = call;
  await context.storage.pictures.remove({ account: account.id, realm: context.realm });
  await call.audit('account.profile_changed', `account:${account.id}`, { fields: ['picture'] });
  return toProfile(call, 'pictureRemoved');
}

function sendPicture(call: PersonCall, status: number, problem?: PictureProblem): Promise<FastifyReply> {
  const { account, base, language } = call;
  const { picture } = profileStrings(language);
  const source = imageSource(account.picture);
  const size = new Intl.NumberFormat(language.tag, { style: 'unit', unit: 'megabyte' }).format(
    MAX_PICTURE_BYTES / 1024 / 1024,
  );
  const withSize = (text: string) => text.replace('{size}', size);
  const problemText = (code: PictureProblem) =>
    code === 'too_many_attempts' ? language.strings.common.tooManyAttemptsLater : withSize(picture.errors[code]);
  const field = { name: 'picture', error: problem && problemText(problem) };
  return sendQuestion(call, status, {
    title: picture.title,
    action: '/profile/picture',
    multipart: true,
    ...(source && { images: [source] }),
    scripts: [previewScript()],
    fields: html`<div class="portrait">${portraitOf(call, picture.alt)}
<div class="input grow"><label for="picture">${picture.label}</label><span class="control"><input id="picture" name="picture" type="file" accept=${PICTURE_TYPES.join()} required data-max-bytes=${MAX_PICTURE_BYTES} data-too-large=${withSize(picture.errors.too_large)} aria-invalid=${isInvalid(field) ? 'true' : nothing} aria-describedby=${describedBy(field, 'picture-hint') ?? nothing}></span>${fieldError(field)}<p class="hint" id="picture-hint">${withSize(picture.hint)}</p></div></div>`,
    after: account.picture
      ? html`<form method="post" action="${base}/profile/picture/remove">${csrfInput(call)}<button class="button danger">${picture.remove}</button></form>`
      : nothing,
  });
}
