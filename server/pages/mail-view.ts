import { createHash } from 'node:crypto';
import type { FastifyReply } from 'fastify';
import type { Brand } from '../brand/brand.ts';

/** What makes the HTML of a mail a page: it runs nothing, posts nothing, loads the logo at most, and knows no cookie. */
const SANDBOX =
  "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; base-uri 'none'; frame-ancestors 'none'";

/**
 * Shows the HTML of a mail as a mail program would. Its styles stand beside the elements, so each is allowed by its hash
 * (CSP 3 section 8.3).
 */
export function sendMailView(reply: FastifyReply, html: string, { logo }: Pick<Brand, 'logo'>): FastifyReply {
  const shown = logo ? html.replaceAll('cid:logo', logo.path) : html;
  const styles = [...between(shown, '<style>', '</style>'), ...between(shown, ' style="', '"').map(unescaped)];
  const hashes = [...new Set(styles)].map((style) => `'sha256-${createHash('sha256').update(style).digest('base64')}'`);
  return reply
    .headers({
      'cache-control': 'no-store',
      'content-security-policy': `${SANDBOX}; img-src 'self'; style-src 'unsafe-hashes' ${hashes.join(' ')}`,
    })
    .type('text/html; charset=utf-8')
    .send(shown);
}

/** What stands between two marks, each time. Without a regular expression: one for both marks takes quadratic time. */
function between(text: string, from: string, to: string): string[] {
  const [, ...parts] = text.split(from);
  return parts.flatMap((part) => (part.includes(to) ? [part.slice(0, part.indexOf(to))] : []));
}

/** What is escaped within an attribute. */
function unescaped(value: string): string {
  return value
    .replaceAll('&#39;', "'")
    .replaceAll('&quot;', '"')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}
