import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Provider } from '../../engine/provider-types.ts';
import type { RealmContext } from '../../http/realm-context.ts';
import { answerForm, keepAnswers } from '../../http/submissions.ts';
import { OverloadedError } from '../../load/overloaded-error.ts';
import { sendPage } from '../../pages/write-page.ts';
import { isOutOfReach } from '../../storage/database-errors.ts';
import { postBreachedPassword } from './breached-password.ts';
import { postCancel } from './cancel.ts';
import { getForgotPassword, getSignUp, postCode, postCodeAgain, postCodeNotNow } from './code/ask.ts';
import { postCodeCheck } from './code/check.ts';
import { postConsent } from './consent.ts';
import { postContinue } from './continue.ts';
import { postDevice } from './device/confirm.ts';
import { sendErrorPage } from './error-pages.ts';
import { interactionPage } from './interaction-page.ts';
import { postNewPassword } from './new-password.ts';
import { postPasskey } from './passkey.ts';
import { postPasskeyOffer } from './passkey-offer.ts';
import { postPersona, postStartOver } from './persona.ts';
import type { PopupError } from './popup-error.ts';
import { getRecoveryCode, postSecondFactor, postSecondFactorPasskey } from './second-factor.ts';
import { getSignIn, postSignIn } from './sign-in.ts';
import { getSignUpPassword, postSignUp } from './sign-up.ts';
import { loadStep, readStepForm, type Step } from './step.ts';
import { postSwitchAccount } from './switch-account.ts';
import { postLinkIdentity } from './upstream/link.ts';
import { ownWay } from './upstream/own-way.ts';
import { getUpstream, postUpstream } from './upstream/upstream.ts';
import { getUpstreamReturn } from './upstream/window.ts';
import { wayBackOf } from './way-back.ts';
import { postName } from './your-name.ts';

type StepHandler = (step: Step) => Promise<FastifyReply>;

/** Every address below `/interaction/:uid`. */
export const STEP_ROUTES: readonly { method: 'GET' | 'POST'; path: string; handle: StepHandler }[] = [
  { method: 'GET', path: '/', handle: getCurrentPage },
  { method: 'GET', path: '/sign-in', handle: getSignIn },
  { method: 'POST', path: '/sign-in', handle: ownWay(postSignIn) },
  { method: 'POST', path: '/passkey', handle: postPasskey },
  { method: 'POST', path: '/second-factor', handle: postSecondFactor },
  { method: 'POST', path: '/second-factor-passkey', handle: postSecondFactorPasskey },
  { method: 'GET', path: '/recovery-code', handle: getRecoveryCode },
  { method: 'POST', path: '/breached-password', handle: postBreachedPassword },
  { method: 'POST', path: '/passkey-offer', handle: postPasskeyOffer },
  { method: 'POST', path: '/code', handle: ownWay(postCode) },
  { method: 'POST', path: '/code-check', handle: ownWay(postCodeCheck) },
  { method: 'POST', path: '/code-again', handle: ownWay(postCodeAgain) },
  { method: 'POST', path: '/code-not-now', handle: ownWay(postCodeNotNow) },
  { method: 'GET', path: '/forgot-password', handle: ownWay(getForgotPassword) },
  { method: 'POST', path: '/new-password', handle: postNewPassword },
  { method: 'POST', path: '/name', handle: postName },
  { method: 'GET', path: '/sign-up', handle: ownWay(getSignUp) },
  { method: 'GET', path: '/sign-up/password', handle: ownWay(getSignUpPassword) },
  { method: 'POST', path: '/sign-up', handle: ownWay(postSignUp) },
  { method: 'GET', path: '/upstream', handle: getUpstream },
  { method: 'POST', path: '/upstream', handle: postUpstream },
  { method: 'GET', path: '/upstream-return', handle: getUpstreamReturn },
  { method: 'POST', path: '/link-identity', handle: postLinkIdentity },
  { method: 'POST', path: '/persona', handle: postPersona },
  { method: 'POST', path: '/start-over', handle: postStartOver },
  { method: 'POST', path: '/consent', handle: postConsent },
  { method: 'POST', path: '/continue', handle: postContinue },
  { method: 'POST', path: '/device', handle: postDevice },
  { method: 'POST', path: '/switch-account', handle: postSwitchAccount },
  { method: 'POST', path: '/cancel', handle: postCancel },
];

/** The steps between opening the popup and delivering, all below `/interaction/:uid` and all guarded by {@link loadStep}. */
export async function registerInteractionRoutes(
  app: FastifyInstance,
  context: RealmContext,
  provider: Provider,
): Promise<void> {
  const guarded = (handle: StepHandler) => async (request: FastifyRequest, reply: FastifyReply) => {
    await readStepForm(context, request);
    return answerForm({ context, request, reply }, async () => {
      const step = await loadStep(context, provider, request, reply);
      if ('continueAt' in step) return async () => reply.redirect(step.continueAt, 303);
      return () => handle(step);
    });
  };

  await app.register(
    async (interaction) => {
      keepAnswers(interaction);
      interaction.setErrorHandler(async (error: FastifyError | PopupError, request, reply) => {
        const isRefused = error instanceof OverloadedError;
        // It was refused unread. What somebody has typed is not lost: the page can send it again.
        if (isRefused && request.method === 'POST') await readStepForm(context, request).catch(() => undefined);
        // Who cannot read the database would wait for it once more, and who has too much to do would have more.
        const wayBack =
          isOutOfReach(error) || isRefused
            ? undefined
            : await wayBackOf(context, provider, request).catch(() => undefined);
        return sendErrorPage(context.config, error, request, reply, wayBack);
      });
      for (const { method, path, handle } of STEP_ROUTES)
        interaction.route({ method, url: path, handler: guarded(handle) });
    },
    { prefix: `${context.prefix}/interaction/:uid` },
  );
}

/** Sign-in, the offer of a passkey, or consent, whichever the interaction is at; reloading shows it again. */
async function getCurrentPage(step: Step): Promise<FastifyReply> {
  return sendPage(step.reply, 200, await interactionPage(step.context, step.interaction, step.acceptLanguage));
}
