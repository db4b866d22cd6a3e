import { html } from '@lit-labs/ssr';
import type { Language } from '@signup-with-platform/messages';
import type { FastifyReply } from 'fastify';
import { nothing } from 'lit';
import { z } from 'zod';
import { retryAfter } from '#http/retry-after.ts';
import { fileField, formFrame } from '#pages/forms.ts';
import { inlineScript } from '#pages/inline.ts';
import { imageSource } from '#pages/uris.ts';
import { MAX_PICTURE_BYTES, PICTURE_TYPES } from '#pictures/normalize-picture.ts';
import { PictureError, type PictureErrorCode } from '#pictures/picture-error.ts';
import { storeAccountPicture } from '#pictures/store-picture.ts';
import type { PersonCall } from '#portal/route.ts';
import { portraitOf } from './portrait.ts';
import { sendQuestion, toProfile } from './question-page.ts';
import { previewPicture } from './scripts/preview-picture.ts';

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
    retryAfter(call.reply, retryAfterMs);
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
  const { account, base, csrf, language } = call;
  const { t } = language;
  const source = imageSource(account.picture);
  const size = { megabytes: MAX_PICTURE_BYTES / 1024 / 1024 };
  const file = fileField({
    name: 'picture',
    label: t('account.profile.picture.label'),
    accept: PICTURE_TYPES,
    required: true,
    maxBytes: MAX_PICTURE_BYTES,
    tooLarge: t('account.profile.picture.errors.too_large', size),
    hint: t('account.profile.picture.hint', size),
    error: problem && problemText(problem, language),
  });
  const remove = html`<button class="button danger">${t('account.profile.picture.remove')}</button>`;
  return sendQuestion(call, status, {
    title: t('account.profile.picture.title'),
    action: '/profile/picture',
    withFile: true,
    ...(source && { images: [source] }),
    scripts: [previewScript()],
    fields: html`<div class="portrait">${portraitOf(call, t('account.profile.picture.alt'))}${file}</div>`,
    after: account.picture ? formFrame({ action: `${base}/profile/picture/remove`, csrf }, remove) : nothing,
  });
}

function problemText(problem: PictureProblem, { t }: Language): string {
  if (problem === 'too_many_attempts') return t('shared.common.tooManyAttemptsLater');
  return t(`account.profile.picture.errors.${problem}`, { megabytes: MAX_PICTURE_BYTES / 1024 / 1024 });
}
