import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { finishAttempt } from '#domain/identities/attempt.ts';
import { openAccount } from '#domain/identities/open-account.ts';
import { findInteraction } from '#engine/interactions.ts';
import type { Provider } from '#engine/provider-types.ts';
import { browserOf, hashOfBrowser } from '#http/browser-cookie.ts';
import type { RealmContext } from '#http/realm-context.ts';
import type { UpstreamPerson } from '#upstream/person.ts';
import type { Upstream } from '#upstream/upstream.ts';
import { callbackPath } from '#upstream/upstreams.ts';
import { auditStep } from '../audit.ts';
import { PopupError } from '../popup-error.ts';
import { proceed } from '../proceed.ts';
import { type Step, sandboxAppOf, stepOf } from '../step.ts';
import { forgetIdentity, holdIdentity } from './held-identity.ts';
import { placeOf } from './leave.ts';
import { backWith } from './upstream.ts';

/** Where other logins send people back. */
export function registerUpstreamRoutes(app: FastifyInstance, context: RealmContext, provider: Provider): void {
  for (const upstream of context.upstreams.all) {
    const url = `${context.prefix}${callbackPath(upstream.id)}`;
    app.get(url, async (request, reply) => {
      reply.header('cache-control', 'no-store');
      return getCallback({ context, provider, request, reply }, upstream);
    });
  }
}

type Asked = Pick<Step, 'context' | 'provider' | 'request' | 'reply'>;

async function getCallback(asked: Asked, upstream: Upstream): Promise<FastifyReply> {
  const { context, request } = asked;
  const browser = browserOf(context, request.raw);
  if (browser === undefined) throw new PopupError('expired');
  const attempt = { query: queryOf(request), browserHash: hashOfBrowser(browser) };
  const finished = await finishAttempt(context, upstream, attempt);
  if (finished.outcome === 'unknown') throw new PopupError('expired');
  const step = await stepAt(asked, finished.place);
  if ('because' in finished)
    request.log.warn({ upstream: upstream.id, outcome: finished.outcome, reason: finished.because }, 'upstream failed');
  return finished.outcome === 'person'
    ? goOn(step, upstream, finished.person)
    : backWith(step, upstream, finished.outcome);
}

/** The parameters as they came: one that came twice is not chosen among. */
function queryOf({ url }: FastifyRequest): URLSearchParams {
  return new URL(url, 'http://localhost').searchParams;
}

/** The interaction that the attempt belongs to, which may have ended meanwhile. @throws PopupError `expired` */
async function stepAt(asked: Asked, place: string): Promise<Step> {
  const uid = place.slice(placeOf('').length);
  const interaction = place.startsWith(placeOf(''))
    ? await findInteraction(asked.context, asked.provider, asked.request.raw, uid)
    : undefined;
  if (!interaction) throw new PopupError('expired');
  return stepOf(asked, interaction);
}

async function goOn(step: Step, upstream: Upstream, person: UpstreamPerson): Promise<FastifyReply> {
  const offer = { upstream: upstream.id, person, appId: sandboxAppOf(step) };
  const opened = await openAccount(step.context, offer);
  switch (opened.outcome) {
    case 'known':
      break;
    case 'new':
      await auditStep(step, 'account.created', 'anyone', {
        subject: `account:${opened.account.id}`,
        detail: { upstream: upstream.id },
      });
      break;
    case 'address_known':
      await holdIdentity(step.interaction, offer);
      return backWith(step, upstream, 'address_known');
    default:
      return backWith(step, upstream, opened.outcome);
  }
  await forgetIdentity(step.interaction);
  return proceed(step, opened.account, 'upstream');
}
