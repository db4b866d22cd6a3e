import { html } from '@lit-labs/ssr';
import { ERROR_CATALOGUE } from '../error-catalogue.ts';
import { codeBlock } from './code-block.ts';
import { errorAnchor } from './error-anchor.ts';
import { toJson } from './literals.ts';
import { prose } from './prose.ts';
import type { Section } from './section.ts';

/** As the contract has them. */
const STATUSES: Readonly<Record<number, string>> = {
  200: 'The request was successful.',
  304: 'You have it already.',
  400: 'The request was invalid or missing information.',
  401: 'The key is missing or invalid.',
  402: 'The app is disabled or not configured correctly.',
  403: 'The key’s rights do not reach that far.',
  404: 'There is no such thing.',
  405: 'The address does not take this method; see `Allow`.',
  409: 'It conflicts with an earlier request.',
  412: 'It changed since you read it.',
  413: 'The body is too large.',
  415: 'The body’s type is none that is read.',
  429: 'Too many requests; wait for `Retry-After`.',
  500: 'The platform failed. The message has the request’s id.',
  502: 'What stands between, or your own endpoint, failed.',
  503: 'Starting, stopping, or cut off from the database; wait for `Retry-After`.',
};

export function errorsSection(): Section {
  return {
    id: 'errors',
    title: 'Errors',
    text: html`<p>The status says what kind of error it is, <code>error</code> which one: compare with that. <code>message</code> tells a developer what to do, and may change. Ask with <code>Accept: application/problem+json</code> to get the same as RFC 9457.</p>
<div class="table-box" tabindex="0" role="group" aria-label="Statuses"><table><thead><tr><th scope="col">Status</th><th scope="col">Meaning</th></tr></thead><tbody>${Object.entries(
      STATUSES,
    ).map(
      ([status, meaning]) => html`<tr><th scope="row">${status}</th><td>${prose(meaning)}</td></tr>`,
    )}</tbody></table></div>`,
    aside: [
      codeBlock('An error', toJson(exampleOf('read_only_key')), html`<span class="bad">403</span> An error`),
      codeBlock(
        'The same, as a problem',
        toJson(problemOf('read_only_key')),
        html`<span class="bad">403</span> The same, as a problem`,
      ),
    ],
  };
}

export function errorCodesSection(): Section {
  return {
    id: 'error-codes',
    title: 'Error codes',
    text: html`<table class="parameters codes"><thead class="hidden"><tr><th scope="col">Code</th><th scope="col">Meaning and remedy</th></tr></thead><tbody>${Object.entries(
      ERROR_CATALOGUE,
    ).map(
      ([code, { status, meaning, remedy }]) =>
        html`<tr id=${errorAnchor(code)}><th scope="row"><a href="#${errorAnchor(code)}"><code>${code}</code></a> <span class="type">${status}</span></th><td>${prose(meaning)} <span class="remedy">${prose(remedy)}</span></td></tr>`,
    )}</tbody></table>`,
  };
}

function exampleOf(code: string): unknown {
  const entry = ERROR_CATALOGUE[code];
  return { error: code, status: entry?.status, message: entry?.remedy };
}

function problemOf(code: string): unknown {
  const entry = ERROR_CATALOGUE[code];
  return {
    type: `/docs/api#${errorAnchor(code)}`,
    title: code.replaceAll('_', ' '),
    status: entry?.status,
    detail: entry?.remedy,
    instance: 'urn:request:4f9d0c1e-8a55-4d0e-9c58-0f4a3c1f8e21',
  };
}
