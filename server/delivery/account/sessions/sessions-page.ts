import { html } from '@lit-labs/ssr';
import type { FastifyReply } from 'fastify';
import { nothing } from 'lit';
import { z } from 'zod';
import { formFrame } from '#pages/forms.ts';
import { isolateLeftToRight } from '#pages/text.ts';
import { relativeTime } from '#pages/time.ts';
import { sendPortalPage } from '#portal/layout.ts';
import type { PersonCall } from '#portal/route.ts';
import type { SignedInSession } from '#storage/sessions.ts';
import { browsersSection } from './browsers.ts';
import { deviceName } from './device-name.ts';

const DONE = ['ended', 'ended_others', 'forgotten'] as const;
/** What the page says has just been done. */
export type Done = (typeof DONE)[number];
const querySchema = z.object({ done: z.enum(DONE).optional().catch(undefined) });

export interface SessionsModel {
  here: SignedInSession | undefined;
  /** The latest first. */
  elsewhere: readonly SignedInSession[];
  /** How many there are besides. */
  notListed: number;
}

export async function sendSessions(
  call: PersonCall,
  { here, elsewhere, notListed }: SessionsModel,
): Promise<FastifyReply> {
  const { t } = call.language;
  const { done } = querySchema.parse(call.query);
  const rows = [here ?? [], elsewhere].flat().map((session) => row(call, session));
  const more = () => html`<p class="small muted">${t('account.sessions.notListed', { count: notListed })}</p>`;
  return sendPortalPage(call, 200, {
    navItem: 'sessions',
    title: t('account.frame.nav.sessions'),
    lead: t('account.sessions.lead'),
    notice: done && (done === 'forgotten' ? t('account.browsers.done') : t(`account.sessions.done.${done}`)),
    main: html`<div class="card"><ul class="rows">${rows}</ul>${notListed > 0 ? more() : nothing}</div>
${elsewhere.length > 0 ? endOthersForm(call) : html`<p class="muted">${t('account.sessions.onlyHere')}</p>`}
${await browsersSection(call)}`,
  });
}

function endOthersForm({ base, csrf, language: { t } }: PersonCall): unknown {
  return formFrame(
    { action: `${base}/sessions/end-others`, csrf, layout: 'buttons' },
    html`<button class="button secondary">${t('account.sessions.endOthers')}</button>
<span class="small muted">${t('account.sessions.endOthersHint')}</span>`,
  );
}

function row(call: PersonCall, session: SignedInSession): unknown {
  const { language } = call;
  const { t } = language;
  const device = deviceName(call, session.userAgent);
  const isHere = session.uid === call.session.uid;
  const address = session.address === undefined ? nothing : html`${isolateLeftToRight(session.address)} · `;
  const signedIn = t.rich('account.sessions.signedIn', { when: relativeTime(session.createdAt, language) });
  const lastSeen = t.rich('account.sessions.lastSeen', { when: relativeTime(session.lastSeenAt, language) });
  const mark = html` <span class="tag">${t('account.sessions.thisDevice')}</span>`;
  return html`<li class="row"><div class="grow"><p><b>${device}</b>${isHere ? mark : nothing}</p>
<p class="small muted">${address}${signedIn} · ${lastSeen}</p></div>
${isHere ? nothing : endForm(call, session, device)}</li>`;
}

function endForm({ base, csrf, language: { t } }: PersonCall, session: SignedInSession, device: unknown): unknown {
  const which = html`<span class="hidden"> &ndash; ${device}</span>`;
  const button = html`<button class="link">${t('account.sessions.end')}${which}</button>`;
  return formFrame({ action: `${base}/sessions/${session.uid}/end`, csrf }, button);
}
