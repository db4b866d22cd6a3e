import { html } from '@lit-labs/ssr';
import { pickLanguage } from '@signup-with-platform/messages';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { nothing } from 'lit';
import { RETRY_LATER } from '../http/out-of-reach.ts';
import type { RealmContext } from '../http/realm-context.ts';
import { languagesOf } from '../http/wanted-languages.ts';
import { askSupport } from '../pages/brand.ts';
import { alertIcon } from '../pages/icons.ts';
import { retryButton, retryForm, retryOf, retryScripts } from '../pages/retry.ts';
import { isolateLeftToRight } from '../pages/text.ts';
import { isOutOfReach } from '../storage/database-errors.ts';
import { sendPortalPage } from './layout.ts';
import { PortalError, type PortalErrorCode } from './portal-error.ts';
import type { PortalRoute } from './route.ts';

const RETRY_AFTER_SECONDS = 2;

/** Every error of the portal is a page in plain words; our own faults give the request id and nothing else. */
export function sendPortalError(
  context: RealmContext,
  { sections }: Pick<PortalRoute, 'sections'>,
  error: FastifyError | PortalError,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { code, status } = answerTo(error);
  if (code === 'busy') reply.header('retry-after', RETRY_AFTER_SECONDS);
  const retry = code === 'unavailable' ? retryOf(request) : undefined;
  if (code === 'unavailable') reply.headers(RETRY_LATER);
  if (status >= 500 && code !== 'busy') request.log.error({ err: error }, 'request failed');
  else request.log.info({ code, reason: error.message }, 'request refused');
  const language = pickLanguage(languagesOf(undefined, request.headers['accept-language']), sections);
  const { t } = language;
  const base = `${context.prefix}/account`;
  const id = html`<code>${isolateLeftToRight(request.id)}</code>`;
  // The page does not show who is signed in, because finding that out may be what failed.
  const frame = { context, reply, account: undefined, language, base, csrf: '' };
  return sendPortalPage(frame, status, {
    title: t(`account.frame.errorPage.${code}.title`),
    width: 'narrow',
    scripts: retryScripts(retry),
    main: html`<div class="alert">${alertIcon}<p>${t(`account.frame.errorPage.${code}.explanation`)}</p></div>
${retry ? html`${retryForm(retry, language)}${retryButton(retry, language)}` : nothing}
<p><a class="button secondary" href=${base}>${t('account.frame.errorPage.toStart')}</a></p>
${askSupport(context.config.brand, language)}
<p class="small muted">${t.rich('account.frame.errorPage.requestId', { id })}</p>`,
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
