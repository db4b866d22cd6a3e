import { html } from '@lit-labs/ssr';
import { nothing } from 'lit';
import { PAGES } from '#domain/apps/settings.ts';
import { formFrame } from '#pages/forms.ts';
import { alertIcon } from '#pages/icons.ts';
import { isolate, isolateLeftToRight } from '#pages/text.ts';
import { imageSource } from '#pages/uris.ts';
import type { MemberCall } from '#portal/route.ts';
import type { AppEnvironment } from '#storage/app-environments.ts';
import type { AppDetails, RequestedChanges } from '#storage/apps.ts';
import { appPath } from '../app-layout.ts';

/** What the operator has decided, or has yet to decide, in the order of its weight; nothing when there is nothing to know. */
export function reviewCards(call: MemberCall, details: AppDetails, production: AppEnvironment | undefined): unknown {
  return html`${suspensionCard(call, details)}${productionCard(call, production)}${changesCard(call, details)}`;
}

function suspensionCard({ language: { t } }: MemberCall, { suspendedBecause }: AppDetails): unknown {
  if (suspendedBecause === undefined) return nothing;
  return card('refused', t('vendor.review.suspended'), t('vendor.review.suspendedLead'), reason(t, suspendedBecause));
}

/** Also on the environment's own page. */
export function productionCard(call: MemberCall, production: AppEnvironment | undefined): unknown {
  const { t } = call.language;
  if (production?.standing === 'pending')
    return card('waiting', t('vendor.review.pending'), t('vendor.review.pendingLead'));
  if (production?.standing !== 'declined') return nothing;
  const again = formFrame(
    { action: `${appPath(call)}/review`, csrf: call.csrf },
    html`<button class="button secondary">${t('vendor.review.askAgain')}</button>`,
  );
  return card(
    'refused',
    t('vendor.review.declined'),
    t('vendor.review.declinedLead'),
    html`${reason(t, production.declinedBecause)}${call.role === 'owner' ? again : nothing}`,
  );
}

/** Also on the page of the settings, where the changes are asked for. */
export function changesCard(call: MemberCall, details: AppDetails): unknown {
  const { t } = call.language;
  const { requested, refusal } = details;
  if (!requested) return nothing;
  const list = changesList(call, details, requested);
  if (refusal === undefined) return card('waiting', t('vendor.review.changes'), t('vendor.review.changesLead'), list);
  const more = html`${list}${reason(t, refusal)}`;
  return card('refused', t('vendor.review.changesDeclined'), t('vendor.review.changesDeclinedLead'), more);
}

function changesList({ language: { t } }: MemberCall, { name }: AppDetails, requested: RequestedChanges): unknown {
  const item = (label: string, value: unknown) => html`<li><span class="small muted">${label}</span><br>${value}</li>`;
  const names = { name: html`<b>${isolate(requested.name ?? '')}</b>`, app: html`<b>${isolate(name)}</b>` };
  const logo = imageSource(requested.logoUri ?? undefined);
  const page = (uri: string | null) => (uri === null ? t('vendor.review.removed') : isolateLeftToRight(uri));
  return html`<ul class="rows">${
    requested.name === undefined ? nothing : item(t('vendor.settings.name'), t.rich('vendor.review.newName', names))
  }${PAGES.map((one) => {
    const uri = requested[one];
    return uri === undefined ? nothing : item(t(`vendor.settings.${one}`), page(uri));
  })}${logo ? item(t('vendor.settings.logo'), html`<img src=${logo} width="48" height="48" alt="">`) : nothing}</ul>`;
}

/** `waiting` for a decision, or `refused`. */
type Kind = 'waiting' | 'refused';

/** Not a part of the page like others, so it does not look like one. */
function card(kind: Kind, heading: string, lead: unknown, more: unknown = nothing): unknown {
  const classes = `card status ${kind}`;
  return html`<section class=${classes}><h2>${alertIcon}<span>${heading}</span></h2><p>${lead}</p>${more}</section>`;
}

/** The operator's own words. */
function reason(t: MemberCall['language']['t'], text: string | undefined): unknown {
  if (!text) return nothing;
  return html`<div><p class="small muted">${t('vendor.review.reason')}</p><p dir="auto">${isolate(text)}</p></div>`;
}
