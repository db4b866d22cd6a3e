import type { Language } from '@signup-with-platform/messages';
import type { Mail } from '../outbox/mail.ts';

/** What a person opens or enters, alone in its paragraph of the text. */
export type MailedSecret = { link: string } | { code: string };

/** What a button is for: the keys of its labels in `mail.actions`. */
type Action = 'confirm' | 'newPassword' | 'invitation' | 'account' | 'apps';

/** @param paragraphs messages of the catalogue, which end without a line break: the text of a mail ends with one */
export function composeMail(
  to: string,
  { tag, direction }: Language,
  subject: string,
  ...paragraphs: readonly string[]
): Mail {
  const text = `${paragraphs.join('\n\n')}\n`;
  return { to, subject, text, voice: 'platform', language: { tag, direction } };
}

/** A mail whose paragraph that is only this link is a button, where the mail program shows HTML. */
export function withButton(mail: Mail, { t }: Language, action: Action, link: string): Mail {
  return { ...mail, button: { link, label: t(`mail.actions.${action}`) } };
}

/** A mail with the link or the code that its text contains as values of their own, for programs. */
export function withSecret(mail: Mail, secret: MailedSecret): Mail {
  if ('code' in secret) return { ...mail, code: secret.code };
  const code = new URL(secret.link).searchParams.get('code');
  return { ...mail, link: secret.link, ...(code !== null && { code }) };
}
