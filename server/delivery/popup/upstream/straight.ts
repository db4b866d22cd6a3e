import { isFromApp } from '#engine/asker.ts';
import type { Interaction } from '#engine/engine-internals.ts';
import { ANSWERED_BY_SIGN_IN } from '#engine/prompts.ts';
import type { RealmContext } from '#http/realm-context.ts';
import type { RenderedPage } from '#pages/rendered-page.ts';
import { heldIn } from '../held-sign-in.ts';
import { viewOf } from '../interaction-view.ts';
import { leaveFor } from './leave.ts';

/**
 * Where one other login is the only way in, the shop's button leads straight there. Only a request of the app's own page does: whoever is sent
 * by another page would come back signed in, and be passed on, without having done anything (invariant 15).
 */
export async function straightToUpstream(
  context: RealmContext,
  ctx: { get(header: string): string },
  interaction: Interaction,
): Promise<RenderedPage | undefined> {
  const { only } = context.upstreams;
  if (!only || heldIn(interaction) || !ANSWERED_BY_SIGN_IN.includes(interaction.prompt.name)) return undefined;
  if (!isFromApp(ctx, context.config.publicUrl)) return undefined;
  return leaveFor(context, only, interaction, await viewOf(context, interaction, ctx.get('accept-language')));
}
