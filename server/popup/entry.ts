import {
  CLAIMS_OF_FIELD,
  type Claim,
  claimsOf,
  isClaim,
  issuerOf,
  MAX_NONCE_LENGTH,
  MAX_STATE_LENGTH,
  type PopupRequest,
  RESPONSE_ERRORS,
} from '@signup-with-platform/protocol';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Brand } from '../brand/brand.ts';
import type { EventLog } from '../events/event-log.ts';
import { safeText } from '../events/safe-text.ts';
import type { MountedRealm } from '../openid/mount.ts';
import { PROVIDER_ROUTES } from '../openid/provider-routes.ts';
import { sendPage } from '../pages/write-page.ts';
import type { AppEnvironment, AppEnvironmentRepository } from '../storage/app-environments.ts';
import { toMessage } from './deliver.ts';
import { noteRefusal } from './note-refusal.ts';
import { languagesOf, pageContextOf } from './page-context.ts';
import { deliverPage } from './pages/deliver-page.ts';
import { errorPage } from './pages/error-page.ts';
import { PopupError } from './popup-error.ts';
import { inFragment } from './relay.ts';
import { WEB_MESSAGE } from './web-message.ts';

const MAX_PARAMETER_LENGTH = 1_000;
const parameter = z.string().min(1).max(MAX_PARAMETER_LENGTH);

/** What has to hold before anything may be posted to the page: an error in it is shown in the popup only. */
const addressedSchema = z.object({
  client_id: parameter,
  origin: parameter,
  state: z.string().min(1).max(MAX_STATE_LENGTH),
});

/** The rest: an error in it is delivered to the page. */
const requestSchema = z.object({
  nonce: z.string().min(1).max(MAX_NONCE_LENGTH),
  response_type: z.enum(['id_token', 'code']).default('id_token'),
  code_challenge: parameter.optional(),
  code_challenge_method: z.literal('S256').optional(),
  fields: z.string().max(MAX_PARAMETER_LENGTH).optional(),
  language: z.string().max(MAX_PARAMETER_LENGTH).optional(),
  theme: z.enum(['light', 'dark', 'auto']).default('auto').catch('auto'),
  redirect_uri: parameter.optional(),
  mode: z.enum(['popup', 'redirect']).default('popup'),
  prompt: z.literal('login').optional(),
} satisfies Record<keyof Omit<PopupRequest, 'client_id' | 'origin' | 'state'>, z.ZodType>);

/** What a page asks for, besides who it is. */
export type PopupParameters = Pick<z.infer<typeof requestSchema>, 'nonce' | 'fields' | 'language' | 'theme'> &
  Partial<z.infer<typeof requestSchema>>;

interface EntryContext {
  appEnvironments: AppEnvironmentRepository;
  events: EventLog;
  publicUrl: string;
  platformName: string;
  brand: Brand;
  realms: Record<AppEnvironment['realm'], MountedRealm>;
}

/** `GET /popup`: checks who asks, and becomes an authorization request at the right realm, within the same round trip. */
export async function getPopup(
  context: EntryContext,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  try {
    return await openPopup(context, request, reply);
  } catch (error) {
    await noteRefusal(context, request, error);
    throw error;
  }
}

async function openPopup(context: EntryContext, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const addressed = parseAddressed(request.query);
  const app = await findApp(context.appEnvironments, addressed.client_id);
  assertEnabled(app);
  assertRegisteredOrigin(app, addressed.origin);

  const parsed = requestSchema.safeParse(request.query);
  const problem = parsed.success
    ? (unknownField(parsed.data.fields) ?? wrongRedirect(app, addressed.origin, parsed.data))
    : explain(parsed.error);
  if (!parsed.success || problem) return sendProblem(context, app, addressed, request, reply, problem ?? '');

  context.events.record(app.clientId, {
    kind: 'popup.opened',
    requestId: request.id,
    detail: { origin: addressed.origin, response_type: parsed.data.response_type },
  });
  const query = authorizationRequest(app, addressed, parsed.data);
  await context.realms[app.realm].answerAuthorization(request, reply, `${PROVIDER_ROUTES.authorization}?${query}`);
  return reply;
}

function parseAddressed(query: unknown): z.infer<typeof addressedSchema> {
  const parsed = addressedSchema.safeParse(query);
  if (!parsed.success) throw new PopupError('invalid_request', explain(parsed.error));
  return parsed.data;
}

async function findApp(appEnvironments: AppEnvironmentRepository, clientId: string): Promise<AppEnvironment> {
  const app = await appEnvironments.findByClientId(clientId);
  if (!app) throw new PopupError('unknown_app', 'No app has this client_id. Copy it again from the app’s settings.');
  return app;
}

function assertEnabled(app: AppEnvironment): void {
  if (app.disabled)
    throw new PopupError('app_disabled', 'The app is disabled. Its owner or the platform can enable it again.');
}

/** Exact comparison: no wildcard, no prefix, no `null` (invariant 1). */
function assertRegisteredOrigin(app: AppEnvironment, origin: string): void {
  if (app.origins.includes(origin)) return;
  throw new PopupError(
    'origin_not_registered',
    `The page's origin is ${origin}, which is not among the allowed origins of this app in the environment ${app.environment}. Add it there, exactly as written here.`,
  );
}

function unknownField(fields: string | undefined): string | undefined {
  const unknown = fieldNames(fields).find((name) => !isClaim(name));
  return unknown === undefined ? undefined : `fields: '${unknown}' is not a claim that can be asked for.`;
}

/** A redirect URI stands for the page, so it is one of the page's own origin, and registered exactly as it is (RFC 9700 section 2.1). */
function wrongRedirect(
  app: AppEnvironment,
  origin: string,
  { redirect_uri: uri, mode, code_challenge: challenge }: z.infer<typeof requestSchema>,
): string | undefined {
  if (uri === undefined) return mode === 'redirect' ? 'redirect_uri: required with mode=redirect' : undefined;
  if (!app.redirectUris.includes(uri))
    return `redirect_uri: ${uri} is not registered. Add it to the app's redirect URIs, exactly as written here.`;
  if (new URL(uri).origin !== origin) return 'redirect_uri: must be of the origin of the page';
  return challenge ? undefined : 'code_challenge: required with redirect_uri';
}

function fieldNames(fields: string | undefined): string[] {
  return (fields ?? '').split(/[\s,]+/).filter(Boolean);
}

/** OpenID Connect Core 1.0 section 3.1.2.1, with the claims asked for one by one (section 5.5). */
export function authorizationRequest(
  app: AppEnvironment,
  addressed: z.infer<typeof addressedSchema>,
  { mode = 'popup', response_type: responseType = 'id_token', ...request }: PopupParameters,
): URLSearchParams {
  const claims = askedFor(app, request.fields);
  const params = new URLSearchParams({
    client_id: app.clientId,
    ...(mode === 'redirect' && request.redirect_uri
      ? { response_type: 'code', response_mode: 'fragment', redirect_uri: request.redirect_uri }
      : { response_type: responseType, response_mode: WEB_MESSAGE, redirect_uri: addressed.origin }),
    scope: 'openid',
    state: addressed.state,
    nonce: request.nonce,
    claims: JSON.stringify({ id_token: Object.fromEntries(claims.map((claim) => [claim, null])) }),
    theme: request.theme,
  });
  const locales = languagesOf(request.language, undefined);
  if (request.prompt) params.set('prompt', request.prompt);
  if (locales.length > 0) params.set('ui_locales', locales.join(' '));
  if (mode === 'popup' && request.redirect_uri) params.set('relay_uri', request.redirect_uri);
  if (request.code_challenge) {
    params.set('code_challenge', request.code_challenge);
    params.set('code_challenge_method', request.code_challenge_method ?? 'S256');
  }
  return params;
}

/** The claims a page asks for; when it names none, those of the fields that the app registered as required. */
export function askedFor(app: AppEnvironment, fields: string | undefined): Claim[] {
  const named = fieldNames(fields).filter(isClaim);
  if (named.length > 0) return claimsOf(named);
  return claimsOf(app.fields.filter(({ required }) => required).flatMap(({ field }) => CLAIMS_OF_FIELD[field]));
}

/** The origin is registered, so the page may hear what is wrong with its request: by the way that it asked for. */
function sendProblem(
  context: EntryContext,
  app: AppEnvironment,
  { origin, state }: z.infer<typeof addressedSchema>,
  request: FastifyRequest,
  reply: FastifyReply,
  problem: string,
): FastifyReply | Promise<FastifyReply> {
  context.events.record(app.clientId, {
    kind: 'popup.refused',
    requestId: request.id,
    detail: { reason: 'invalid_request', origin, hint: safeText(problem) },
  });
  const { publicUrl, platformName, brand } = context;
  const message = toMessage(issuerOf(publicUrl, app.realm), {
    state,
    error: RESPONSE_ERRORS.INVALID_REQUEST,
    error_description: problem,
  });
  const { language, theme, mode, redirect_uri: uri } = request.query as Record<string, unknown>;
  // Whatever else is wrong, an address that is not the page's own and registered is never gone to (RFC 6749 section 4.1.2.1).
  const relay = isOwnRedirectUri(app, origin, uri) ? inFragment(uri, message) : undefined;
  const params = { redirect_uri: origin, response_mode: WEB_MESSAGE, state, ui_locales: language, theme };
  const page = pageContextOf(
    { config: { platformName, brand }, realm: app.realm },
    params,
    app,
    request.headers['accept-language'],
  );
  if (mode === 'redirect') {
    if (relay) return reply.redirect(relay, 303);
    const wayBack = { uri: origin, vendor: app.name };
    const error = { code: 'invalid_request', requestId: request.id, developerHint: problem, wayBack } as const;
    return sendPage(reply, 400, errorPage(page, error));
  }
  return sendPage(reply, 400, deliverPage(page, { message, targetOrigin: origin, ...(relay && { relay }) }));
}

function isOwnRedirectUri(app: AppEnvironment, origin: string, uri: unknown): uri is string {
  return typeof uri === 'string' && app.redirectUris.includes(uri) && new URL(uri).origin === origin;
}

function explain(error: z.ZodError): string {
  return error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ');
}
