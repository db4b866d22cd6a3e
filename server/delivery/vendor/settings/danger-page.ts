import { html } from '@lit-labs/ssr';
import type { FastifyReply } from 'fastify';
import { nothing } from 'lit';
import { formFrame, textField } from '#pages/forms.ts';
import { isolate } from '#pages/text.ts';
import type { MemberCall } from '#portal/route.ts';
import { statement } from '#portal/statement.ts';
import { appPath, sendAppPage } from '../app-layout.ts';
import { formButtons, linkButton } from '../form-buttons.ts';

/** What an owner should think about twice. */
export function dangerZone(call: MemberCall): unknown {
  const { t } = call.language;
  const { csrf } = call;
  const path = appPath(call);
  const change = call.app.disabled
    ? { act: 'enable', lead: t('vendor.settings.enableLead'), kind: 'secondary' }
    : { act: 'disable', lead: t('vendor.settings.disableLead'), kind: 'danger' };
  const label = call.app.disabled ? t('vendor.settings.enable') : t('vendor.settings.disable');
  const form = formFrame(
    { action: `${path}/${change.act}`, csrf },
    html`<button class="button ${change.kind}">${label}</button>`,
  );
  const row = (lead: string, action: unknown) =>
    html`<div class="row"><p class="grow small muted">${lead}</p>${action}</div>`;
  const remove = linkButton(`${path}/delete`, t('vendor.settings.delete'), 'danger');
  return html`<section class="card danger-zone"><h2>${t('vendor.settings.danger')}</h2><div class="rows">
${call.app.suspendedBecause === undefined ? row(change.lead, form) : nothing}
${row(t('vendor.settings.deleteLead'), remove)}
</div></section>`;
}

/** @param typed the name that did not match */
export function sendDelete(call: MemberCall, status: number, typed?: string): Promise<FastifyReply> {
  const { t } = call.language;
  const { name } = call.app;
  return sendAppPage(call, status, 'settings', {
    ...statement({
      kind: 'danger',
      title: t('vendor.settings.deleteTitle', { app: call.language.isolate(name) }),
      text: t('vendor.settings.deleteLead'),
      next: formFrame(
        { action: `${appPath(call)}/delete`, csrf: call.csrf, layout: 'stack', novalidate: true },
        html`
<p>${t.rich('vendor.settings.deleteConfirm', { app: html`<b>${isolate(name)}</b>` })}</p>
${textField({
  name: 'name',
  label: t('vendor.settings.name'),
  value: typed,
  autocomplete: 'off',
  required: true,
  autofocus: true,
  error: typed === undefined ? undefined : t('vendor.settings.deleteMismatch'),
})}
${formButtons(call, { submit: t('vendor.settings.delete'), cancel: `${appPath(call)}/settings`, isDanger: true })}`,
      ),
    }),
  });
}
