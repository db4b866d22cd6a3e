import { pickLanguage } from '@signup-with-platform/messages';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { notifyAccount } from '../../domain/accounts/notify.ts';
import { addPasskey } from '../../domain/passkeys/add.ts';
import { MAX_RESPONSE_LENGTH } from '../../domain/passkeys/response.ts';
import { suggestedName } from '../../domain/passkeys/suggested-name.ts';
import type { Interaction } from '../../engine/engine-internals.ts';
import { sendPage } from '../../pages/write-page.ts';
import { auditStep } from './audit.ts';
import { passkeyOfferPage } from './pages/passkey-offer-page.ts';
import { type OfferHeld, offeredAccount, offeredTo, passkeyOfferModel } from './passkey-offer-model.ts';
import { finishSignIn, type Step } from './step.ts';

/** An account sees the offer at most once in this time. */
const INTERVAL_MS = 30 * 24 * 60 * 60 * 1000;

const formSchema = z.object({ response: z.string().max(MAX_RESPONSE_LENGTH).catch('') });

/**
 * Pauses a sign-in with a correct password to offer a passkey, unless the account has one or was asked recently.
 * @returns whether it did: then the interaction's page is the offer
 */
export async function offerPasskey({ context, interaction }: Step, accountId: string): Promise<boolean> {
  if (!(await context.rows.passkeys.offer(accountId, new Date(Date.now() - INTERVAL_MS)))) return false;
  await hold(interaction, { passkeyOffer: { accountId } });
  return true;
}

/** Forgets a paused sign-in, because somebody tries to sign in as somebody else. */
export async function withdrawOffer({ interaction }: Step): Promise<void> {
  if (offeredTo(interaction) !== undefined) await hold(interaction, undefined);
}

/** POST passkey-offer: continues with a new passkey or without one. Somebody who has not given a password yet is asked for it. */
export async function postPasskeyOffer(step: Step): Promise<FastifyReply> {
  const { boundTo, context, interaction, form, page, request } = step;
  const account = await offeredAccount(context, interaction);
  if (!account) return step.reply.redirect(form.action, 303);
  const { response } = formSchema.parse(request.body);
  if (response === '') return finishSignIn(step, account.id, 'pwd');

  const { t } = pickLanguage(page.languages);
  const name = suggestedName(request.headers['user-agent'], t('shared.passkey.newName'));
  const passkey = await addPasskey(context, account, { json: response, name, form: boundTo });
  if (!passkey) {
    const model = await passkeyOfferModel(context, step, interaction);
    if (!model) return step.reply.redirect(form.action, 303);
    return sendPage(step.reply, 400, passkeyOfferPage(page, { ...model, refused: true }));
  }
  const subject = `account:${account.id}`;
  await auditStep(step, 'passkey.added', subject, { subject });
  await notifyAccount(context, account, { kind: 'passkey_added', name }, { languages: page.languages });
  return finishSignIn(step, account.id, 'pwd');
}

async function hold(interaction: Interaction, result: OfferHeld | undefined): Promise<void> {
  const held = interaction as { result?: OfferHeld | undefined };
  held.result = result;
  await interaction.save(interaction.exp - Math.floor(Date.now() / 1000));
}
