import type { Mail } from '../outbox/mail.ts';

/** What a person opens or enters, alone in its line of the text. */
export type MailedSecret = { link: string } | { code: string };

/** @param paragraphs messages of the catalogue, which end without a line break: the text of a mail ends with one */
export function plainTextMail(to: string, subject: string, ...paragraphs: readonly string[]): Mail {
  return { to, subject, text: `${paragraphs.join('\n\n')}\n`, voice: 'platform' };
}

/** A mail with the link or the code that its text contains as values of their own, for programs. */
export function withSecret(mail: Mail, secret: MailedSecret): Mail {
  if ('code' in secret) return { ...mail, code: secret.code };
  const code = new URL(secret.link).searchParams.get('code');
  return { ...mail, link: secret.link, ...(code !== null && { code }) };
}
