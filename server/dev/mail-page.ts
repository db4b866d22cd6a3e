import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from '../config.ts';
import { isLocalRequest } from '../http/local-request.ts';
import { KEPT_MAIL_PATH } from '../pages/kept-mail.ts';
import { sendMailView } from '../pages/mail-view.ts';
import { sendPage } from '../pages/write-page.ts';
import { hashSecret, secretMatches } from '../storage/ids.ts';
import type { MailRepository } from '../storage/mails.ts';
import { renderLocked, renderMails } from './render-mails.ts';

const PATH = KEPT_MAIL_PATH;
const COOKIE = 'dev-mail';

/** The link that opens the page of mails, undefined where there is none. It holds the token of this start. */
export function mailPageUrl(config: Config): string | undefined {
  return config.keepsMail ? `${config.publicUrl}${PATH}?token=${config.devMailToken}` : undefined;
}

/**
 * Adds `/dev/mail`, which shows the mails that are kept instead of sent, to a developer on this machine who has opened the link of this
 * start: a proxy or a forwarded port makes a stranger look local, but gives them no link. Tests and tools ask for JSON.
 */
export function addMailPage(app: FastifyInstance, mails: MailRepository, config: Config): void {
  if (!mailPageUrl(config)) return;
  app.get<{ Querystring: { token?: unknown } }>(PATH, async (request, reply) => {
    if (!isLocalRequest(request.raw)) return reply.callNotFound();
    reply.headers({ 'cache-control': 'no-store', 'cross-origin-opener-policy': 'same-origin' });
    const wantsJson = request.headers.accept?.includes('application/json') ?? false;
    const { token } = request.query;
    if (typeof token === 'string' && secretMatches(token, hashSecret(config.devMailToken))) {
      reply.header('set-cookie', `${COOKIE}=${token}; Path=${PATH}; HttpOnly; SameSite=Strict`);
      // The token does not stay in the address bar and the history.
      return wantsJson ? sendJson(mails, reply) : reply.redirect(PATH, 303);
    }
    if (!secretMatches(cookieOf(request), hashSecret(config.devMailToken))) {
      const message =
        'Open the link that npm start printed in its terminal: it ends with /dev/mail?token=… and is new at each start.';
      return wantsJson
        ? reply.code(404).send({ error: 'not_found', message })
        : sendPage(reply, 404, renderLocked(config));
    }
    return wantsJson ? sendJson(mails, reply) : sendPage(reply, 200, renderMails(config, await mails.list()));
  });
  app.get<{ Params: { id: string } }>(`${PATH}/:id`, async (request, reply) => {
    reply.header('cross-origin-opener-policy', 'same-origin');
    const isAllowed = isLocalRequest(request.raw) && secretMatches(cookieOf(request), hashSecret(config.devMailToken));
    const html = isAllowed ? (await mails.find(request.params.id))?.html : undefined;
    return html === undefined ? reply.callNotFound() : sendMailView(reply, html, config.brand);
  });
}

async function sendJson(mails: MailRepository, reply: FastifyReply): Promise<FastifyReply> {
  const list = (await mails.list()).map(({ id, to, subject, text, createdAt }) => ({
    ...{ id, to, subject, text },
    created_at: createdAt.toISOString(),
  }));
  return reply.send({ mails: list });
}

const cookieOf = ({ headers }: FastifyRequest) => /(?:^|; )dev-mail=([^;]*)/.exec(headers.cookie ?? '')?.[1] ?? '';
