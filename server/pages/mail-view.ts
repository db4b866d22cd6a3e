import { createHash } from 'node:crypto';
import type { FastifyReply } from 'fastify';
import type { Brand } from '../brand/brand.ts';

/** What makes the HTML of a mail a page: it runs nothing, posts nothing, loads the logo at most, and knows no cookie. */
const SANDBOX =
  "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; base-uri 'none'; frame-ancestors 'none'";
const STYLES = / style="([^"]*)"|<style>([\s\S]*?)<\/style>/g;

/**
 * Shows the HTML of a mail as a mail program would. Its styles stand beside the elements, so each is allowed by its hash
 * (CSP 3 section 8.3).
 */
export function sendMailView(reply: FastifyReply, html: string, { logo }: Pick<Brand, 'logo'>): FastifyReply {
  const shown = logo ? html.replaceAll('cid:logo', logo.path) : html;
  const styles = [...shown.matchAll(STYLES)].map(([, attribute, sheet]) => sheet ?? unescaped(attribute ?? ''));
  const hashes = [...new Set(styles)].map((style) => `'sha256-${createHash('sha256').update(style).digest('base64')}'`);
  return reply
    .headers({
      'cache-control': 'no-store',
      'content-security-policy': `${SANDBOX}; img-src 'self'; style-src 'unsafe-hashes' ${hashes.join(' ')}`,
    })
    .type('text/html; charset=utf-8')
    .send(shown);
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
