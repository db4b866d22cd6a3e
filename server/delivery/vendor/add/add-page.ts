import { html } from '@lit-labs/ssr';
import type { Environment } from '@signup-with-platform/protocol';
import type { FastifyReply } from 'fastify';
import { nothing } from 'lit';
import type { ListProblem, Refusal } from '#domain/apps/environment-addresses.ts';
import type { ProductionNeed } from '#domain/apps/production.ts';
import { formFrame } from '#pages/forms.ts';
import { slugOf } from '#portal/environment-slug.ts';
import { sendPortalPage } from '#portal/layout.ts';
import type { MemberCall } from '#portal/route.ts';
import type { AppKind } from '#storage/apps.ts';
import { appPath } from '../app-layout.ts';
import { type CheckItem, checklist } from '../checklist.ts';
import { environmentMark } from '../environment-badge.ts';
import { firstAddressField } from '../first-address.ts';
import { formButtons } from '../form-buttons.ts';
import { onceInput } from '../shown-once.ts';

export interface AddAttempt {
  environment: Environment;
  kind: AppKind;
  /** Of a native app, its redirect URI. */
  origin: string;
  /** What is missing. While anything is, the page has no form. */
  needs: readonly ProductionNeed[];
  problem?: Refusal<ListProblem> | undefined;
}

export function sendAdd(call: MemberCall, status: number, attempt: AddAttempt): Promise<FastifyReply> {
  const { t } = call.language;
  const { environment, needs } = attempt;
  return sendPortalPage(call, status, {
    navItem: 'apps',
    title: t(`vendor.add.title.${environment}`, { app: call.language.isolate(call.app.name) }),
    lead: t(`vendor.add.lead.${environment}`),
    beside: environmentMark(call.language, environment),
    back: { href: appPath(call), label: t('vendor.app.tabs.overview') },
    main: needs.length > 0 ? needsCard(call, needs) : form(call, attempt),
  });
}

function needsCard(call: MemberCall, needs: readonly ProductionNeed[]): unknown {
  const { t } = call.language;
  const items: readonly CheckItem[] = [
    {
      text: t('vendor.add.verifiedEmail'),
      done: !needs.includes('verified_email'),
      way: { href: `${call.base}/security`, label: t('vendor.add.verifiedEmailLink') },
    },
    {
      text: t('vendor.add.privacyPolicy'),
      done: !needs.includes('privacy_policy'),
      way: { href: `${appPath(call)}/settings`, label: t('vendor.add.privacyPolicyLink') },
    },
  ];
  return html`<section class="card"><h2>${t('vendor.add.needs')}</h2>${checklist(call.language, items)}</section>`;
}

function form(call: MemberCall, { environment, kind, origin, problem }: AddAttempt): unknown {
  const { t } = call.language;
  return formFrame(
    { action: `${appPath(call)}/add`, csrf: call.csrf, layout: 'card stack', novalidate: true },
    html`${onceInput()}
${environment === 'production' && call.context.config.reviewsApps ? html`<p class="small muted">${t('vendor.review.pendingLead')}</p>` : nothing}
<input type="hidden" name="environment" value=${slugOf(environment)}>
${firstAddressField(call, { kind, typed: origin, autofocus: true, problem })}
${formButtons(call, { submit: t(`vendor.overview.add.${environment}`), cancel: appPath(call) })}`,
  );
}
