import { html } from '@lit-labs/ssr';
import { nothing } from 'lit';
import { z } from 'zod';
import { alertBox, formFrame } from '#pages/forms.ts';
import { keyIcon } from '#pages/icons.ts';
import { isolate } from '#pages/text.ts';
import { day } from '#pages/time.ts';
import { notice } from '#portal/layout.ts';
import type { PersonCall } from '#portal/route.ts';
import { isShared } from '#storage/accounts.ts';
import type { Identity } from '#storage/identities.ts';
import { upstreamButtons, upstreamProblemAlert } from './upstream-sign-in-form.ts';

const querySchema = z.object({
  done: z.enum(['identity-added', 'identity-removed']).optional().catch(undefined),
  taken: z.literal('1').optional().catch(undefined),
  last: z.literal('1').optional().catch(undefined),
});

/** The card about other logins that open the account; nothing where the operator has none. */
export async function identitiesCard(call: PersonCall): Promise<unknown> {
  const { account, base, context, csrf, language } = call;
  const { t } = language;
  const identities = await context.rows.identities.list(account.id);
  if (context.upstreams.all.length === 0 && identities.length === 0) return nothing;
  const { done, taken, last } = querySchema.parse(call.query ?? {});
  const heading = html`<h2 id="identities">${t('account.identities.heading')}</h2>`;
  const add = html`<div class="buttons">${upstreamButtons(call, 'popup.upstream.link.submit')}</div>`;
  return html`<section class="card" aria-labelledby="identities">
<header>${heading}<p class="small muted">${t('account.identities.lead')}</p></header>
${done ? notice(t(`account.identities.done.${done}`)) : nothing}
${taken ? alertBox(t('account.identities.taken')) : nothing}
${last ? alertBox(t('account.identities.lastWayIn')) : nothing}
${upstreamProblemAlert(call)}
${identities.length > 0 ? html`<ul class="rows">${identities.map((identity) => identityRow(call, identity))}</ul>` : nothing}
${isShared(account) || context.upstreams.all.length === 0 ? nothing : formFrame({ action: `${base}/security/identities/add`, csrf }, add)}
</section>`;
}

function identityRow(call: PersonCall, identity: Identity): unknown {
  const { base, language } = call;
  const href = `${base}/security/identities/${identity.id}/remove`;
  const name = html`<span class="hidden"> ${isolate(nameOf(call, identity))}</span>`;
  return html`<li class="row">${identityFacts(call, identity)}
<div class="buttons"><a class="way small" href=${href}>${language.t('account.passkeys.remove')}${name}</a></div></li>`;
}

/** Whose login it is, who the person is there, and since when. */
export function identityFacts(call: PersonCall, identity: Identity): unknown {
  const { language } = call;
  const { t } = language;
  const facts = [
    ...(identity.email === undefined ? [] : [isolate(identity.email)]),
    t.rich('account.passkeys.added', { date: day(identity.createdAt, language) }),
    t.rich('account.passkeys.lastUsed', { date: day(identity.lastUsedAt, language) }),
  ].map((fact, index) => html`${index > 0 ? ' · ' : ''}<span>${fact}</span>`);
  const name = html`<b>${isolate(nameOf(call, identity))}</b>`;
  return html`${keyIcon}<div class="grow">${name}<br><span class="small muted">${facts}</span></div>`;
}

/** As the operator calls the login today; the issuer where it is not set any more. */
export function nameOf({ context }: Pick<PersonCall, 'context'>, { upstream, issuer }: Identity): string {
  return context.upstreams.find(upstream)?.settings.name ?? issuer;
}
