import { html } from '@lit-labs/ssr';
import type { FastifyReply } from 'fastify';
import { nothing } from 'lit';
import { z } from 'zod';
import { csrfInput } from '#pages/forms.ts';
import { fill, isolate, isolateLeftToRight } from '#pages/text.ts';
import { sendPortalPage } from '#portal/layout.ts';
import { relativeTime } from '#portal/relative-time.ts';
import type { PersonCall } from '#portal/route.ts';
import { portalStrings } from '#portal/strings.ts';
import type { SignedInSession } from '#storage/sessions.ts';
import { recognizeDevice } from './device.ts';
import { sessionStrings } from './strings.ts';

const DONE = ['ended', 'ended_others'] as const;
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

export function sendSessions(call: PersonCall, { here, elsewhere, notListed }: SessionsModel): Promise<FastifyReply> {
  const { base } = call;
  const strings = sessionStrings(call.language);
  const { done } = querySchema.parse(call.query);
  return sendPortalPage(call, 200, {
    section: 'sessions',
    title: portalStrings(call.language).nav.sessions,
    lead: strings.lead,
    notice: done && strings.done[done],
    main: html`<div class="card"><ul class="rows">${[here ?? [], elsewhere].flat().map((session) => row(call, session))}</ul>${
      notListed > 0
        ? html`<p class="small muted">${fill(strings.notListed, { count: notListed.toLocaleString(call.language.tag) })}</p>`
        : nothing
    }</div>
${
  elsewhere.length > 0
    ? html`<form class="buttons" method="post" action="${base}/sessions/end-others">${csrfInput(call)}<button class="button secondary">${strings.endOthers}</button><span class="small muted">${strings.endOthersHint}</span></form>`
    : html`<p class="muted">${strings.onlyHere}</p>`
}`,
  });
}

function row(call: PersonCall, session: SignedInSession): unknown {
  const { base, language, session: current } = call;
  const strings = sessionStrings(language);
  const device = deviceName(call, session.userAgent);
  const isHere = session.uid === current.uid;
  const times = html`${fill(strings.signedIn, { when: relativeTime(session.createdAt, language.tag) })} · ${fill(strings.lastSeen, { when: relativeTime(session.lastSeenAt, language.tag) })}`;
  return html`<li class="row"><div class="grow"><p><b>${device}</b>${isHere ? html` <span class="tag">${strings.thisDevice}</span>` : nothing}</p>
<p class="small muted">${session.address === undefined ? nothing : html`${isolateLeftToRight(session.address)} · `}${times}</p></div>
${
  isHere
    ? nothing
    : html`<form method="post" action="${base}/sessions/${session.uid}/end">${csrfInput(call)}<button class="link">${strings.end}<span class="hidden"> – ${device}</span></button></form>`
}</li>`;
}

function deviceName({ language }: PersonCall, userAgent: string | undefined): unknown {
  const { device } = sessionStrings(language);
  const { browser, system } = recognizeDevice(userAgent);
  if (browser && system) return fill(device.both, { browser: isolate(browser), system: isolate(system) });
  if (system) return fill(device.system, { system: isolate(system) });
  return browser ? isolate(browser) : device.unknown;
}
