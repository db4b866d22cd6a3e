import type { Mail } from '../outbox/outbox.ts';
import type { AppRole } from '../storage/app-members.ts';
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
  | { kind: 'phone_changed' }
  | { kind: 'passkey_added'; name: string }
  | { kind: 'passkey_removed'; name: string }
  | { kind: 'signed_out_everywhere' }
  | { kind: 'data_downloaded' }
  | { kind: 'deletion_requested'; date: string }
  | { kind: 'deletion_cancelled' };

/** What has happened to an app, as its owners are told, and the member whom it is about. */
export type AppNotice = { app: string; by?: Actor } & (
  | { kind: 'client_secret_replaced'; environment: string }
  | { kind: 'api_key_created' | 'api_key_replaced'; environment: string; name: string }
  | { kind: 'app_disabled' | 'app_enabled' | 'app_deleted' }
  | { kind: 'origin_added' | 'redirect_uri_added' | 'signup_endpoint_changed'; environment: string; address: string }
  | { kind: 'member_added' | 'member_removed'; member: string }
  | { kind: 'member_role_changed'; member: string; role: AppRole }
  | { kind: 'own_role_changed'; role: AppRole }
  | { kind: 'removed_from_app' }
);

/** Who did it: a member, or whoever runs the platform. */
export type Actor = { name: string } | 'operator';

type Notice = AccountNotice | AppNotice;

/** A subject and a sentence or two for each; `{words}` in braces are filled in. */
export type NoticeTexts = Record<Notice['kind'], { subject: string; text: string }> & {
  roles: Record<AppRole, string>;
  /** Below what was done to an app. */
  by: string;
  byOperator: string;
  /** Below each: what to do if it was somebody else. `{link}` leads to the account, or to its apps. */
  footer: string;
  appFooter: string;
};

const texts: ReadonlyMap<string, NoticeTexts> = new Map(Object.entries({ en, nl, de, fr, es, ar }));

/** @param languages BCP 47, in order of preference. @param accountLink where to see to one's account */
export function accountNoticeMail(
  to: string,
  languages: readonly string[],
  platform: string,
  accountLink: string,
  notice: Notice,
): Mail {
  const found = languages.map((tag) => texts.get(tag.toLowerCase().split('-')[0] ?? '')).find(Boolean) ?? en;
  const { subject, text } = found[notice.kind];
  const isAboutApp = 'app' in notice;
  const by = isAboutApp ? notice.by : undefined;
  const values: Record<string, string> = { platform, link: isAboutApp ? `${accountLink}/apps` : accountLink };
  for (const [name, value] of Object.entries(notice)) if (typeof value === 'string') values[name] = oneLine(value);
  if ('role' in notice) values['role'] = found.roles[notice.role];
  if (typeof by === 'object') values['by'] = oneLine(by.name);
  const parts = [text, by && (by === 'operator' ? found.byOperator : found.by)].filter((part) => part !== undefined);
  const footer = isAboutApp ? found.appFooter : found.footer;
  return { to, subject: fill(subject, values), text: `${fill([parts.join(' '), footer].join('\n\n'), values)}\n` };
}

function fill(template: string, values: Readonly<Record<string, string>>): string {
  return template.replaceAll(/\{(\w+)\}/g, (_placeholder, name: string) => values[name] ?? '');
}

/** What somebody typed, within our sentence: it begins no line or header of its own, and turns no text around it. */
function oneLine(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}\s]+/gu, ' ').trim();
}
