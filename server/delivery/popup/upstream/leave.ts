import { beginAttempt } from '#domain/identities/attempt.ts';
import { promptsOf } from '#engine/prompts.ts';
import type { RealmContext } from '#http/realm-context.ts';
import type { RenderedPage } from '#pages/rendered-page.ts';
import { isUnavailable } from '#upstream/guarded-fetch.ts';
import type { Upstream } from '#upstream/upstream.ts';
import type { InteractionLike, InteractionView } from '../interaction-view.ts';
import { awayPage } from '../pages/away-page.ts';
import { upstreamWindowPage } from '../pages/upstream-window-page.ts';

/** The attempts that belong to an interaction. */
export const placeOf = (uid: string) => `interaction:${uid}`;
/** Those that are made in a window of their own, beside the popup. */
export const windowPlaceOf = (uid: string) => `window:${uid}`;
/** Those of which nobody has seen a page (silent.ts). */
export const silentPlaceOf = (uid: string) => `silent:${uid}`;
const PLACES = [placeOf, windowPlaceOf, silentPlaceOf];

export const isOfPopup = (place: string) => PLACES.some((of) => place.startsWith(of('')));
export const isBeside = (place: string) => place.startsWith(windowPlaceOf(''));
export const isSilent = (place: string) => place.startsWith(silentPlaceOf(''));

/**
 * The page that leads to another login. It is a page and no redirect, because it tells the shop's page first that the window goes away for a
 * while, and because a form that is answered by a redirect may lead only where the page's own policy says (CSP `form-action`).
 * @returns undefined when the login cannot be reached
 */
export async function leaveFor(
  context: RealmContext,
  upstream: Upstream,
  interaction: InteractionLike & { browser?: string },
  { page, form, loginHint }: InteractionView,
): Promise<RenderedPage | undefined> {
  const { uid, params, browser, prompt } = interaction;
  if (browser === undefined) return undefined;
  const asked = promptsOf(params);
  try {
    await upstream.look();
    // Only a window that somebody has opened has anything to lose.
    const opensBeside = upstream.severs && page.ready !== undefined;
    const address = await beginAttempt(context, upstream, {
      place: opensBeside ? windowPlaceOf(uid) : placeOf(uid),
      browserHash: browser,
      loginHint,
      languages: page.languages,
      prompt: prompt.reasons?.includes('max_age')
        ? 'login'
        : (['login', 'select_account'] as const).find((each) => asked.includes(each)),
    });
    const model = { address: address.href, name: upstream.settings.name };
    return opensBeside ? upstreamWindowPage(page, { ...form, ...model, channel: uid }) : awayPage(page, model);
  } catch (error) {
    if (isUnavailable(error)) return undefined;
    throw error;
  }
}
