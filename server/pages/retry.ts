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

/** "Try again", as a link or as the button of {@link retryForm}. */
export function retryButton(retry: Retry, { t }: Language): unknown {
  const label = t('shared.common.tryAgain');
  return retry.way === 'link'
    ? html`<a class="button primary" href=${retry.address}>${label}</a>`
    : html`<button class="button primary" form="retry">${label}</button>`;
}

/** The same form once more; nothing where a link does. */
export function retryForm(retry: Retry, language: Language): unknown {
  if (retry.way === 'link') return nothing;
  const { address, csrf, fields } = retry;
  const hidden = fields.values.map(([name, value]) => html`<input type="hidden" name=${name} value=${value}>`);
  const password = fields.hasPassword
    ? passwordField({ language, label: language.t('shared.password.again'), autocomplete: 'current-password' })
    : nothing;
  return formFrame({ id: 'retry', action: address, csrf, layout: 'stack' }, html`${hidden}${password}`);
}

/** The scripts of {@link retryButton}. */
export function retryScripts(retry: Retry | undefined): Inline[] {
  return retry?.way === 'form' && retry.fields.hasPassword ? [showPasswordScript()] : [];
}
