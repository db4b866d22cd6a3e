import { html } from '@lit-labs/ssr';
import type { Language } from '@signup-with-platform/messages';
import { nothing } from 'lit';
import { alertBox, formFrame } from '#pages/forms.ts';
import type { PageContext } from '#pages/models.ts';
import { isolate } from '#pages/text.ts';
import type { SignInModel, UpstreamProblem, UpstreamWays } from './models.ts';

/** One button for each other login. */
export function upstreamForm(
  { action, csrf, upstreams = [], onlyUpstream }: UpstreamWays & { action: string; csrf: string },
  { t }: Language,
): unknown {
  if (upstreams.length === 0) return nothing;
  const look = onlyUpstream ? 'primary' : 'secondary';
  const buttons = upstreams.map(
    ({ id, name, logo }) =>
      html`<button class="button ${look}" name="upstream" value=${id}>${
        logo ? html`<img class="icon" src=${logo} alt="" width="20" height="20">` : nothing
      }<span>${t.rich('popup.upstream.continue', { login: isolate(name) })}</span></button>`,
  );
  return formFrame({ id: 'upstream', action: `${action}/upstream`, csrf, layout: 'stack' }, buttons);
}

/** How it went there. */
export function upstreamAlert(
  { platformName }: PageContext,
  { upstreamProblem }: SignInModel,
  { t }: Language,
): unknown {
  if (!upstreamProblem) return nothing;
  const { kind, name, email = '' } = upstreamProblem;
  const words: Record<UpstreamProblem['kind'], () => unknown> = {
    denied: () => t.rich('popup.upstream.problems.denied', { login: isolate(name) }),
    expired: () => t.rich('popup.upstream.problems.expired', { login: isolate(name) }),
    unavailable: () => t.rich('popup.upstream.problems.unavailable', { login: isolate(name) }),
    refused: () => t.rich('popup.upstream.problems.refused', { login: isolate(name) }),
    address_known: () =>
      t.rich('popup.upstream.problems.address_known', {
        login: isolate(name),
        platform: isolate(platformName),
        email: isolate(email),
      }),
  };
  return alertBox(words[kind]());
}
