import { pickLanguage } from '@signup-with-platform/messages';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { notifyAccount } from '../../domain/accounts/notify.ts';
import { addPasskey } from '../../domain/passkeys/add.ts';
import { MAX_RESPONSE_LENGTH } from '../../domain/passkeys/response.ts';
import { suggestedName } from '../../domain/passkeys/suggested-name.ts';
import { sendPage } from '../../pages/write-page.ts';
import { auditStep } from './audit.ts';
import { heldAt, pass } from './held-sign-in.ts';
import { passkeyOfferPage } from './pages/passkey-offer-page.ts';
import { passkeyOfferModel } from './passkey-offer-model.ts';
import { proceedHeld } from './proceed.ts';
import type { Step } from './step.ts';

const formSchema = z.object({ response: z.string().max(MAX_RESPONSE_LENGTH).catch('') });

/** POST passkey-offer: continues with a new passkey or without one. Somebody who is not at this gate is shown where they are. */
export async function postPasskeyOffer(step: Step): Promise<FastifyReply> {
  const { boundTo, context, interaction, form, page, request } = step;
  const at = await heldAt(context, interaction, 'passkey_offer');
  if (!at) return step.reply.redirect(form.action, 303);
  const { account } = at;
  const held = pass(at.held, 'passkey_offer');
  const { response } = formSchema.parse(request.body);
  if (response === '') return proceedHeld(step, account, held);

  const { t } = pickLanguage(page.languages);
  const name = suggestedName(request.headers['user-agent'], t('shared.passkey.newName'));
  const passkey = await addPasskey(context, account, { json: response, name, form: boundTo });
  if (!passkey) {
    const model = await passkeyOfferModel(context, step, account);
    return sendPage(step.reply, 400, passkeyOfferPage(page, { ...model, refused: true }));
  }
  const subject = `account:${account.id}`;
  await auditStep(step, 'passkey.added', subject, { subject });
  await notifyAccount(context, account, { kind: 'passkey_added', name }, { languages: page.languages });
  return proceedHeld(step, account, held);
}
