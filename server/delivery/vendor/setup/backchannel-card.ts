import { html } from '@lit-labs/ssr';
import { nothing } from 'lit';
import type { AddressProblem } from '#domain/apps/addresses.ts';
import type { Refusal } from '#domain/apps/environment-addresses.ts';
import { formFrame, textField } from '#pages/forms.ts';
import { isolateLeftToRight } from '#pages/text.ts';
import type { EnvironmentCall } from '#portal/route.ts';
import { environmentPath } from '../app-layout.ts';
import { cardHeader } from '../card-header.ts';
import { problemText } from '../problem-text.ts';

export interface BackchannelAttempt {
  typed: string;
  refusal?: Refusal<AddressProblem | 'required'>;
}

/** Where the vendor's backend is told that a session has ended. */
export function backchannelCard(call: EnvironmentCall, attempt: BackchannelAttempt | undefined): unknown {
  const { t } = call.language;
  const { backchannelLogoutUri: uri } = call.environment;
  const header = cardHeader(t('vendor.setup.backchannel'), t('vendor.setup.backchannelLead'));
  return html`<section class="card" id="backchannel-logout">${header}
${uri === undefined ? nothing : currentRow(call, uri)}
${call.role === 'read-only' ? nothing : addressForm(call, attempt)}</section>`;
}

const pathOf = (call: EnvironmentCall) => `${environmentPath(call)}/backchannel-logout`;

function currentRow(call: EnvironmentCall, uri: string): unknown {
  const { t } = call.language;
  const form = formFrame(
    { action: `${pathOf(call)}/remove`, csrf: call.csrf },
    html`<button class="link">${t('vendor.setup.backchannelRemove')}</button>`,
  );
  return html`<div class="row"><span class="grow"><span
 class="small muted">${t('vendor.setup.backchannelCurrent')}</span><br><code>${isolateLeftToRight(uri)}</code></span>${
   call.role === 'read-only' ? nothing : form
 }</div>`;
}

function addressForm(call: EnvironmentCall, attempt: BackchannelAttempt | undefined): unknown {
  const { t } = call.language;
  return formFrame(
    { action: pathOf(call), csrf: call.csrf, layout: 'stack', novalidate: true },
    html`
${textField({
  name: 'backchannel_logout_uri',
  label: t('vendor.setup.backchannelUrl'),
  type: 'url',
  value: attempt?.typed,
  autocomplete: 'off',
  direction: 'ltr',
  required: true,
  autofocus: attempt?.refusal !== undefined,
  error: attempt?.refusal && problemText(call.language, attempt.refusal),
})}
<div class="buttons"><button class="button secondary">${t('vendor.setup.backchannelSave')}</button></div>`,
  );
}
