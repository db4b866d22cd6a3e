import type { ServerRenderedTemplate } from '@lit-labs/ssr';
import { render } from '@lit-labs/ssr';
import { collectResult } from '@lit-labs/ssr/lib/render-result.js';
import type { FastifyReply } from 'fastify';

export async function sendPage(reply: FastifyReply, page: ServerRenderedTemplate, status = 200): Promise<FastifyReply> {
  return reply
    .code(status)
    .type('text/html; charset=utf-8')
    .send(await collectResult(render(page)));
}
