import { html } from '@lit-labs/ssr';
import type { Environment } from '@signup-with-platform/protocol';
import type { FastifyReply } from 'fastify';
import { nothing } from 'lit';
import { alertIcon } from '#pages/icons.ts';
import { fill } from '#pages/text.ts';
import { moment } from '#portal/dates.ts';
import type { EnvironmentCall } from '#portal/route.ts';
import { sendReadAppPage } from '../app-layout.ts';
import { copyScript, type Secret, shownOnce } from '../shown-once.ts';
import { keysPath } from './keys-page.ts';
import { keysStrings } from './strings.ts';

export interface MadeSecret {
  title: string;
  secret: Secret;
  /** Until when what it replaces works: null when that has stopped. Undefined when it replaces nothing. */
  oldUntil?: Date | null;
}

/** What has been made, this once. @param environments of the app, read before anything was made */
export function sendMade(
  call: EnvironmentCall,
  environments: ReadonlySet<Environment>,
  { title, secret, oldUntil }: MadeSecret,
): Promise<FastifyReply> {
  const { made } = keysStrings(call.language);
  const fate =
    oldUntil === undefined
      ? nothing
      : html`<p>${oldUntil ? fill(made.oldUntil, { date: moment(oldUntil, call.language.tag) }) : made.oldStopped}</p>`;
  return sendReadAppPage(call, environments, 200, 'keys', {
    title,
    scripts: [copyScript()],
    main: html`<div class="warning">${alertIcon}<p>${made.warning}</p></div>
<section class="card">${shownOnce(call, keysPath(call), [secret])}${fate}</section>
<p class="buttons"><a class="button secondary" href=${keysPath(call)}>${made.back}</a></p>`,
  });
}
