import { html } from '@lit-labs/ssr';
import { nothing } from 'lit';
import { z } from 'zod';
import { emailSchema } from '#domain/accounts/credential-schemas.ts';
import { alertBox, formFrame } from '#pages/forms.ts';
import { isolate } from '#pages/text.ts';
import type { PortalCall } from '#portal/route.ts';
import { continueInput } from '../sign-in/continue-input.ts';

/** Why a sign-in at another login came to nothing. */
export const UPSTREAM_PROBLEMS = [
  'denied',
  'expired',
  'unavailable',
  'refused',
  'address_known',
  'account_blocked',
] as const;
const problemSchema = z.object({
  upstream: z.string().max(64),
  problem: z.enum(UPSTREAM_PROBLEMS),
  /** An address and nothing else, because anybody can make a link with words of their own in it. */
  email: emailSchema.optional().catch(undefined),
});

/** One button for each other login: to go on with it, or to add it. */
export function upstreamButtons(
  { context: { upstreams }, language: { t } }: PortalCall,
  label: 'popup.upstream.continue' | 'popup.upstream.link.submit',
): unknown {
  return upstreams.all.map(({ id, settings: { name } }) => {
    const words = t.rich(label, { login: isolate(name) });
    return html`<button class="button secondary" name="upstream" value=${id}><span>${words}</span></button>`;
  });
}

/** To sign in by another login, or to prove it again. */
export function upstreamSignIn(call: PortalCall, attempt: { continue: string }): unknown {
  const { base, context, csrf } = call;
  if (context.upstreams.all.length === 0) return nothing;
  const buttons = html`${continueInput(attempt)}<div class="buttons">${upstreamButtons(call, 'popup.upstream.continue')}</div>`;
  return formFrame({ action: `${base}/sign-in/upstream`, csrf }, buttons);
}

/** How it went at another login, on the page to which the person came back. */
export function upstreamProblemAlert(call: PortalCall): unknown {
  const { context, language } = call;
  const { t } = language;
  const { data } = problemSchema.safeParse(call.query ?? {});
  const upstream = data && context.upstreams.find(data.upstream);
  if (!upstream) return nothing;
  const [login, platform] = [isolate(upstream.settings.name), isolate(context.config.platformName)];
  switch (data.problem) {
    case 'account_blocked':
      return alertBox(t.rich('shared.signIn.errors.account_blocked', { platform }));
    case 'address_known':
      if (data.email === undefined) return nothing;
      return alertBox(t.rich('popup.upstream.problems.address_known', { login, platform, email: isolate(data.email) }));
    default:
      return alertBox(t.rich(`popup.upstream.problems.${data.problem}`, { login }));
  }
}
