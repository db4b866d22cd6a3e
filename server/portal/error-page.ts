import { html } from '@lit-labs/ssr';
import { pickLanguage } from '@signup-with-platform/messages';
import type { FastifyError, FastifyReply } from 'fastify';
import { nothing } from 'lit';
import { RETRY_LATER } from '../http/out-of-reach.ts';
import { languagesOf } from '../http/wanted-languages.ts';
import { askSupport } from '../pages/brand.ts';
import { retryButton, retryForm, retryOf, retryScripts } from '../pages/retry.ts';
import { isolateLeftToRight } from '../pages/text.ts';
import { isOutOfReach } from '../storage/database-errors.ts';
import { sendPortalPage } from './layout.ts';
import { findPerson, type Visitor } from './open-visit.ts';
import { PortalError, type PortalErrorCode } from './portal-error.ts';
import type { PortalRoute } from './route.ts';
import { statement } from './statement.ts';

const RETRY_AFTER_SECONDS = 2;

/**
 * Every error of the portal is a page in plain words, with a way on; our own faults give the request id and nothing else. Somebody who is
 * signed in stays within their account, unless finding out who they are may be what failed.
 */
export async function sendPortalError(
  visitor: Visitor,
  { sections }: Pick<PortalRoute, 'sections'>,
  error: FastifyError | PortalError,
): Promise<FastifyReply> {
  const { context, request, reply } = visitor;
  const { code, status } = answerTo(error);
  if (code === 'busy') reply.header('retry-after', RETRY_AFTER_SECONDS);
  const retry = code === 'unavailable' ? retryOf(request) : undefined;
  if (code === 'unavailable') reply.headers(RETRY_LATER);
  if (status >= 500 && code !== 'busy') request.log.error({ err: error }, 'request failed');
  else request.log.info({ code, reason: error.message }, 'request refused');
  const person = status < 500 ? await findPerson(visitor).catch(() => undefined) : undefined;
  const language = pickLanguage(languagesOf(person?.account.locale, request.headers['accept-language']), sections);
  const { t } = language;
  const base = `${context.prefix}/account`;
  const id = html`<code>${isolateLeftToRight(request.id)}</code>`;
  const toStart = html`<a class="button ${retry ? 'secondary' : 'primary'}" href=${base}>${t('account.frame.errorPage.toStart')}</a>`;
  const frame = { context, reply, language, base, account: person?.account, csrf: person?.csrf ?? '' };
  return sendPortalPage(frame, status, {
    ...statement({
      kind: 'refused',
      title: t(`account.frame.errorPage.${code}.title`),
      text: t(`account.frame.errorPage.${code}.explanation`),
      details: retry && retryForm(retry, language),
      next: html`<div class="buttons">${retry ? retryButton(retry, language) : nothing}${toStart}</div>
${askSupport(context.config.brand, language)}`,
      note: t.rich('account.frame.errorPage.requestId', { id }),
    }),
    ...(!person && { width: 'narrow' }),
    scripts: retryScripts(retry),
  });
}

function answerTo(error: FastifyError | PortalError): { code: PortalErrorCode; status: number } {
  if (error instanceof PortalError) return error;
  if (isOutOfReach(error)) return { code: 'unavailable', status: 503 };
  const { statusCode } = error;
  if (statusCode === 503) return { code: 'busy', status: 503 };
  if (statusCode !== undefined && statusCode < 500) return { code: 'invalid_request', status: statusCode };
  return { code: 'server_error', status: 500 };
}
