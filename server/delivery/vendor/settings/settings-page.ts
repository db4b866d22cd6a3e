import { html } from '@lit-labs/ssr';
import type { FastifyReply } from 'fastify';
import { nothing } from 'lit';
import {
  CREDENTIAL_LIFETIMES,
  MAX_REASON_LENGTH,
  outdatedPages,
  PAGES,
  type SettingsPage,
} from '#domain/apps/settings.ts';
import { alertBox, formFrame, optionalTag, selectField, textField } from '#pages/forms.ts';
import { imageSource } from '#pages/uris.ts';
import type { MemberCall } from '#portal/route.ts';
import { appPath, sendAppPage } from '../app-layout.ts';
import { cardHeader } from '../card-header.ts';
import { problemText } from '../problem-text.ts';
import { changesCard } from '../review/review-cards.ts';
import { dangerZone } from './danger-page.ts';
import { deviceFlowCard } from './device-flow-card.ts';
import { fieldsForm } from './fields-form.ts';
import { idTokenCard } from './id-token-card.ts';
import { logoCard } from './logo-card.ts';
import { offlineAccessCard } from './offline-access-card.ts';
import type { SettingsModel } from './settings-model.ts';
import { verifiedEmailCard } from './verified-email-card.ts';

/** What people see of an app, and what it asks them for. Members who may not change it see the same form, disabled. */
export function sendSettings(call: MemberCall, status: number, model: SettingsModel): Promise<FastifyReply> {
  const { t } = call.language;
  const isOwner = call.role === 'owner';
  const logo = imageSource(model.details.logoUri);
  const hasProblems = Object.keys(model.problems).length > 0;
  const outdated = Object.keys(outdatedPages(model.details, call.context.config.publicUrl)).length;
  const form = formFrame(
    { action: `${appPath(call)}/settings`, csrf: call.csrf, layout: 'lines', novalidate: true },
    html`<fieldset class="stack" ?disabled=${!isOwner}>${peopleCard(call, model)}
${fieldsCard(call, model)}
${credentialCard(call, model)}
${idTokenCard(call, model.input)}
${offlineAccessCard(call, model.input)}
${deviceFlowCard(call, model.input)}
${verifiedEmailCard(call, model.input)}
${isOwner ? saveButton(call) : nothing}</fieldset>`,
  );
  return sendAppPage(call, status, 'settings', {
    title: t('vendor.app.tabs.settings'),
    notice: model.done && t(`vendor.settings.${model.done}`),
    images: logo ? [logo] : [],
    main: html`${isOwner ? nothing : html`<p class="muted">${t('vendor.settings.ownersOnly')}</p>`}${
      hasProblems ? alertBox(t('account.frame.checkFields')) : nothing
    }${outdated > 0 ? alertBox(t('vendor.settings.outdated', { count: outdated }), 'outdated') : nothing}${changesCard(call, model.details)}
${form}
${isOwner ? html`${logoCard(call, model)}${dangerZone(call)}` : nothing}`,
  });
}

function saveButton({ language }: MemberCall): unknown {
  return html`<div class="save-bar buttons"><button class="button primary">${language.t('account.frame.save')}</button></div>`;
}

function peopleCard(call: MemberCall, model: SettingsModel): unknown {
  const { language } = call;
  const { t } = language;
  const { input, problems } = model;
  return html`
<section class="card"><h2>${t('vendor.settings.people')}</h2>
${textField({
  name: 'name',
  label: t('vendor.settings.name'),
  value: input.name,
  autocomplete: 'organization',
  required: true,
  error: problems.name && problemText(language, { problem: problems.name }),
})}
${PAGES.map((page) => pageField(call, page, model))}</section>`;
}

function pageField(call: MemberCall, page: SettingsPage, { details, input, problems }: SettingsModel): unknown {
  const { language, context } = call;
  const { t } = language;
  const problem = problems[page];
  const outdated = outdatedPages(details, context.config.publicUrl)[page];
  const hint = page === 'homePageUri' ? t('vendor.settings.address') : undefined;
  return textField({
    name: page,
    label: t(`vendor.settings.${page}`),
    type: 'url',
    value: input.pages[page],
    autocomplete: 'off',
    direction: 'ltr',
    optional: optionalTag({ t }),
    hint: outdated ? problemText(language, { problem: outdated }) : hint,
    error: problem && problemText(language, { problem }),
  });
}

function fieldsCard({ language, context }: MemberCall, { input, problems }: SettingsModel): unknown {
  const { t } = language;
  const lead = t('vendor.settings.fieldsLead', { count: MAX_REASON_LENGTH });
  return html`<section class="card">${cardHeader(t('vendor.settings.fields'), lead)}
${fieldsForm(language, input, problems, context.fields)}<p class="small muted">${t('vendor.settings.fieldsTag')}</p></section>`;
}

/** For how long whoever has shared may take over the rest of the vendor's form. */
function credentialCard({ language }: MemberCall, { input }: SettingsModel): unknown {
  const { t, duration } = language;
  const option = (seconds: number) => {
    const label = seconds < 3600 ? duration(seconds / 60, 'minute') : duration(seconds / 3600, 'hour');
    return html`<option value=${seconds} ?selected=${seconds === input.credentialLifetime}>${label}</option>`;
  };
  return html`<section class="card"><h2>${t('vendor.settings.credential')}</h2>
${selectField({
  name: 'credential_lifetime',
  label: t('vendor.settings.credentialLifetime'),
  hint: t('vendor.settings.credentialLifetimeHint'),
  options: CREDENTIAL_LIFETIMES.map(option),
})}</section>`;
}
