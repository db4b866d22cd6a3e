import { html } from '@lit-labs/ssr';
import type { FastifyReply } from 'fastify';
import { fill } from '#pages/text.ts';
import { type EnvironmentCall, forEnvironment } from '#portal/route.ts';
import { portalStrings } from '#portal/strings.ts';
import { environmentPath, sendAppPage } from '../app-layout.ts';
import { copyScript } from '../shown-once.ts';
import { appsStrings } from '../strings.ts';
import { BACKENDS, type Backend, backendSamples, pageSample, type SampleSubject } from './samples.ts';
import { snippet } from './snippet.ts';

export const codeRoutes = [forEnvironment('GET', '/apps/:appId/:environment/code', 'read-only', getCode)];

/** Everything to paste, filled in with what is public about the environment. */
async function getCode(call: EnvironmentCall): Promise<FastifyReply> {
  const { code } = appsStrings(call.language);
  const { app: general, nav } = portalStrings(call.language);
  const { environment, context } = call;
  const { publicUrl } = context.config;
  const keysPath = `${environmentPath(call)}/keys`;
  const subject: SampleSubject = {
    publicUrl,
    clientId: environment.clientId,
    environment: environment.environment,
    keysUrl: `${publicUrl}${keysPath}`,
  };
  const samples = backendSamples(subject);
  const link = (href: string, label: string) => html`<a href=${href}>${label}</a>`;
  return sendAppPage(call, 200, 'code', {
    title: general.environmentTabs.code,
    lead: code.lead.replace('{environment}', general.environments[environment.environment]),
    scripts: [copyScript()],
    main: html`<section class="card"><header><h2>${code.page}</h2><p class="small muted">${code.pageLead}</p></header>
${snippet(call, 'page', code.page, pageSample(subject))}</section>
<section class="card"><header><h2>${code.backend}</h2><p class="small muted">${code.backendLead}</p><p class="small muted">${fill(code.secrets, { link: link(keysPath, general.environmentTabs.keys) })}</p></header>
${(Object.keys(BACKENDS) as Backend[]).map(
  (backend, index) =>
    html`<details class="fold" name="backend" ?open=${index === 0}><summary><h3>${BACKENDS[backend]}</h3></summary>${snippet(call, backend, code.backendIn.replace('{language}', BACKENDS[backend]), samples[backend])}</details>`,
)}</section>
<p class="small muted">${fill(code.more, { link: link('/docs/api', nav.docs) })}</p>`,
  });
}
