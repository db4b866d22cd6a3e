import type { FastifyReply } from 'fastify';
import type { RenderedPage } from './pages/models.ts';

/** The little that writing a page needs of the protocol engine's context. */
interface KoaResponse {
  type: string;
  body: unknown;
  set(name: string, value: string): void;
}

/** Writes a page from within the protocol engine. Pages are for one person, once: nothing keeps them. */
export function writePage(ctx: KoaResponse, page: RenderedPage): void {
  ctx.type = 'text/html; charset=utf-8';
  ctx.set('cache-control', 'no-store');
  ctx.set('content-security-policy', page.contentSecurityPolicy);
  ctx.body = page.html;
}

/** Sends a page from a handler of ours. */
export function sendPage(reply: FastifyReply, status: number, page: RenderedPage): FastifyReply {
  return reply
    .code(status)
    .type('text/html; charset=utf-8')
    .header('cache-control', 'no-store')
    .header('content-security-policy', page.contentSecurityPolicy)
    .send(page.html);
}
