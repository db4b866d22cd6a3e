import { html } from '@lit-labs/ssr';
import type { FastifyReply } from 'fastify';
import { nothing } from 'lit';
import {
  MAX_REASON_LENGTH,
  PAGES,
  type SettingsInput,
  type SettingsPage,
  type SettingsProblems,
} from '#domain/apps/settings.ts';
import { alertBox, csrfInput, textField } from '#pages/forms.ts';
import { imageSource } from '#pages/uris.ts';
import type { MemberCall } from '#portal/route.ts';
import { portalStrings } from '#portal/strings.ts';
import { appPath, sendAppPage } from '../app-layout.ts';
import { problemText } from '../problem-text.ts';
import { appsStrings } from '../strings.ts';
import { dangerZone } from './danger-page.ts';
import { fieldsForm } from './fields-form.ts';
import { logoCard } from './logo-card.ts';
import type { SettingsModel } from './settings-model.ts';

/** What people see of an app, and what it asks of them. Whoever may not change it sees the same, at rest. */
export function sendSettings(call: MemberCall, status: number, model: SettingsModel): Promise<FastifyReply> {
  const { settings } = appsStrings(call.language);
  const general = portalStrings(call.language);
  const isOwner = call.role === 'owner';
  const { input, problems, details } = model;
  const logo = imageSource(details.logoUri);
  return sendAppPage(call, status, 'settings', {
    title: general.app.tabs.settings,
    notice: model.done && settings[model.done],
    images: logo ? [logo] : [],
    main: html`${isOwner ? nothing : html`<p class="muted">${settings.ownersOnly}</p>`}${Object.keys(problems).length > 0 ? alertBox(general.checkFields) : nothing}
<form class="stack" method="post" action="${appPath(call)}/settings" novalidate>${csrfInput(call)}<fieldset class="stack" ?disabled=${!isOwner}>
<section class="card"><h2>${settings.people}</h2>
${textField({
  name: 'name',
  label: settings.name,
  value: input.name,
  autocomplete: 'organization',
  required: true,
  error: problems.name && problemText(call.language, { problem: problems.name }),
})}
${PAGES.map((page) => pageField(call, page, input, problems))}</section>
<section class="card"><header><h2>${settings.fields}</h2><p class="small muted">${settings.fieldsLead} ${settings.reasonHint.replace('{count}', String(MAX_REASON_LENGTH))}</p></header>
${fieldsForm(call.language, input, problems)}</section>
${isOwner ? html`<div class="buttons"><button class="button primary">${general.save}</button></div>` : nothing}</fieldset></form>
${isOwner ? html`${logoCard(call, model)}${dangerZone(call)}` : nothing}`,
  });
}

function pageField(call: MemberCall, page: SettingsPage, input: SettingsInput, problems: SettingsProblems): unknown {
  const { settings } = appsStrings(call.language);
  const problem = problems[page];
  return textField({
    name: page,
    label: settings[page],
    type: 'url',
    value: input.pages[page],
    autocomplete: 'off',
    direction: 'ltr',
    hint: page === 'homePageUri' ? settings.address : undefined,
    error: problem && problemText(call.language, { problem }),
  });
}
