import { html } from '@lit-labs/ssr';
import type { FastifyReply } from 'fastify';
import { csrfInput, textField } from '#pages/forms.ts';
import { fill, isolate } from '#pages/text.ts';
import type { MemberCall } from '#portal/route.ts';
import { portalStrings } from '#portal/strings.ts';
import { appPath, sendAppPage } from '../app-layout.ts';
import { appsStrings } from '../strings.ts';

/** What an owner had better think about twice. */
export function dangerZone(call: MemberCall): unknown {
  const { settings } = appsStrings(call.language);
  const path = appPath(call);
  const switchRow = call.app.disabled
    ? { action: `${path}/enable`, title: settings.enable, lead: settings.enableLead }
    : { action: `${path}/disable`, title: settings.disable, lead: settings.disableLead };
  return html`<section class="card danger-zone"><h2>${settings.danger}</h2><div class="rows">
<div class="row"><p class="grow small muted">${switchRow.lead}</p><form method="post" action=${switchRow.action}>${csrfInput(call)}<button class="button ${call.app.disabled ? 'secondary' : 'danger'}">${switchRow.title}</button></form></div>
<div class="row"><p class="grow small muted">${settings.deleteLead}</p><a class="button danger" href="${path}/delete">${settings.delete}</a></div>
</div></section>`;
}

/** @param typed what did not match */
export function sendDelete(call: MemberCall, status: number, typed?: string): Promise<FastifyReply> {
  const { settings } = appsStrings(call.language);
  const general = portalStrings(call.language);
  return sendAppPage(call, status, 'settings', {
    title: settings.deleteTitle.replace('{app}', () => call.app.name),
    lead: settings.deleteLead,
    main: html`<form class="card stack" method="post" action="${appPath(call)}/delete" novalidate>${csrfInput(call)}
<p>${fill(settings.deleteConfirm, { app: html`<b>${isolate(call.app.name)}</b>` })}</p>
${textField({
  name: 'name',
  label: settings.name,
  value: typed,
  autocomplete: 'off',
  required: true,
  autofocus: true,
  error: typed === undefined ? undefined : settings.deleteMismatch,
})}
<div class="buttons"><button class="button danger">${settings.delete}</button><a class="button secondary" href="${appPath(call)}/settings">${general.cancel}</a></div></form>`,
  });
}
