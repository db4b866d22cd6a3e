import type { Mail } from '../outbox/outbox.ts';
import { formatLifetime, mailLanguage } from './mail-language.ts';
import { plainTextMail } from './plain-text-mail.ts';

interface Invitation {
  platform: string;
  app: string;
  /** Name of who invites. */
  inviter: string;
  link: string;
  lifetimeSeconds: number;
}

/** Invites somebody to become a member of an app. @param languages BCP 47, in order of preference */
export function invitationMail(
  to: string,
  languages: readonly string[],
  { link, lifetimeSeconds, ...names }: Invitation,
): Mail {
  const language = mailLanguage(languages);
  const { t, isolate } = language;
  const [app, inviter, platform] = [isolate(names.app), isolate(names.inviter), isolate(names.platform)];
  const duration = formatLifetime(lifetimeSeconds, language);
  return plainTextMail(
    to,
    t('mail.invitation.subject', { inviter, app }),
    t('mail.invitation.text', { inviter, app, platform, link, duration }),
  );
}
