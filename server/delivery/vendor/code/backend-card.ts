import { html } from '@lit-labs/ssr';
import { isolateLeftToRight } from '#pages/text.ts';
import { isWebOrigin } from '#pages/uris.ts';
import type { EnvironmentCall } from '#portal/route.ts';
import { isLoopbackHost } from '../../../../process/loopback.ts';
import { environmentPath } from '../app-layout.ts';
import { type BackendSample, backendSamples } from './backend-samples.ts';
import { readSample, type SampleSubject } from './samples.ts';
import { snippet } from './snippet.ts';

/** Whole servers for a website's backend, a fold each. A native app has none: its backend only reads what people shared. */
export function backendCard(call: EnvironmentCall, subject: SampleSubject): unknown {
  const { t } = call.language;
  const isNative = call.environment.kind === 'native';
  const keys = (label: unknown) => html`<a href=${`${environmentPath(call)}/keys`}>${label}</a>`;
  const origin = originToTry(call.environment.origins);
  const folds = isNative
    ? []
    : backendSamples({ ...subject, origin }).map((sample) => sampleFold(call, sample, origin));
  return html`<section class="card"><header><h2>${t(isNative ? 'vendor.code.read' : 'vendor.code.backend')}</h2><p
 class="small muted">${t(isNative ? 'vendor.code.readLead' : 'vendor.code.backendLead')}</p><p
 class="small muted">${t.rich('vendor.code.secrets', { keys })}</p></header>
${folds.map((content, index) => fold(content, index === 0))}
${fold(readFold(call, subject), isNative)}</section>`;
}

/** The page on the developer's own machine, where there is one. An earlier version registered origins that are not fit to be printed. */
function originToTry(registered: readonly string[]): string {
  const origins = registered.filter(isWebOrigin);
  const isLocal = (origin: string) => isLoopbackHost(new URL(origin).hostname);
  return origins.find(isLocal) ?? origins[0] ?? 'http://localhost:3000';
}

function fold({ name, content }: { name: string; content: unknown }, isOpen: boolean): unknown {
  return html`<details class="fold" name="backend" ?open=${isOpen}><summary><h3>${name}</h3></summary>${content}</details>`;
}

function sampleFold(call: EnvironmentCall, sample: BackendSample, origin: string) {
  const { t } = call.language;
  const { id, language, files, commands, variables } = sample;
  const code = (text: string) => html`<code>${isolateLeftToRight(text)}</code>`;
  const path = (label: unknown) => html`<code>${label}</code>`;
  const file = (name: string, text: string, index: number) => {
    const label = index === 0 ? t('vendor.code.backendName', { language }) : t('vendor.code.fileName', { file: name });
    return html`<p>${t.rich(index === 0 ? 'vendor.code.saveAs' : 'vendor.code.saveThere', { file: code(name) })}</p>
${snippet(call, index === 0 ? id : `${id}-${index + 1}`, label, text)}`;
  };
  const variable = (name: (typeof variables)[number]) =>
    html`<li>${t.rich(`vendor.code.variables.${name}`, { name: code(name), me: path })}</li>`;
  const content = html`<div class="stack tight">${files.map(({ name, code }, index) => file(name, code, index))}
<p>${t('vendor.code.run')}</p>
${snippet(call, `${id}-commands`, t('vendor.code.commandsName', { language }), commands)}
<p>${t.rich('vendor.code.open', { origin: code(origin) })}</p>
<p>${t('vendor.code.variables.lead')}</p>
<ul>${variables.map(variable)}</ul></div>`;
  return { name: language, content };
}

function readFold(call: EnvironmentCall, subject: SampleSubject) {
  const name = 'cURL';
  const label = call.language.t('vendor.code.backendName', { language: name });
  return { name, content: snippet(call, 'curl', label, readSample(subject)) };
}
