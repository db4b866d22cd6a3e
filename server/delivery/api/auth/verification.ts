import { withQuery } from '#http/add-parameters.ts';
import { verifyUserAddressMail } from '#mail/messages.ts';
import type { Postage } from '#outbox/outbox.ts';
import type { AppUser } from '#storage/app-users.ts';
import type { ApiCall } from '../route.ts';
import { parseLinkUrl } from './link-url.ts';
import { languageOf, shopOf } from './mail-context.ts';
import { issueCode } from './user-code.ts';

const LINK_LIFETIME_SECONDS = 24 * 60 * 60;

/**
 * Mails a user whom the vendor created a link to the vendor's own page, for the vendor. The link has a `code`, which the vendor
 * redeems at `/auth/verify` within 24 hours. Users who came through the popup confirm their address there and get no mail.
 * @param verifyUrl as {@link parseVerifyUrl} returned it
 * @param postage as `admitMail` returned it for the user's address
 */
export async function sendVerification(
  call: ApiCall,
  user: AppUser & { email: string },
  verifyUrl: string,
  postage: Postage,
): Promise<void> {
  const code = await issueCode(call, 'verify_email', user, LINK_LIFETIME_SECONDS);
  const link = withQuery(verifyUrl, { code });
  const mailed = { link, lifetimeSeconds: LINK_LIFETIME_SECONDS };
  const mail = verifyUserAddressMail(user.email, languageOf(call), await shopOf(call), mailed);
  await call.context.mailer.post(mail, postage);
}

/** @throws ApiError 400 `verify_url_not_allowed`, see {@link parseLinkUrl} */
export function parseVerifyUrl(call: ApiCall, url: unknown): Promise<string> {
  return parseLinkUrl(
    call,
    'verify_url',
    url,
    (page) => `POST /1/users?verify_user=true&verify_url=${encodeURIComponent(page)}`,
  );
}
