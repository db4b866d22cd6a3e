import { beginAttempt } from '#domain/identities/attempt.ts';
import { promptsOf } from '#engine/prompts.ts';
import type { RealmContext } from '#http/realm-context.ts';
import type { RenderedPage } from '#pages/rendered-page.ts';
import { isUnavailable, type Upstream } from '#upstream/upstream.ts';
import type { InteractionLike, InteractionView } from '../interaction-view.ts';
import { awayPage } from '../pages/away-page.ts';

/** The attempts that belong to an interaction. */
export const placeOf = (uid: string) => `interaction:${uid}`;

/**
 * The page that leads to another login. It is a page and no redirect, because it tells the shop's page first that the window goes away for a
 * while, and because a form that is answered by a redirect may lead only where the page's own policy says (CSP `form-action`).
 * @returns undefined when the login cannot be reached
 */
export async function leaveFor(
  context: RealmContext,
  upstream: Upstream,
  interaction: InteractionLike & { browser?: string },
  { page, loginHint }: InteractionView,
): Promise<RenderedPage | undefined> {
  const { uid, params, browser } = interaction;
  if (browser === undefined) return undefined;
  const asked = promptsOf(params);
  try {
    const address = await beginAttempt(context, upstream, {
      place: placeOf(uid),
      browserHash: browser,
      loginHint,
      languages: page.languages,
      prompt: (['login', 'select_account'] as const).find((prompt) => asked.includes(prompt)),
    });
    return awayPage(page, { address: address.href, name: upstream.settings.name });
  } catch (error) {
    if (isUnavailable(error)) return undefined;
    throw error;
  }
}
