import type { Language } from '@signup-with-platform/messages';
import type { Mail } from '../outbox/mail.ts';
import { composeMail, withButton, withSecret } from './compose-mail.ts';
import { formatLifetime } from './mail-language.ts';
import { nameInMail } from './name-in-mail.ts';

interface MailedLink {
  link: string;
  lifetimeSeconds: number;
}

interface MailedCode {
  code: string;
  lifetimeSeconds: number;
}

/** The code that somebody types where they asked for it. The subject has it, and there is no link. */
export function codeMail(
  to: string,
  language: Language,
  platformName: string,
  { code, lifetimeSeconds }: MailedCode,
): Mail {
  const { t, isolate } = language;
  const platform = isolate(platformName);
  const duration = formatLifetime(lifetimeSeconds, language);
  const text = t('mail.code.text', { platform, code, duration });
  return withSecret(composeMail(to, language, t('mail.code.subject', { platform, code }), text), { code });
}

/** Asks the owner of a new address to confirm it, and says what the link does where the owner is not signed in. */
export const confirmAddressMail = mailWithLink('confirmAddress', 'mail.firstProof.confirm');

/** Asks somebody to confirm the address that is to replace another. */
export const newAddressMail = mailWithLink('newAddress');

/** Tells the owner of an address that somebody signed up with it. It has no link, so that nobody confirms the address twice. */
export const addressKnownMail = mailWithoutLink('addressKnown');

/** Tells whoever asked for a new password that there is no account with that address. */
export const noAccountMail = mailWithoutLink('noAccount');

/** Tells the owner of an address that somebody wanted it for another account. Without a link, as in {@link addressKnownMail}. */
export const addressInUseMail = mailWithoutLink('addressInUse');

/** @returns a mail in the platform's name */
function mailWithLink(
  kind: 'confirmAddress' | 'newAddress' | 'resetPassword',
  note?: 'mail.firstProof.confirm' | 'mail.firstProof.reset',
) {
  return (to: string, language: Language, platformName: string, { link, lifetimeSeconds }: MailedLink): Mail => {
    const platform = language.isolate(platformName);
    const duration = formatLifetime(lifetimeSeconds, language);
    const { t } = language;
    const text = t(`mail.${kind}.text`, { platform, link, duration });
    const mail = composeMail(to, language, t(`mail.${kind}.subject`, { platform }), text, ...(note ? [t(note)] : []));
    const action = kind === 'resetPassword' ? 'newPassword' : 'confirm';
    return withButton(withSecret(mail, { link }), language, action, link);
  };
}

function mailWithoutLink(kind: 'addressKnown' | 'noAccount' | 'addressInUse') {
  return (to: string, language: Language, platformName: string): Mail => {
    const { t, isolate } = language;
    const platform = isolate(platformName);
    return composeMail(to, language, t(`mail.${kind}.subject`, { platform }), t(`mail.${kind}.text`, { platform }));
  };
}

/** Lets somebody choose a new password for an account of the platform. */
export const resetPasswordMail = mailWithLink('resetPassword');

/** The same where the link ends what was set up with the address before, unless it is opened where the person is signed in. */
export const replaceAccountMail = mailWithLink('resetPassword', 'mail.firstProof.reset');

/** Who writes to a vendor's user: the shop, through us. */
interface Shop {
  app: string;
  platform: string;
}

/** Asks a vendor's user to confirm an address, by a link to the vendor's page. */
export function verifyUserAddressMail(
  to: string,
  language: Language,
  shop: Shop,
  { link, lifetimeSeconds }: MailedLink,
): Mail {
  const { t } = language;
  const app = nameInMail(shop.app, language);
  const duration = formatLifetime(lifetimeSeconds, language);
  const text = t('mail.verifyUserAddress.text', { app, link, duration });
  const mail = shopMail(to, language, shop, { subject: t('mail.verifyUserAddress.subject', { app }), text });
  return withButton(withSecret(mail, { link }), language, 'confirm', link);
}

/** Lets a vendor's user choose a new password: by a link to the vendor's page, or by a code to enter there. */
export function resetUserPasswordMail(to: string, language: Language, shop: Shop, way: MailedLink | MailedCode): Mail {
  const { t } = language;
  const app = nameInMail(shop.app, language);
  const duration = formatLifetime(way.lifetimeSeconds, language);
  const text =
    'link' in way
      ? t('mail.resetUserPassword.byLink', { app, link: way.link, duration })
      : t('mail.resetUserPassword.byCode', { app, code: way.code, duration });
  const mail = shopMail(to, language, shop, { subject: t('mail.resetUserPassword.subject', { app }), text });
  return 'link' in way ? withButton(withSecret(mail, way), language, 'newPassword', way.link) : withSecret(mail, way);
}

/** A mail of a shop ends with a sentence that says so: it must not look as if the platform spoke. */
function shopMail(to: string, language: Language, shop: Shop, mail: { subject: string; text: string }): Mail {
  const [app, platform] = [nameInMail(shop.app, language), language.isolate(shop.platform)];
  return {
    ...composeMail(to, language, mail.subject, mail.text, language.t('mail.forShop', { app, platform })),
    voice: 'vendor',
  };
}
