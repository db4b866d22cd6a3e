import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { MAX_RESPONSE_LENGTH } from '../../domain/passkeys/response.ts';
import { sendPage } from '../../pages/write-page.ts';
import { heldAt, pass } from './held-sign-in.ts';
import { makePasskey } from './make-passkey.ts';
import { passkeyOfferPage } from './pages/passkey-offer-page.ts';
import { passkeyOfferModel } from './passkey-offer-model.ts';
import { proceedHeld } from './proceed.ts';
import type { Step } from './step.ts';

const formSchema = z.object({ response: z.string().max(MAX_RESPONSE_LENGTH).catch('') });

/** POST passkey-offer: continues with a new passkey or without one. Somebody who is not at this gate is shown where they are. */
export async function postPasskeyOffer(step: Step): Promise<FastifyReply> {
  const { context, interaction, form, page, request } = step;
  const at = await heldAt(context, interaction, 'passkey_offer');
  if (!at) return step.reply.redirect(form.action, 303);
  const { response } = formSchema.parse(request.body);
  if (response !== '' && !(await makePasskey(step, at.account, response))) {
    const model = await passkeyOfferModel(context, step, at.account);
    return sendPage(step.reply, 400, passkeyOfferPage(page, { ...model, refused: true }));
  }
  return proceedHeld(step, at.account, pass(at.held, 'passkey_offer'));
}
