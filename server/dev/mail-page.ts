import type { FastifyInstance } from 'fastify';
import type { Config } from '../config.ts';
import { sendPage } from '../pages/write-page.ts';
import type { MailRepository } from '../storage/mails.ts';
import { renderMails } from './render-mails.ts';

/** Adds `/dev/mail`, which shows the mails that are kept instead of sent. Only outside production. Tests and tools get JSON. */
export function addMailPage(app: FastifyInstance, mails: MailRepository, config: Config): void {
  app.get('/dev/mail', async (request, reply) => {
    const list = await mails.list();
    if (request.headers.accept?.includes('application/json')) {
      return reply.header('cache-control', 'no-store').send({
        mails: list.map(({ id, to, subject, text, createdAt }) => ({
          id,
          to,
          subject,
          text,
          created_at: createdAt.toISOString(),
        })),
      });
    }
    return sendPage(reply.header('cross-origin-opener-policy', 'same-origin'), 200, renderMails(config, list));
  });
}
