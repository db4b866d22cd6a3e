import { MailLimitError } from '#outbox/mail-limits.ts';
import type { Postage } from '#outbox/outbox.ts';
import { ApiError } from '../api-error.ts';
import type { ApiCall } from '../route.ts';

/**
 * Asks whether the app may mail an address, before anything is written.
 * @throws ApiError 429 `too_many_mails` with Retry-After
 */
export async function admitMail(
  { access: { realm, appId }, context }: Pick<ApiCall, 'access' | 'context'>,
  to: string,
): Promise<Postage> {
  try {
    return await context.mailer.admit(to, { by: 'environment', realm, appId });
  } catch (error) {
    if (!(error instanceof MailLimitError)) throw error;
    throw new ApiError(
      429,
      'too_many_mails',
      'The app has caused too many mails today: in all, to this address, or to its domain. Wait for Retry-After. The limits of an ' +
        'app grow in its first month in production.',
      { headers: { 'retry-after': String(Math.ceil(error.retryAfterMs / 1000)) }, cause: error },
    );
  }
}
