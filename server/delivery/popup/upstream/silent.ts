import { beginAttempt } from '#domain/identities/attempt.ts';
import { isFromApp } from '#engine/asker.ts';
import type { Interaction } from '#engine/engine-internals.ts';
import type { RealmContext } from '#http/realm-context.ts';
import { isUnavailable } from '#upstream/guarded-fetch.ts';
import { heldIn } from '../held-sign-in.ts';
import { viewOf } from '../interaction-view.ts';
import { silentPlaceOf } from './leave.ts';

/**
 * Where the platform's own login says, without a page, who is signed in there. Whoever is nobody there comes back at once, to the first page as it
 * is without such a login, which asks no second time: it is the interaction's own page, and not where it begins.
 *
 * Only a request of the app's own page leads there, because whoever is sent by another one would come back signed in, and be passed on, without
 * having done anything (invariant 15). A request that wants more than a session (a fresh sign-in, another account) is not for this.
 */
export async function silentlyToUpstream(
  context: RealmContext,
  ctx: { get(header: string): string },
  interaction: Interaction,
): Promise<URL | undefined> {
  const { handOver, only } = context.upstreams;
  const { browser, prompt, params } = interaction;
  // The only way in is led to anyway, and asks nobody who is signed in there.
  if (!handOver || only || browser === undefined) return undefined;
  if (interaction.session || heldIn(interaction) || interaction.deviceCode !== undefined) return undefined;
  const { reasons = [] } = prompt as { reasons?: readonly string[] };
  const wantsSession = prompt.name === 'login' && reasons.every((reason) => reason === 'no_session');
  if (!wantsSession || params['max_age'] !== undefined) return undefined;
  if (!isFromApp(ctx, context.config.publicUrl)) return undefined;
  // Nobody waits for a login that was down a moment ago. This visit finds out whether it still is, for the next ones.
  if (!handOver.isAtHand) {
    handOver.look().catch(() => undefined);
    return undefined;
  }
  if (handOver.severs) return undefined;
  const { page, loginHint } = await viewOf(context, interaction, ctx.get('accept-language'));
  try {
    const wishes = { loginHint, languages: page.languages, prompt: 'none' } as const;
    return await beginAttempt(context, handOver, {
      place: silentPlaceOf(interaction.uid),
      browserHash: browser,
      ...wishes,
    });
  } catch (error) {
    if (isUnavailable(error)) return undefined;
    throw error;
  }
}
