import { html } from '@lit-labs/ssr';
import { nothing } from 'lit';
import { z } from 'zod';
import { isolateLeftToRight } from '#pages/text.ts';
import { isWebOrigin } from '#pages/uris.ts';
import type { EnvironmentCall } from '#portal/route.ts';
import { isLoopbackHost } from '../../../../process/loopback.ts';
import { environmentPath } from '../app-layout.ts';
import { cardHeader } from '../card-header.ts';
import { BACKENDS, type BackendId, type BackendSample, backendSample } from './backend-samples.ts';
import { readSample, type SampleSubject } from './samples.ts';
import { foldedFile, snippet } from './snippet.ts';

const MAX_LINES_OPEN = 100;

const [FIRST] = BACKENDS;
const querySchema = z.object({ backend: z.enum(BACKENDS.map(({ id }) => id)).catch(FIRST.id) });

/** A whole server for a website's backend, in the language that the address names, so that the page is short and works without script. */
export function backendCard(call: EnvironmentCall, subject: SampleSubject): unknown {
  const { t } = call.language;
  const { backend } = querySchema.parse(call.query ?? {});
  const origin = originToTry(call.environment.origins);
  return html`<section class="card" id="backend">${cardHeader(t('vendor.code.backend'), t('vendor.code.backendLead'))}
${languages(call, backend)}
${program(call, backendSample(backend, { ...subject, origin }), origin)}</section>`;
}

/** How a backend of any language reads a person, with the client secret. */
export function readCard(call: EnvironmentCall, subject: SampleSubject): unknown {
  const { t } = call.language;
  const keys = (label: unknown) => html`<a href=${`${environmentPath(call)}/keys`}>${label}</a>`;
  const label = t('vendor.code.backendName', { language: 'cURL' });
  return html`<section class="card">${cardHeader(t('vendor.code.read'), t('vendor.code.readLead'))}
<p class="small muted">${t.rich('vendor.code.secrets', { keys })}</p>
<details class="fold" ?open=${call.environment.kind === 'native'}><summary><h3>cURL</h3></summary>${snippet(
    call,
    'curl',
    label,
    readSample(subject),
  )}</details></section>`;
}

/** The page on the developer's own machine, where there is one. An earlier version registered origins that are not fit to be printed. */
function originToTry(registered: readonly string[]): string {
  const origins = registered.filter(isWebOrigin);
  const isLocal = (origin: string) => isLoopbackHost(new URL(origin).hostname);
  return origins.find(isLocal) ?? origins[0] ?? 'http://localhost:3000';
}

/** Links, so that the language that was chosen is in the address: it can be kept and sent, and the back button works. */
function languages(call: EnvironmentCall, chosen: BackendId): unknown {
  const link = ({ id, language }: (typeof BACKENDS)[number]) => {
    const query = id === FIRST.id ? '' : `?backend=${id}`;
    const href = `${environmentPath(call)}/code${query}#backend`;
    return html`<li><a href=${href} aria-current=${id === chosen ? 'true' : nothing}>${language}</a></li>`;
  };
  return html`<nav class="tabs kinds" aria-label=${call.language.t('vendor.code.languages')}><ul>${BACKENDS.map(link)}</ul></nav>`;
}

function program(call: EnvironmentCall, sample: BackendSample, origin: string): unknown {
  const { t } = call.language;
  const { id, language, files, commands, hasSessionSecret } = sample;
  const code = (text: string) => html`<code>${isolateLeftToRight(text)}</code>`;
  const file = (name: string, text: string, index: number) => {
    const label = index === 0 ? t('vendor.code.backendName', { language }) : t('vendor.code.fileName', { file: name });
    const place = index === 0 ? id : `${id}-${index + 1}`;
    // A short program is there to be read at once; of a long one, the page would be nothing else.
    const isOpen = index === 0 && text.split('\n').length <= MAX_LINES_OPEN;
    return html`<p>${t.rich(index === 0 ? 'vendor.code.saveAs' : 'vendor.code.saveThere', { file: code(name) })}</p>
${foldedFile(call, { id: place, group: 'backend-file', name, label, code: text, isOpen })}`;
  };
  const secret = hasSessionSecret
    ? html`<p>${t.rich('vendor.code.sessionSecret', { name: code('SESSION_SECRET') })}</p>`
    : nothing;
  return html`<div class="stack tight">${files.map(({ name, code }, index) => file(name, code, index))}
<p>${t('vendor.code.run')}</p>
${snippet(call, `${id}-commands`, t('vendor.code.commandsName', { language }), commands)}
<p>${t.rich('vendor.code.open', { origin: code(origin) })}</p>
${secret}</div>`;
}
