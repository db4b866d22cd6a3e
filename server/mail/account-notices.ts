import type { Mail } from '../outbox/outbox.ts';
import { ar } from './notices/ar.ts';
import { de } from './notices/de.ts';
import { en } from './notices/en.ts';
import { es } from './notices/es.ts';
import { fr } from './notices/fr.ts';
import { nl } from './notices/nl.ts';
import type { Notice, NoticeTexts } from './notices/notice.ts';

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
