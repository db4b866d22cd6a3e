import type { FastifyReply, FastifyRequest } from 'fastify';
import { consentRequest, priorConsent } from '../../domain/consent/consent-request.ts';
import { registeredClaims } from '../../domain/consent/registered-claims.ts';
import { attemptOf, traceOf } from '../../engine/attempts.ts';
import { askedFor } from '../../engine/authorization-request.ts';
import type { Provider } from '../../engine/provider-types.ts';
import { lacksVerifiedEmail } from '../../engine/verified-email.ts';
import { originOf } from '../../events/safe-text.ts';
import { formOf } from '../../http/body/form-record.ts';
import { readBody } from '../../http/body/read-body.ts';
import type { RealmContext } from '../../http/realm-context.ts';
import { readAssertionRequest } from './assertion-request.ts';
import { consentByDisclosure, isCoveredByDisclosure, questionsOf } from './consent-by-disclosure.ts';
import { continueOn } from './continuation.ts';
import { issueCredential } from './credential.ts';
import { FedcmError } from './fedcm-error.ts';
import { FEDCM_FORM } from './fedcm-form.ts';
import { askingApp, assertWebIdentity, signedInAccount } from './web-identity-request.ts';

/**
 * POST id assertion: the person has chosen the account, and the browser asks for what the page gets: the credential or, when there is more to
 * ask than the browser's dialog has disclosed (invariant 5), the address of our own consent page. Only a registered origin of the app may
 * ask (invariant 1).
 */
export async function postAssertion(
  context: RealmContext,
  provider: Provider,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  assertWebIdentity(request);
  const asked = readAssertionRequest(formOf(await readBody(request, FEDCM_FORM)), context.fields);
  const { origin = '' } = request.headers;
  const app = await askingApp(context, asked.clientId, origin).catch((error) => {
    noteRefusal(context, asked.clientId, request);
    throw error;
  });
  const signedIn = await signedInAccount(context, provider, request);
  if (signedIn?.account.id !== asked.accountId) throw new FedcmError('access_denied', 'that account is not signed in');
  const { account } = signedIn;

  const claims = askedFor(app, asked.params.fields, context.fields);
  const registered = registeredClaims(app, context.fields);
  const unregistered = claims.find((claim) => !registered.has(claim));
  if (unregistered)
    throw new FedcmError('invalid_request', `the app has not registered the field of '${unregistered}'`);

  const grant = await context.rows.grants.findFor(app.clientId, account.id);
  const { open } = consentRequest(claims, app.fields, priorConsent(grant?.payload ?? {}));
  const questions = questionsOf(context, account, open);
  const isOpen = questions.length > 0 || !grant;
  // The browser's dialog cannot ask for a code.
  const isUnconfirmed = lacksVerifiedEmail(context, app, account);
  if (isUnconfirmed || (isOpen && !(await isCoveredByDisclosure(context, app, account, questions, asked.disclosed)))) {
    context.events.record(app.clientId, {
      kind: 'popup.opened',
      ...traceOf(request),
      detail: { origin, response_type: 'id_token' },
    });
    return answer(reply, origin, {
      continue_on: await continueOn(
        context,
        app,
        { origin, accountId: account.id, attempt: attemptOf(request.raw) },
        asked.params,
      ),
    });
  }
  const isKept =
    !isOpen || (await consentByDisclosure(context, provider, request, app, { account, known: grant, open: questions }));
  const agreed = isKept ? await context.rows.grants.findFor(app.clientId, account.id) : undefined;
  if (!agreed) throw new FedcmError('access_denied', 'the person has withdrawn their consent');
  const token = await issueCredential(context, provider, request, reply, {
    clientId: app.clientId,
    accountId: account.id,
    sessionUid: signedIn.session.uid,
    grantId: agreed.id,
    asked: claims,
    nonce: asked.params.nonce,
    origin,
  });
  return answer(reply, origin, { token });
}

/** For the page that asked, which belongs to the app. */
function answer(reply: FastifyReply, origin: string, body: object): FastifyReply {
  return reply
    .headers({ 'access-control-allow-origin': origin, 'access-control-allow-credentials': 'true', vary: 'origin' })
    .send(body);
}

/** Writes into the app's own log, where its developers look when nothing happens. */
function noteRefusal({ events, storage }: RealmContext, clientId: string, request: FastifyRequest): void {
  const origin = originOf(request.headers.origin);
  storage.appEnvironments.findByClientId(clientId).then(
    (app) => {
      if (!app) return;
      const isHeld = app.standing === 'pending' || app.standing === 'declined';
      const reason = isHeld
        ? 'app_not_approved'
        : app.disabled
          ? 'app_disabled'
          : origin
            ? 'origin_not_registered'
            : 'not_an_origin';
      const detail = { reason, ...(origin && { origin }) } as const;
      events.record(clientId, { kind: 'popup.refused', requestId: request.id, detail });
    },
    () => {},
  );
}
