import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { choosePassword } from '../../domain/accounts/choose-password.ts';
import { confirmAnew, confirmEmail, findConfirmation } from '../../domain/accounts/confirm-email.ts';
import { proofEffect } from '../../domain/accounts/first-proof.ts';
import { signIn } from '../../domain/accounts/sign-in.ts';
import { devicesOf } from '../../engine/device-cookie.ts';
import { loadSession } from '../../engine/engine-internals.ts';
import type { Provider } from '../../engine/provider-types.ts';
import type { BodyContract } from '../../http/body/body-contract.ts';
import { formOf as formOfBody } from '../../http/body/form-record.ts';
import { readBody } from '../../http/body/read-body.ts';
import { isSameOrigin } from '../../http/csrf.ts';
import type { RealmContext } from '../../http/realm-context.ts';
import { retryAfter } from '../../http/retry-after.ts';
import { answerForm, keepAnswers } from '../../http/submissions.ts';
import { languagesOf } from '../../http/wanted-languages.ts';
import { themeOf } from '../../pages/page-context.ts';
import { sendPage } from '../../pages/write-page.ts';
import { auditStep } from './audit.ts';
import { type ConfirmEmailModel, confirmEmailPage } from './pages/confirm-email-page.ts';
import { PopupError } from './popup-error.ts';

const CONFIRM_FORM: BodyContract = { types: ['form'], maxBytes: 4 * 1024 };
const MAX_INPUT_LENGTH = 1_000;
const querySchema = z.object({ language: z.string().max(35).optional().catch(undefined) });
const codeSchema = z.object({ code: z.string().min(1).max(200) });
const passwordSchema = z.object({ password: z.string().max(MAX_INPUT_LENGTH).catch('') });

/** A request with the code from a mail. */
interface Visit {
  readonly context: RealmContext;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly code: string;
  /** The account that is signed in to this realm in this browser. */
  readonly signedInAs: string | undefined;
}

/**
 * The pages behind the link in a confirmation mail. Opening them changes nothing: mail scanners open links, and must not be able to
 * confirm an address on behalf of somebody who signed up with it. The buttons do. Who is not signed in to the account here keeps it by
 * its password, or replaces it by a new one (domain/accounts/first-proof.ts).
 */
export async function registerConfirmEmailRoutes(
  app: FastifyInstance,
  context: RealmContext,
  provider: Provider,
): Promise<void> {
  const visitOf = async (request: FastifyRequest, reply: FastifyReply, code: string): Promise<Visit> => {
    const { accountId } = await loadSession(provider, request.raw, reply.raw);
    return { context, request, reply, code, signedInAs: accountId };
  };
  const opened =
    (handler: (visit: Visit) => Promise<FastifyReply>) => async (request: FastifyRequest, reply: FastifyReply) => {
      const parsed = codeSchema.safeParse(request.query);
      if (!parsed.success) return send({ context, request, reply }, 400, { outcome: 'refused' });
      return handler(await visitOf(request, reply, parsed.data.code));
    };
  const sent =
    (handler: (visit: Visit) => Promise<FastifyReply>) => async (request: FastifyRequest, reply: FastifyReply) => {
      if (!isSameOrigin(request, context.config.publicUrl)) throw new PopupError('forbidden');
      request.body = formOfBody(await readBody(request, CONFIRM_FORM));
      return answerForm({ context, request, reply }, async () => {
        const parsed = codeSchema.extend({ csrf: z.unknown() }).safeParse(request.body);
        if (!parsed.success || !context.csrf.accepts(parsed.data.code, parsed.data.csrf)) {
          throw new PopupError('forbidden');
        }
        const visit = await visitOf(request, reply, parsed.data.code);
        return () => handler(visit);
      });
    };

  await app.register(
    async (routes) => {
      keepAnswers(routes);
      routes.get('', opened(getConfirm));
      routes.post('', sent(postConfirm));
      routes.get('/anew', opened(getAnew));
      routes.post('/anew', sent(postAnew));
    },
    { prefix: `${context.prefix}/confirm-email` },
  );
}

/** Whether a code works is told once it is used; only one that works asks for a password. */
async function getConfirm(visit: Visit): Promise<FastifyReply> {
  const account = await findConfirmation(visit.context, visit.code);
  const isOutside = account !== undefined && proofEffect(account, visit.signedInAs) === 'ends';
  if (isOutside) return sendOutside(visit, 200, account.email);
  return send(visit, 200, { outcome: 'ask', ...formOf(visit, ''), ...(account && { email: account.email }) });
}

async function postConfirm(visit: Visit): Promise<FastifyReply> {
  const { context, request } = visit;
  const outcome = await confirmEmail(context, visit.code, visit.signedInAs);
  if (outcome !== 'outside') return sendOutcome(visit, outcome);
  const account = await findConfirmation(context, visit.code);
  if (!account) return sendOutcome(visit, 'refused');
  const { password } = passwordSchema.parse(request.body);
  // Several accounts may claim one address with one password. The link is about one of them.
  const { email, appId, browserHash } = account;
  const who = { email, scope: { appId, browserHash }, password, meant: account.id };
  const result = await signIn(context, { ...who, address: request.ip, devices: devicesOf(context, request) });
  if (result.outcome === 'busy') {
    retryAfter(visit.reply, result.retryAfterMs);
    return sendOutside(visit, 503, account.email, { error: result.outcome });
  }
  if (result.outcome === 'too_many_attempts') {
    retryAfter(visit.reply, result.retryAfterMs);
    const retryAfterMinutes = Math.ceil(result.retryAfterMs / 60_000);
    return sendOutside(visit, 429, account.email, { error: result.outcome, retryAfterMinutes });
  }
  if (result.outcome !== 'signed-in') {
    await auditStep(visit, 'session.refused', 'anyone', { detail: { reason: 'invalid_credentials' } });
    return sendOutside(visit, 400, account.email, { error: 'invalid_credentials' });
  }
  const confirmed = await confirmEmail(context, visit.code, account.id);
  return sendOutcome(visit, confirmed === 'confirmed' ? confirmed : 'refused');
}

async function getAnew(visit: Visit): Promise<FastifyReply> {
  const account = await findConfirmation(visit.context, visit.code);
  return send(visit, 200, anewModel(visit, account?.email));
}

async function postAnew(visit: Visit): Promise<FastifyReply> {
  const { context, request } = visit;
  const account = await findConfirmation(context, visit.code);
  if (!account) return sendOutcome(visit, 'refused');
  // Without the account's names, which are a stranger's.
  const { email } = account;
  const chosen = await choosePassword(context, passwordSchema.parse(request.body).password, { email });
  // The code stays valid when the password is refused, so that a slip does not cost the link.
  if ('problem' in chosen) return send(visit, 400, { ...anewModel(visit, email), problem: chosen.problem });
  const owner = await confirmAnew(context, visit.code, chosen.password, {
    languages: languagesIn(request),
    address: request.ip,
  });
  if (!owner) return sendOutcome(visit, 'refused');
  await auditStep(visit, 'account.created', 'anyone', { subject: `account:${owner.id}` });
  return send(visit, 200, { outcome: 'replaced', signIn: `${context.prefix}/account/sign-in` });
}

function sendOutcome(visit: Visit, outcome: 'confirmed' | 'refused'): Promise<FastifyReply> {
  return send(visit, outcome === 'confirmed' ? 200 : 400, { outcome });
}

function sendOutside(
  visit: Visit,
  status: number,
  email: string,
  attempt: Pick<Extract<ConfirmEmailModel, { outcome: 'outside' }>, 'error' | 'retryAfterMinutes'> = {},
): Promise<FastifyReply> {
  return send(visit, status, {
    outcome: 'outside',
    ...formOf(visit, ''),
    email,
    // Asks for a sign-in by any means, and leads back here.
    signIn: withCode(visit, '/account/confirm-email'),
    anew: withCode(visit, '/confirm-email/anew'),
    ...attempt,
  });
}

function anewModel(visit: Visit, email: string | undefined): Extract<ConfirmEmailModel, { outcome: 'anew' }> {
  const form = { ...formOf(visit, '/anew'), ...(email !== undefined && { email }) };
  return { outcome: 'anew', ...form, keep: withCode(visit, '/confirm-email') };
}

/** The form keeps the language of the mail. */
function formOf({ context, request, code }: Visit, step: '' | '/anew') {
  const language = languageIn(request);
  const query = language === undefined ? '' : `?${new URLSearchParams({ language })}`;
  return { action: `${context.prefix}/confirm-email${step}${query}`, code, csrf: context.csrf.issue(code) };
}

function withCode({ context, request, code }: Visit, path: string): string {
  const language = languageIn(request);
  return `${context.prefix}${path}?${new URLSearchParams({ code, ...(language !== undefined && { language }) })}`;
}

function languageIn({ query }: FastifyRequest): string | undefined {
  return querySchema.parse(query ?? {}).language;
}

function languagesIn(request: FastifyRequest): string[] {
  return languagesOf(languageIn(request), request.headers['accept-language']);
}

function send(
  { context, request, reply }: Pick<Visit, 'context' | 'request' | 'reply'>,
  status: number,
  model: ConfirmEmailModel,
): Promise<FastifyReply> {
  const page = {
    platformName: context.config.platformName,
    brand: context.config.brand,
    realm: context.realm,
    languages: languagesIn(request),
    theme: themeOf(undefined),
  };
  return sendPage(reply, status, confirmEmailPage(page, model));
}
