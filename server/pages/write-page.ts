import type { FastifyReply } from 'fastify';
import { compress, type EncodedBody } from './compress.ts';
import type { RenderedPage } from './rendered-page.ts';

/** The little that writing a page needs of the protocol engine's context. */
interface KoaContext {
  type: string;
  body: unknown;
  get(name: string): string;
  set(name: string, value: string): void;
}

/** Writes a page from within the protocol engine. */
export async function writePage(ctx: KoaContext, page: RenderedPage): Promise<void> {
  const { body, encoding } = await encode(page, ctx.get('accept-encoding'));
  for (const [name, value] of Object.entries(headersOf(page, encoding))) ctx.set(name, value);
  ctx.type = 'text/html; charset=utf-8';
  ctx.body = body;
}

export interface SendOptions {
  /** Default: yes. Whoever has not waited for a turn gets none, because it takes longer than everything else about a small page. */
  readonly mayCompress?: boolean;
}

/** Sends a page from a handler of ours. */
export async function sendPage(
  reply: FastifyReply,
  status: number,
  page: RenderedPage,
  { mayCompress = true }: SendOptions = {},
): Promise<FastifyReply> {
  const accepted = mayCompress ? reply.request.headers['accept-encoding']?.toString() : undefined;
  const { body, encoding } = await encode(page, accepted);
  return reply.code(status).headers(headersOf(page, encoding)).type('text/html; charset=utf-8').send(body);
}

async function encode(page: RenderedPage, acceptEncoding: string | undefined): Promise<EncodedBody> {
  return compress(page.html, page.personal ? undefined : acceptEncoding);
}

/** Pages are for one person, once: nothing keeps them. */
function headersOf(page: RenderedPage, encoding: EncodedBody['encoding']): Record<string, string> {
  return {
    'cache-control': 'no-store',
    'content-security-policy': page.contentSecurityPolicy,
    ...(encoding && { 'content-encoding': encoding }),
    ...(!page.personal && { vary: 'accept-encoding' }),
  };
}
