import { html } from '@lit-labs/ssr';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import type { RealmContext } from '../http/realm-context.ts';
import { languagesOf } from '../http/wanted-languages.ts';
import { askSupport } from '../pages/brand.ts';
import { alertIcon } from '../pages/icons.ts';
import { isolateLeftToRight } from '../pages/text.ts';
import { languageOf } from './language-of.ts';
import { sendPortalPage } from './layout.ts';
import { PortalError } from './portal-error.ts';
import type { PortalCall, PortalRoute } from './route.ts';
import { portalStrings } from './strings.ts';

/** Every error of the portal is a page in plain words; our own faults give the request id and nothing else. */
export function sendPortalError(
  context: RealmContext,
  { sections }: PortalRoute,
  error: FastifyError | PortalError,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const code = codeOf(error);
  if (code === 'server_error') request.log.error({ err: error }, 'request failed');
  else request.log.info({ code, reason: error.message }, 'request refused');
  const status =
    error instanceof PortalError ? error.status : code === 'server_error' ? 500 : (error.statusCode ?? 400);
  const languages = languagesOf(undefined, request.headers['accept-language']);
  const language = languageOf(languages, sections);
  const strings = portalStrings(language).errorPage;
  const base = `${context.prefix}/account`;
  // Whoever is signed in, the page knows nothing of it: looking may be what failed.
  const call = {
    context,
    request,
    reply,
    account: undefined,
    language,
    languages,
    base,
    csrf: '',
  } as unknown as PortalCall;
  return sendPortalPage(call, status, {
    title: strings[code].title,
    width: 'narrow',
    main: html`<div class="alert">${alertIcon}<p>${strings[code].explanation}</p></div>
<p><a class="button secondary" href=${base}>${strings.toStart}</a></p>
${askSupport(context.config.brand, language)}
<p class="small muted">${strings.requestId}: <code>${isolateLeftToRight(request.id)}</code></p>`,
  });
}

function codeOf(
  error: FastifyError | PortalError,
): keyof ReturnType<typeof portalStrings>['errorPage'] & PortalError['code'] {
  if (error instanceof PortalError) return error.code;
  return error.statusCode !== undefined && error.statusCode < 500 ? 'invalid_request' : 'server_error';
}
