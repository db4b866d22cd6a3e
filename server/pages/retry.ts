import { html } from '@lit-labs/ssr';
import type { Language } from '@signup-with-platform/messages';
import { nothing } from 'lit';
import { formFrame, passwordField, showPasswordScript } from './forms.ts';
import type { Inline } from './inline.ts';

/** What a person has sent and may send again, because nothing was wrong with it. */
export type Retry =
  | { readonly way: 'link'; readonly address: string }
  | { readonly way: 'form'; readonly address: string; readonly csrf: string; readonly fields: RetriedFields };

/** What was typed and chosen. A password is typed again, because no page repeats it. */
export interface RetriedFields {
  readonly values: readonly (readonly [name: string, value: string])[];
  readonly hasPassword: boolean;
}

interface SentRequest {
  readonly method: string;
  readonly url: string;
  readonly body?: unknown;
}

/** @returns undefined for what no page can send again, such as a file */
export function retryOf({ method, url, body }: SentRequest): Retry | undefined {
  // Two slashes would begin the address of another host.
  const address = url.replace(/^\/+/, '/');
  if (method === 'GET' || method === 'HEAD') return { way: 'link', address };
  if (method !== 'POST' || typeof body !== 'object' || body === null) return undefined;
  const values: [string, string][] = [];
  for (const [name, value] of Object.entries(body)) {
    for (const each of [value].flat()) {
      if (typeof each !== 'string') return undefined;
      values.push([name, each]);
    }
  }
  const csrf = values.find(([name]) => name === 'csrf')?.[1];
  if (csrf === undefined) return undefined;
  // The form gets a token and a number of its own.
  const kept = values.filter(([name]) => !['csrf', 'submission', 'password'].includes(name));
  return { way: 'form', address, csrf, fields: { values: kept, hasPassword: 'password' in body } };
}

/** "Try again", as a link or as the same form once more. */
export function retryButton(retry: Retry, language: Language): unknown {
  const label = language.t('shared.common.tryAgain');
  if (retry.way === 'link') return html`<a class="button primary" href=${retry.address}>${label}</a>`;
  const { address, csrf, fields } = retry;
  const hidden = fields.values.map(([name, value]) => html`<input type="hidden" name=${name} value=${value}>`);
  const password = fields.hasPassword
    ? passwordField({ language, label: language.t('shared.password.again'), autocomplete: 'current-password' })
    : nothing;
  return formFrame(
    { action: address, csrf, layout: 'stack' },
    html`${hidden}${password}<button class="button primary">${label}</button>`,
  );
}

/** The scripts of {@link retryButton}. */
export function retryScripts(retry: Retry | undefined): Inline[] {
  return retry?.way === 'form' && retry.fields.hasPassword ? [showPasswordScript()] : [];
}
