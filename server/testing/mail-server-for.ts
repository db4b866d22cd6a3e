/** A public address needs a mail server. This one never answers, so that mail stays in the outbox. */
export function mailServerFor({ PUBLIC_URL = '' }: Record<string, string>): Record<string, string> {
  return PUBLIC_URL.startsWith('https://') ? { SMTP_URL: 'smtp://127.0.0.1:9' } : {};
}
