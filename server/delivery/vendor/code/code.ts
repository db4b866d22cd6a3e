import { html } from '@lit-labs/ssr';
import type { FastifyReply } from 'fastify';
import { nothing } from 'lit';
import { type EnvironmentCall, forEnvironment } from '#portal/route.ts';
import { environmentPath, sendAppPage } from '../app-layout.ts';
import { cardHeader } from '../card-header.ts';
import { copyScript } from '../shown-once.ts';
import { backendCard, readCard } from './backend-card.ts';
import { clientCard } from './client-card.ts';
import { nativeCard } from './native-settings.ts';
import { pageSample, type SampleSubject } from './samples.ts';
import { snippet } from './snippet.ts';

export const codeRoutes = [forEnvironment('GET', '/apps/:appId/:environment/code', 'read-only', getCode)];

/** All the code to paste, filled in with what is public about the environment. */
async function getCode(call: EnvironmentCall): Promise<FastifyReply> {
  const { t } = call.language;
  const { environment, context } = call;
  const { publicUrl, platformName } = context.config;
  const subject: SampleSubject = {
    publicUrl,
    platformName,
    clientId: environment.clientId,
    environment: environment.environment,
    fields: environment.fields,
    keysUrl: `${publicUrl}${environmentPath(call)}/keys`,
  };
  const linkTo = (href: string) => (label: unknown) => html`<a href=${href}>${label}</a>`;
  return sendAppPage(call, 200, 'code', {
    title: t('vendor.app.environmentTabs.code'),
    lead: t(`vendor.code.lead.${environment.environment}`),
    scripts: [copyScript()],
    main: html`${environment.kind === 'native' ? nativeCard(call, environment) : forWebsite(call, subject)}
${readCard(call, subject)}
${environment.kind === 'native' ? nothing : clientCard(call)}
<p class="small muted">${t.rich('vendor.code.more', { quickstart: linkTo('/docs/quickstart'), docs: linkTo('/docs') })}</p>`,
  });
}

/** The button in a form, and the backend that gets it. A native app has a library for that. */
function forWebsite(call: EnvironmentCall, subject: SampleSubject): unknown {
  return html`${pageCard(call, subject)}
${backendCard(call, subject)}`;
}

function pageCard(call: EnvironmentCall, subject: SampleSubject): unknown {
  const { t } = call.language;
  return html`<section class="card">${cardHeader(t('vendor.code.page'), t('vendor.code.pageLead'))}
${snippet(call, 'page', t('vendor.code.pageName'), pageSample(subject))}</section>`;
}
