import type { Mail } from '../outbox/outbox.ts';

/** @param paragraphs messages of the catalogue, which end without a line break: the text of a mail ends with one */
export function plainTextMail(to: string, subject: string, ...paragraphs: readonly string[]): Mail {
  return { to, subject, text: `${paragraphs.join('\n\n')}\n` };
}
