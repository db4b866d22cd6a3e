import { html } from '@lit-labs/ssr';
import type { Finding, Severity } from '@signup-with-platform/protocol';
import { nothing } from 'lit';
import { formFrame, textField } from '#pages/forms.ts';
import { checkIcon } from '#pages/icons.ts';
import { isolateLeftToRight } from '#pages/text.ts';
import type { PortalPage } from '#portal/layout.ts';
import type { EnvironmentCall } from '#portal/route.ts';
import { environmentPath } from '../app-layout.ts';
import { cardHeader } from '../card-header.ts';
import { copyable, copyScript } from '../shown-once.ts';
import type { Examination } from './examine-page.ts';
import { findingText } from './finding-text.ts';

export interface DoctorState {
  /** What stands in the field. */
  typed: string;
  /** About the field. */
  error?: string;
  /** Above the field. */
  alert?: unknown;
  examination?: Examination;
}

const TONES: Readonly<Record<Severity, string>> = { error: 'bad', warning: 'plain', ok: 'good' };

export function doctorPage(call: EnvironmentCall, state: DoctorState): PortalPage {
  const { t } = call.language;
  const { alert, examination } = state;
  return {
    title: t('vendor.app.environmentTabs.doctor'),
    lead: t('vendor.doctor.lead'),
    scripts: [copyScript()],
    main: html`${alert ?? nothing}${addressForm(call, state)}
${examination ? results(call, examination) : nothing}
<p class="small muted">${t('vendor.doctor.unseen')}</p>`,
  };
}

function addressForm(call: EnvironmentCall, { typed, error }: DoctorState): unknown {
  const { t } = call.language;
  const field = textField({
    name: 'page',
    label: t('vendor.doctor.page'),
    value: typed,
    autocomplete: 'url',
    direction: 'ltr',
    required: true,
    error,
    hint: t('vendor.doctor.pageHint'),
  });
  return formFrame(
    { action: `${environmentPath(call)}/doctor`, csrf: call.csrf, layout: 'add' },
    html`
${field}<button class="button primary">${t('vendor.doctor.check')}</button>`,
  );
}

function results(call: EnvironmentCall, { url, reached, findings }: Examination): unknown {
  const { t } = call.language;
  const good = findings.filter(({ severity }) => severity === 'ok');
  const others = findings.filter(({ severity }) => severity !== 'ok');
  const heading = t(others.length === 0 ? 'vendor.doctor.healthy' : 'vendor.doctor.toDo');
  const address = html`<code>${isolateLeftToRight(url)}</code>`;
  const checked = t.rich(reached ? 'vendor.doctor.checked' : 'vendor.doctor.addressOnly', { url: address });
  const problems = html`<ol class="findings">${others.map((finding, index) => problem(call, finding, index))}</ol>`;
  return html`<section class="card">${cardHeader(heading, checked)}
${others.length === 0 ? nothing : problems}</section>
${good.length === 0 ? nothing : inOrder(call, good)}`;
}

function inOrder({ language }: EnvironmentCall, findings: readonly Finding[]): unknown {
  const item = (finding: Finding) =>
    html`<li class="done"><span class="mark-box">${checkIcon}</span><span
 class="grow">${findingText(language, finding).title}</span></li>`;
  return html`<section class="card"><h2>${language.t('vendor.doctor.inOrder')}</h2>
<ul class="checklist">${findings.map(item)}</ul></section>`;
}

function problem(call: EnvironmentCall, finding: Finding, index: number): unknown {
  const { t } = call.language;
  const { severity, copy } = finding;
  const { title, remedy } = findingText(call.language, finding);
  const label = t('vendor.doctor.copyLabel');
  const suggestion = copy === undefined ? nothing : copyable(call, { id: `finding-${index}`, label, value: copy });
  return html`<li><span class="tag ${severity === 'warning' ? 'warn' : ''}"
 data-tone=${TONES[severity]}>${t(`vendor.doctor.severities.${severity}`)}</span><div
 class="stack tight"><h3>${title}</h3>${remedy ? html`<p>${remedy}</p>` : nothing}${suggestion}</div></li>`;
}
