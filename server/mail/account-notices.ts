import type { Mail } from './mailer.ts';
import { ar } from './notices/ar.ts';
import { de } from './notices/de.ts';
import { en } from './notices/en.ts';
import { es } from './notices/es.ts';
import { fr } from './notices/fr.ts';
import { nl } from './notices/nl.ts';

/** What has happened to an account, as its owner is told. */
export type AccountNotice =
  | { kind: 'password_changed' }
  | { kind: 'password_reset' }
  | { kind: 'email_changed'; from: string; to: string }
  | { kind: 'passkey_added'; name: string }
  | { kind: 'passkey_removed'; name: string }
  | { kind: 'signed_out_everywhere' }
  | { kind: 'data_downloaded' }
  | { kind: 'deletion_requested'; date: string }
  | { kind: 'deletion_cancelled' }
  | { kind: 'client_secret_replaced'; app: string; environment: string }
  | { kind: 'api_key_created'; app: string; environment: string; name: string }
  | { kind: 'api_key_replaced'; app: string; environment: string; name: string }
  | { kind: 'member_added'; app: string; member: string };

/** A subject and a sentence or two for each; `{words}` in braces are filled in. */
export type NoticeTexts = Record<AccountNotice['kind'], { subject: string; text: string }> & {
  /** Below each: what to do if it was somebody else. `{link}` leads to the account. */
  footer: string;
};

const texts: ReadonlyMap<string, NoticeTexts> = new Map(Object.entries({ en, nl, de, fr, es, ar }));

/** @param languages BCP 47, in order of preference. @param accountLink where to see to one's account */
export function accountNoticeMail(
  to: string,
  languages: readonly string[],
  platform: string,
  accountLink: string,
  notice: AccountNotice,
): Mail {
  const found = languages.map((tag) => texts.get(tag.toLowerCase().split('-')[0] ?? '')).find(Boolean) ?? en;
  const { subject, text } = found[notice.kind];
  const { kind: _kind, ...given } = notice;
  const values: Record<string, string> = { platform, link: accountLink };
  for (const [name, value] of Object.entries(given)) values[name] = oneLine(value);
  return { to, subject: fill(subject, values), text: `${fill(text, values)}\n\n${fill(found.footer, values)}\n` };
}

function fill(template: string, values: Readonly<Record<string, string>>): string {
  return template.replaceAll(/\{(\w+)\}/g, (_placeholder, name: string) => values[name] ?? '');
}

/** What somebody typed, within our sentence: it begins no line or header of its own, and turns no text around it. */
function oneLine(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}\s]+/gu, ' ').trim();
}
