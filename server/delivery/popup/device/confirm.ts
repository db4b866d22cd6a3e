import type { FastifyReply } from 'fastify';
import { shownUserCode, USER_CODE_PARAMETER } from '#engine/device-codes.ts';
import { DEVICE_PROMPT } from '#engine/prompts.ts';
import type { RealmContext } from '#http/realm-context.ts';
import { namesOf, signedInAccount } from '../consent-model.ts';
import type { InteractionLike, InteractionView } from '../interaction-view.ts';
import type { DeviceConfirmModel } from '../pages/models.ts';
import { finish, type Step } from '../step.ts';

/** What the page shows that asks whether a device is the person's own. */
export async function deviceConfirmModel(
  context: RealmContext,
  view: Pick<InteractionView, 'app' | 'form'>,
  interaction: InteractionLike,
): Promise<DeviceConfirmModel> {
  const account = await signedInAccount(context, view, interaction);
  return {
    ...view.form,
    vendor: view.app.name,
    userCode: shownUserCode(String(interaction.params[USER_CODE_PARAMETER])),
    ...(account && { account: namesOf(account) }),
  };
}

/** POST device: the person says that the device is theirs. */
export async function postDevice(step: Step): Promise<FastifyReply> {
  if (step.interaction.prompt.name !== DEVICE_PROMPT) return step.reply.redirect(step.form.action, 303);
  return finish(step, { [DEVICE_PROMPT]: {} });
}
