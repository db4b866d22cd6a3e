import formbody from '@fastify/formbody';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Provider } from '../../engine/provider-types.ts';
import type { RealmContext } from '../../http/realm-context.ts';
import { sendPage } from '../../pages/write-page.ts';
import { postCancel } from './cancel.ts';
import { postConsent } from './consent.ts';
import { postContinue } from './continue.ts';
import { sendErrorPage } from './error-pages.ts';
import { interactionPage } from './interaction-page.ts';
import { postPasskey } from './passkey.ts';
import { postPasskeyOffer } from './passkey-offer.ts';
import { postPersona } from './persona.ts';
import type { PopupError } from './popup-error.ts';
import { postSignIn } from './sign-in.ts';
import { getSignUp, postSignUp } from './sign-up.ts';
import { loadStep, type Step } from './step.ts';
import { postSwitchAccount } from './switch-account.ts';
import { wayBackOf } from './way-back.ts';

const MAX_FORM_BYTES = 32 * 1024;

/** The steps between opening the popup and delivering, all below `/interaction/:uid` and all guarded by {@link loadStep}. */
export async function registerInteractionRoutes(
  app: FastifyInstance,
  context: RealmContext,
  provider: Provider,
): Promise<void> {
  const guarded =
    (handler: (step: Step) => Promise<FastifyReply>) => async (request: FastifyRequest, reply: FastifyReply) => {
      const step = await loadStep(context, provider, request, reply);
      return 'continueAt' in step ? reply.redirect(step.continueAt, 303) : handler(step);
    };

  await app.register(
    async (interaction) => {
      interaction.removeAllContentTypeParsers();
      interaction.setErrorHandler(async (error: FastifyError | PopupError, request, reply) => {
        const wayBack = await wayBackOf(context, provider, request).catch(() => undefined);
        return sendErrorPage(context.config, error, request, reply, wayBack);
      });
      await interaction.register(formbody, { bodyLimit: MAX_FORM_BYTES });
      interaction.get('/', guarded(getCurrentPage));
      interaction.post('/sign-in', guarded(postSignIn));
      interaction.post('/passkey', guarded(postPasskey));
      interaction.post('/passkey-offer', guarded(postPasskeyOffer));
      interaction.get('/sign-up', guarded(getSignUp));
      interaction.post('/sign-up', guarded(postSignUp));
      interaction.post('/persona', guarded(postPersona));
      interaction.post('/consent', guarded(postConsent));
      interaction.post('/continue', guarded(postContinue));
      interaction.post('/switch-account', guarded(postSwitchAccount));
      interaction.post('/cancel', guarded(postCancel));
    },
    { prefix: `${context.prefix}/interaction/:uid` },
  );
}

/** Sign-in, the offer of a passkey, or consent, whichever the interaction is at; reloading shows it again. */
async function getCurrentPage(step: Step): Promise<FastifyReply> {
  return sendPage(step.reply, 200, await interactionPage(step.context, step.interaction, step.acceptLanguage));
}
