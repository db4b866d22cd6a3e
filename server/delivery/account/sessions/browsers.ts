import { html } from '@lit-labs/ssr';
import type { FastifyReply } from 'fastify';
import { nothing } from 'lit';
import { forgetBrowser } from '#domain/second-factor/known-browsers.ts';
import { browserHashOf, devicesOf } from '#engine/device-cookie.ts';
import { formFrame } from '#pages/forms.ts';
import { day } from '#pages/time.ts';
import { PortalError } from '#portal/portal-error.ts';
import { forPerson, type PersonCall } from '#portal/route.ts';
import { isShared } from '#storage/accounts.ts';
import type { KnownBrowser } from '#storage/known-browsers.ts';
import { deviceName } from './device-name.ts';

export const browserRoutes = [
  forPerson('POST', '/sessions/browsers/:browserId/forget', postForget, { notShared: true }),
];

/** The browsers in which the account has signed in, whether or not it is signed in there now; nothing without any. */
export async function browsersSection(call: PersonCall): Promise<unknown> {
  const { account, context, language } = call;
  const { t } = language;
  // Where others sign in from, as a test person whom they share, is nobody's business.
  const browsers = isShared(account) ? [] : await context.rows.knownBrowsers.list(account.id);
  if (browsers.length === 0) return nothing;
  return html`<section class="card" aria-labelledby="browsers"><header>
<h2 id="browsers">${t('account.browsers.heading')}</h2>
<p class="small muted">${t('account.browsers.lead')} ${t('account.browsers.hint')}</p></header>
<ul class="rows">${browsers.map((browser) => row(call, browser))}</ul></section>`;
}

function row(call: PersonCall, browser: KnownBrowser): unknown {
  const { language } = call;
  const { t } = language;
  const name = deviceName(call, browser.userAgent);
  const mark = html` <span class="tag">${t('account.browsers.here')}</span>`;
  const facts = html`<span>${t.rich('account.browsers.firstSeen', { date: day(browser.firstSeenAt, language) })}</span> ·
<span>${t.rich('account.browsers.lastSeen', { date: day(browser.lastSeenAt, language) })}</span>`;
  return html`<li class="row"><div class="grow"><p><b>${name}</b>${isHere(call, browser) ? mark : nothing}</p>
<p class="small muted">${facts}</p>${trust(call, browser)}</div>
${forgetForm(call, browser, name)}</li>`;
}

function trust({ language }: PersonCall, { trustedUntil }: KnownBrowser): unknown {
  if (trustedUntil === undefined || trustedUntil.getTime() <= Date.now()) return nothing;
  const until = { date: day(trustedUntil, language) };
  return html`<p class="small muted">${language.t.rich('account.browsers.trusted', until)}</p>`;
}

function forgetForm({ base, csrf, language: { t } }: PersonCall, { id }: KnownBrowser, name: unknown): unknown {
  const which = html`<span class="hidden"> &ndash; ${name}</span>`;
  const button = html`<button class="link">${t('account.browsers.forget')}${which}</button>`;
  return formFrame({ action: `${base}/sessions/browsers/${id}/forget`, csrf }, button);
}

/** Its sessions end, and it is asked for the second factor again. It may be this one. */
async function postForget(call: PersonCall): Promise<FastifyReply> {
  const { account, base, context, params, reply, session } = call;
  const { browserId = '' } = params;
  // Nothing else is looked for: PostgreSQL refuses some texts, such as those with a NUL.
  const forgotten = /^[\w-]{1,64}$/.test(browserId) && (await forgetBrowser(context, account, browserId));
  if (!forgotten) throw new PortalError('not_found');
  const { browser, sessionsEnded } = forgotten;
  await call.audit('account.browser_forgotten', `account:${account.id}`, { sessionsEnded });
  if (!isHere(call, browser)) return reply.redirect(`${base}/sessions?done=forgotten`, 303);
  await session.end();
  return reply.redirect(`${base}/sign-in`, 303);
}

function isHere({ account, context, request }: PersonCall, { browserHash }: KnownBrowser): boolean {
  return devicesOf(context, request).some(
    (device) => device.accountId === account.id && browserHashOf(device) === browserHash,
  );
}
