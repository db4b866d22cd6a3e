import * as tokens from '@signup-with-platform/design';
import { parseLightDark, type SchemeColors } from '@signup-with-platform/design/accent';
import { pickLanguageWith } from '@signup-with-platform/messages';
import Mustache from 'mustache';
import type { Brand } from '../brand/brand.ts';
import type { MailTemplates } from '../brand/mail-templates.ts';
import type { Mail, MailBody, MailLanguage } from '../outbox/mail.ts';
import type { MailImage } from '../outbox/mailer.ts';
import type { OutboxSettings } from '../outbox/outbox.ts';
import { DEFAULT_TEMPLATE } from './default-template.ts';
import { signatureOf } from './signature.ts';

/** What stands for the operator's logo: an image within the mail (RFC 2392). */
export const LOGO_ID = 'logo';

/** One paragraph of a mail. Exactly one of the three is there. */
interface Block {
  lines: readonly { line: string; last: boolean }[];
  button: Mail['button'] | false;
  code: string | false;
}

/** What a template may use. */
interface View extends Record<string, unknown> {
  language: string;
  direction: MailLanguage['direction'];
  subject: string;
  /** The operator's name above a mail of the operator's own: a vendor's must not look as if the platform spoke. */
  platform: string | false;
  /** The operator's, where it is a PNG: few mail programs show SVG. */
  logo: string | false;
  blocks: readonly Block[];
  /** Absent below a vendor's mail. */
  signature: { name: string; links: { href: string; text: string }[] } | false;
}

export type RenderMail = (mail: Mail) => MailBody;

/**
 * Makes the text and the HTML of each mail.
 * @param template in Mustache, which escapes every value
 * @throws Error when the template is none
 */
export function createMailRenderer(brand: Brand, template = DEFAULT_TEMPLATE): RenderMail {
  Mustache.parse(template);
  const look = lookOf(brand);
  return (mail) => {
    const isOurs = mail.voice === 'platform';
    const { tag, direction } = mail.language ?? { tag: 'en', direction: 'ltr' };
    const view: View = {
      ...look,
      language: tag,
      direction,
      subject: mail.subject,
      platform: isOurs && brand.name,
      blocks: mail.text
        .trim()
        .split('\n\n')
        .map((paragraph) => blockOf(paragraph, mail)),
      signature: isOurs && signatureViewOf(brand),
    };
    return {
      text: isOurs ? mail.text + signatureOf(brand) : mail.text,
      html: Mustache.render(template, view, {}, { escape: escapeHtml }),
    };
  };
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** What HTML needs, and no more: Mustache's own escapes the slashes of a link, too, which programs that look for one do not expect. */
function escapeHtml(value: unknown): string {
  return String(value).replaceAll(/[&<>"']/g, (character) => ESCAPES[character] ?? character);
}

function blockOf(paragraph: string, { button, code }: Mail): Block {
  if (paragraph === button?.link) return { lines: [], button, code: false };
  if (paragraph === code) return { lines: [], button: false, code };
  const lines = paragraph.split('\n');
  return {
    lines: lines.map((line, index) => ({ line, last: index === lines.length - 1 })),
    button: false,
    code: false,
  };
}

function signatureViewOf({ name, support, privacyUrl, termsUrl }: Brand): View['signature'] {
  const pages = [privacyUrl, termsUrl].filter((href) => href !== undefined);
  const links = [...(support ? [support] : []), ...pages.map((href) => ({ href, text: withoutScheme(href) }))];
  return links.length > 0 && { name, links };
}

const withoutScheme = (href: string) => href.replace(/^https?:\/\//, '');

function lookOf({ accent, logo }: Brand) {
  const colors: Record<string, SchemeColors> = {
    page: parseLightDark(tokens.COLOR_SURFACE_SUBTLE),
    surface: parseLightDark(tokens.COLOR_SURFACE),
    border: parseLightDark(tokens.COLOR_BORDER),
    text: parseLightDark(tokens.COLOR_TEXT),
    muted: parseLightDark(tokens.COLOR_TEXT_MUTED),
    accent: parseLightDark(accent?.COLOR_ACCENT ?? tokens.COLOR_ACCENT),
    onAccent: parseLightDark(accent?.COLOR_ON_ACCENT ?? tokens.COLOR_ON_ACCENT),
  };
  const of = (scheme: keyof SchemeColors) =>
    Object.fromEntries(Object.entries(colors).map(([name, color]) => [name, color[scheme]]));
  return {
    light: of('light'),
    dark: of('dark'),
    // Quotation marks would end the attribute in which it stands.
    font: tokens.FONT_FAMILY.replaceAll('"', "'"),
    logo: logo?.contentType === 'image/png' && `cid:${LOGO_ID}`,
  };
}

/** How an operator's mails look and what they say, for the outbox that sends them. */
export function mailStyleOf(config: {
  brand: Brand;
  mailTemplates: MailTemplates | undefined;
}): Required<Pick<OutboxSettings, 'render' | 'pickLanguage'>> {
  const { brand, mailTemplates } = config;
  return {
    render: createMailRenderer(brand, mailTemplates?.html),
    pickLanguage: pickLanguageWith('mail', mailTemplates?.words ?? new Map()),
  };
}

/** What {@link LOGO_ID} stands for. */
export function logoImages({ logo }: Brand): MailImage[] {
  if (logo?.contentType !== 'image/png') return [];
  return [{ id: LOGO_ID, fileName: 'logo.png', contentType: logo.contentType, bytes: logo.bytes }];
}
