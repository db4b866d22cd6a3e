import { html } from '@lit-labs/ssr';
import { ERROR_CATALOGUE, type ErrorEntry } from '../error-catalogue.ts';
import { codeBlock } from './code-block.ts';
import { errorAnchor } from './error-anchor.ts';
import { toJson } from './literals.ts';
import { prose } from './prose.ts';
import type { Section } from './section.ts';

/** The statuses of the contract. */
const STATUSES: Readonly<Record<number, string>> = {
  200: 'The request was successful.',
  304: 'You already have the current version.',
  400: 'The request was invalid or missing information.',
  401: 'The key is missing or invalid.',
  402: 'The app is disabled or not configured correctly.',
  403: 'The key does not have the right to do this.',
  404: 'The user, token or call does not exist.',
  405: 'The URL does not accept this method; see `Allow`.',
  409: 'The request conflicts with an earlier one.',
  412: 'The user has changed since you read it.',
  413: 'The body is too large.',
  415: 'The type of the body is not supported.',
  429: 'Too many requests; wait for `Retry-After`.',
  500: 'An error occurred on the platform. The message contains the request’s id.',
  502: 'A proxy or your own endpoint failed.',
  503: 'The platform is starting or stopping, or cannot reach its database; wait for `Retry-After`.',
};

export function errorsSection(): Section {
  return {
    id: 'errors',
    title: 'Errors',
    text: html`<p>The status is the kind of error. <code>error</code> is a stable code, which your program can compare. <code>message</code>
tells a developer what to do, and may change. Send <code>Accept: application/problem+json</code> to get errors in the format of
RFC 9457.</p>
<div class="table-box" tabindex="0" role="group" aria-label="Statuses"><table>
<thead><tr><th scope="col">Status</th><th scope="col">Meaning</th></tr></thead><tbody>${Object.entries(STATUSES).map(
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
    text: html`<table class="parameters codes">
<thead class="hidden"><tr><th scope="col">Code</th><th scope="col">Meaning and remedy</th></tr></thead><tbody>${Object.entries(
      ERROR_CATALOGUE,
    ).map(([code, entry]) => rowOf(code, entry))}</tbody></table>`,
  };
}

function rowOf(code: string, { status, meaning, remedy }: ErrorEntry): unknown {
  const anchor = errorAnchor(code);
  const name = html`<a href="#${anchor}"><code>${code}</code></a> <span class="type">${status}</span>`;
  const text = html`${prose(meaning)} <span class="remedy">${prose(remedy)}</span>`;
  return html`<tr id=${anchor}><th scope="row">${name}</th><td>${text}</td></tr>`;
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
