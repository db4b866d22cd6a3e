import { html } from '@lit-labs/ssr';
import type { Environment } from '@signup-with-platform/protocol';
import type { FastifyReply } from 'fastify';
import { nothing } from 'lit';
import { alertIcon } from '#pages/icons.ts';
import { moment } from '#pages/time.ts';
import type { EnvironmentCall } from '#portal/route.ts';
import { sendReadAppPage } from '../app-layout.ts';
import { linkButton } from '../form-buttons.ts';
import { copyScript, type Secret, shownOnce } from '../shown-once.ts';
import { keysPath } from './keys-page.ts';

/** A client secret or an API key. */
export type SecretKind = 'secret' | 'key';

export interface MadeSecret {
  kind: SecretKind;
  secret: Secret;
  /** Until when the secret that it replaces works: null when that has stopped, undefined when it replaces none. */
  oldUntil?: Date | null;
}

/** Shows what has just been created, this once. @param environments of the app, read before anything was created */
export function sendMade(
  call: EnvironmentCall,
  environments: ReadonlySet<Environment>,
  { kind, secret, oldUntil }: MadeSecret,
): Promise<FastifyReply> {
  const { t } = call.language;
  return sendReadAppPage(call, environments, 200, 'keys', {
    title: t(`vendor.keys.made.${kind}`),
    scripts: [copyScript()],
    main: html`<div class="warning">${alertIcon}<p>${t('vendor.keys.made.warning')}</p></div>
<section class="card">${shownOnce(call, keysPath(call), [secret])}${oldSecret(call, kind, oldUntil)}</section>
<p class="buttons">${linkButton(keysPath(call), t('vendor.keys.made.back'))}</p>`,
  });
}

function oldSecret({ language }: EnvironmentCall, kind: SecretKind, until: Date | null | undefined): unknown {
  const { t } = language;
  if (until === undefined) return nothing;
  if (until === null) return html`<p>${t('vendor.keys.made.oldStopped', { kind })}</p>`;
  return html`<p>${t.rich('vendor.keys.made.oldUntil', { kind, date: moment(until, language) })}</p>`;
}
