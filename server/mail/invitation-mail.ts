import type { Language } from '@signup-with-platform/messages';
import type { Mail } from '../outbox/mail.ts';
import { composeMail, withButton, withSecret } from './compose-mail.ts';
import { formatLifetime } from './mail-language.ts';
import { nameInMail } from './name-in-mail.ts';

interface Invitation {
  platform: string;
  app: string;
  /** Name of who invites, and the address that they have confirmed, because everybody can choose a name. */
  inviter: string;
  inviterEmail: string;
  link: string;
  lifetimeSeconds: number;
}

/** Invites somebody to become a member of an app. */
export function invitationMail(to: string, language: Language, { link, lifetimeSeconds, ...names }: Invitation): Mail {
  const { t, isolate } = language;
  const [app, inviter] = [nameInMail(names.app, language), nameInMail(names.inviter, language)];
  const [email, platform] = [isolate(names.inviterEmail), isolate(names.platform)];
  const duration = formatLifetime(lifetimeSeconds, language);
  const text = t('mail.invitation.text', { inviter, email, app, platform, link, duration });
  const mail = composeMail(to, language, t('mail.invitation.subject', { inviter, app }), text);
  return withButton(withSecret(mail, { link }), language, 'invitation', link);
}
