import { html } from '@lit-labs/ssr';
import type { FastifyReply } from 'fastify';
import { beginAttempt } from '#domain/identities/attempt.ts';
import { ensureBrowser, hashOfBrowser } from '#http/browser-cookie.ts';
import { takeUpstream } from '#http/upstream-cookie.ts';
import { goAwayScript } from '#pages/going-away.ts';
import { isolate } from '#pages/text.ts';
import { continuation } from '#portal/continue.ts';
import { sendPortalPage } from '#portal/layout.ts';
import { PortalError } from '#portal/portal-error.ts';
import type { PortalCall } from '#portal/route.ts';
import { isUnavailable } from '#upstream/guarded-fetch.ts';

/** What an attempt of the account pages is for. A browser has one of each at a time. */
export const SIGN_IN_PLACE = 'account-sign-in';
export const LINK_PLACE = 'account-link';
export type AccountPlace = typeof SIGN_IN_PLACE | typeof LINK_PLACE;

/** Leads to another login: by a page, because the page with the button lets its forms lead nowhere else. */
export async function goTo(call: PortalCall, upstreamId: string, what: AccountPlace): Promise<FastifyReply> {
  const { context, language, languages, reply, request, session } = call;
  const upstream = context.upstreams.find(upstreamId);
  if (!upstream) throw new PortalError('not_found');
  const browserHash = hashOfBrowser(ensureBrowser(context, request.raw, reply.raw));
  const about = what === LINK_PLACE ? session.uid : continuation(call, call.body);
  const place = `${what} ${browserHash} ${about}`;
  // Somebody who is signed in already is to prove it anew.
  const prompt = call.account && 'login';
  let address: URL;
  try {
    address = await beginAttempt(context, upstream, { place, browserHash, languages, prompt });
  } catch (error) {
    if (!isUnavailable(error)) throw error;
    return backWith(call, upstreamId, what, { problem: 'unavailable' });
  }
  return sendAway(
    call,
    address,
    language.t.rich('popup.upstream.continue', { login: isolate(upstream.settings.name) }),
  );
}

/** A page that leads to another login. @param label of its link, for who has no script */
function sendAway(call: PortalCall, address: URL, label: unknown): Promise<FastifyReply> {
  return sendPortalPage(call, 200, {
    title: call.language.t('popup.upstream.away.title'),
    width: 'narrow',
    scripts: [goAwayScript({ message: false, targetOrigin: '', relay: address.href })],
    main: html`<div class="buttons"><a class="button primary" href=${address.href} rel="noreferrer"><span>${label}</span></a></div>`,
  });
}

/** Signs out at the login by which this browser was signed in, where the operator wants that; it leads back to our sign-in page. */
export async function signOutThere(call: PortalCall): Promise<FastifyReply | undefined> {
  const { context, language, reply, request } = call;
  const upstream = context.upstreams.find(takeUpstream(context, request.raw, reply.raw) ?? '');
  // Whoever cannot be reached keeps nobody from signing out here.
  const address = await upstream?.signOutUrl(`${context.issuer}/account/sign-in`).catch(() => undefined);
  // The session has ended, so that the page is one of nobody.
  return address && sendAway({ ...call, account: undefined }, address, language.t('account.frame.signOut'));
}

/** Back to where the button was, which says what the matter is. */
export function backWith(
  { base, reply }: Pick<PortalCall, 'base' | 'reply'>,
  upstream: string,
  what: AccountPlace,
  about: Record<string, string>,
): FastifyReply {
  const query = new URLSearchParams({ upstream, ...about });
  const page = what === LINK_PLACE ? 'security' : 'sign-in';
  return reply.redirect(`${base}/${page}?${query}${what === LINK_PLACE ? '#identities' : ''}`, 303);
}
