import type { Mail } from '../outbox/outbox.ts';
import { formatLifetime, mailLanguage } from './mail-language.ts';
import { plainTextMail } from './plain-text-mail.ts';

interface MailedLink {
  link: string;
  lifetimeSeconds: number;
}

interface MailedCode {
  code: string;
  lifetimeSeconds: number;
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

/** @returns a mail in the platform's name; its `languages` are BCP 47, in order of preference */
function mailWithLink(kind: 'confirmAddress' | 'newAddress', note?: 'mail.firstProof.confirm') {
  return (
    to: string,
    languages: readonly string[],
    platformName: string,
    { link, lifetimeSeconds }: MailedLink,
  ): Mail => {
    const language = mailLanguage(languages);
    const platform = language.isolate(platformName);
    const duration = formatLifetime(lifetimeSeconds, language);
    const { t } = language;
    return plainTextMail(
      to,
      t(`mail.${kind}.subject`, { platform }),
      t(`mail.${kind}.text`, { platform, link, duration }),
      ...(note ? [t(note)] : []),
    );
  };
}

function mailWithoutLink(kind: 'addressKnown' | 'noAccount' | 'addressInUse') {
  return (to: string, languages: readonly string[], platformName: string): Mail => {
    const { t, isolate } = mailLanguage(languages);
    const platform = isolate(platformName);
    return plainTextMail(to, t(`mail.${kind}.subject`, { platform }), t(`mail.${kind}.text`, { platform }));
  };
}

/** Asks a vendor's user, in the vendor's name, to confirm an address. */
export function verifyUserAddressMail(
  to: string,
  languages: readonly string[],
  appName: string,
  { link, lifetimeSeconds }: MailedLink,
): Mail {
  const language = mailLanguage(languages);
  const { t } = language;
  const app = language.isolate(appName);
  const duration = formatLifetime(lifetimeSeconds, language);
  const text = t('mail.verifyUserAddress.text', { app, link, duration });
  return { ...plainTextMail(to, t('mail.verifyUserAddress.subject', { app }), text), unsigned: true };
}

/**
 * Lets somebody choose a new password. Users of a vendor get this mail in the vendor's name: with a link to the vendor's page, or with a code
 * to enter there. People of the platform get it in the platform's name, always with a link.
 *
 * @param endsAccount whether the link ends what was set up with the address before, unless it is opened where the person is signed in
 */
export function resetPasswordMail(
  to: string,
  languages: readonly string[],
  appName: string,
  way: MailedLink | MailedCode,
  endsAccount = false,
): Mail {
  const language = mailLanguage(languages);
  const { t } = language;
  const app = language.isolate(appName);
  const duration = formatLifetime(way.lifetimeSeconds, language);
  const text =
    'link' in way
      ? t('mail.resetPassword.byLink', { app, link: way.link, duration })
      : t('mail.resetPassword.byCode', { app, code: way.code, duration });
  const note = endsAccount ? [t('mail.firstProof.reset')] : [];
  return { ...plainTextMail(to, t('mail.resetPassword.subject', { app }), text, ...note), unsigned: true };
}
