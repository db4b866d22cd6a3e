import { html } from '@lit-labs/ssr';
import type { Finding, Severity } from '@signup-with-platform/protocol';
import { nothing } from 'lit';
import { csrfInput, textField } from '#pages/forms.ts';
import { checkIcon } from '#pages/icons.ts';
import { fill, isolateLeftToRight } from '#pages/text.ts';
import type { PortalPage } from '#portal/layout.ts';
import type { EnvironmentCall } from '#portal/route.ts';
import { portalStrings } from '#portal/strings.ts';
import { environmentPath } from '../app-layout.ts';
import { copyable, copyScript } from '../shown-once.ts';
import type { Examination } from './examine-page.ts';
import { doctorStrings } from './strings.ts';

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

export function doctorPage(call: EnvironmentCall, { typed, error, alert, examination }: DoctorState): PortalPage {
  const strings = doctorStrings(call.language);
  return {
    title: portalStrings(call.language).app.environmentTabs.doctor,
    lead: strings.lead,
    scripts: [copyScript()],
    main: html`${alert ?? nothing}<form class="add" method="post" action="${environmentPath(call)}/doctor">${csrfInput(call)}
${textField({ name: 'page', label: strings.page, value: typed, autocomplete: 'url', direction: 'ltr', required: true, error, hint: strings.pageHint })}<button class="button primary">${strings.check}</button></form>
${examination ? results(call, examination) : nothing}
<p class="small muted">${strings.unseen}</p>`,
  };
}

function results(call: EnvironmentCall, { url, reached, findings }: Examination): unknown {
  const strings = doctorStrings(call.language);
  const good = findings.filter(({ severity }) => severity === 'ok');
  const others = findings.filter(({ severity }) => severity !== 'ok');
  const address = html`<code>${isolateLeftToRight(url)}</code>`;
  return html`<section class="card"><header><h2>${others.length === 0 ? strings.healthy : strings.toDo}</h2><p class="small muted">${fill(reached ? strings.checked : strings.addressOnly, { url: address })}</p></header>
${others.length === 0 ? nothing : html`<ol class="findings">${others.map((finding, index) => problem(call, finding, index))}</ol>`}</section>
${good.length === 0 ? nothing : html`<section class="card"><h2>${strings.inOrder}</h2><ul class="checklist">${good.map((finding) => html`<li class="done"><span class="mark-box">${checkIcon}</span><span class="grow">${words(call, finding).title}</span></li>`)}</ul></section>`}`;
}

function problem(call: EnvironmentCall, finding: Finding, index: number): unknown {
  const { severities, copyLabel } = doctorStrings(call.language);
  const { severity, copy } = finding;
  const { title, remedy } = words(call, finding);
  return html`<li><span class="tag ${severity === 'warning' ? 'warn' : ''}" data-tone=${TONES[severity]}>${severities[severity]}</span><div class="stack tight"><h3>${title}</h3>${remedy ? html`<p>${remedy}</p>` : nothing}${copy === undefined ? nothing : copyable(call, { id: `finding-${index}`, label: copyLabel, value: copy })}</div></li>`;
}

/** The words for a finding. Facts come from somebody else's page: each is shown as text, in a direction of its own. */
function words(call: EnvironmentCall, { code, facts }: Finding): { title: unknown; remedy: unknown } {
  const { findings } = doctorStrings(call.language);
  const { environments } = portalStrings(call.language).app;
  const { title, remedy } = findings[code];
  const values = Object.fromEntries(
    Object.entries(facts).map(([name, value]) => [
      name,
      name === 'environment' && Object.hasOwn(environments, value)
        ? environments[value as keyof typeof environments]
        : isolateLeftToRight(value),
    ]),
  );
  return { title: fill(title, values), remedy: remedy && fill(remedy, values) };
}
