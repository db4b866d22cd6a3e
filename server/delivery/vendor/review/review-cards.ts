import { html } from '@lit-labs/ssr';
import { nothing } from 'lit';
import { formFrame } from '#pages/forms.ts';
import { isolate } from '#pages/text.ts';
import type { MemberCall } from '#portal/route.ts';
import type { AppEnvironment } from '#storage/app-environments.ts';
import type { AppDetails } from '#storage/apps.ts';
import { appPath } from '../app-layout.ts';

/** What the operator has decided, or has yet to decide, in the order of its weight; nothing when there is nothing to know. */
export function reviewCards(call: MemberCall, details: AppDetails, production: AppEnvironment | undefined): unknown {
  return html`${suspensionCard(call, details)}${productionCard(call, production)}${nameCard(call, details)}`;
}

function suspensionCard({ language: { t } }: MemberCall, { suspendedBecause }: AppDetails): unknown {
  if (suspendedBecause === undefined) return nothing;
  return card(t('vendor.review.suspended'), t('vendor.review.suspendedLead'), reason(t, suspendedBecause));
}

function productionCard(call: MemberCall, production: AppEnvironment | undefined): unknown {
  const { t } = call.language;
  if (production?.standing === 'pending') return card(t('vendor.review.pending'), t('vendor.review.pendingLead'));
  if (production?.standing !== 'declined') return nothing;
  const again = formFrame(
    { action: `${appPath(call)}/review`, csrf: call.csrf },
    html`<button class="button secondary">${t('vendor.review.askAgain')}</button>`,
  );
  return card(
    t('vendor.review.declined'),
    t('vendor.review.declinedLead'),
    html`${reason(t, production.declinedBecause)}${call.role === 'owner' ? again : nothing}`,
  );
}

/** Also on the page of the settings, where the name is asked for. */
export function nameCard({ language: { t } }: MemberCall, { name, requestedName, nameRefusal }: AppDetails): unknown {
  if (requestedName === undefined) return nothing;
  const names = { name: html`<b>${isolate(requestedName)}</b>`, app: html`<b>${isolate(name)}</b>` };
  if (nameRefusal === undefined) return card(t('vendor.review.name'), t.rich('vendor.review.nameLead', names));
  const lead = t.rich('vendor.review.nameDeclinedLead', names);
  return card(t('vendor.review.nameDeclined'), lead, reason(t, nameRefusal));
}

function card(heading: string, lead: unknown, more: unknown = nothing): unknown {
  return html`<section class="card"><h2>${heading}</h2><p>${lead}</p>${more}</section>`;
}

/** The operator's own words. */
function reason(t: MemberCall['language']['t'], text: string | undefined): unknown {
  if (!text) return nothing;
  return html`<p><span class="small muted">${t('vendor.review.reason')}</span><br>${isolate(text)}</p>`;
}
