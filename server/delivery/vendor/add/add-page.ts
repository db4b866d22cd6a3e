import { html } from '@lit-labs/ssr';
import type { Environment } from '@signup-with-platform/protocol';
import type { FastifyReply } from 'fastify';
import type { ListProblem, Refusal } from '#domain/apps/environment-addresses.ts';
import type { ProductionNeed } from '#domain/apps/production.ts';
import { csrfInput, textField } from '#pages/forms.ts';
import { slugOf } from '#portal/environment-slug.ts';
import { sendPortalPage } from '#portal/layout.ts';
import type { MemberCall } from '#portal/route.ts';
import { portalStrings } from '#portal/strings.ts';
import { appPath } from '../app-layout.ts';
import { type CheckItem, checklist } from '../checklist.ts';
import { problemText } from '../problem-text.ts';
import { onceInput } from '../shown-once.ts';
import { appsStrings } from '../strings.ts';

export interface AddAttempt {
  environment: Environment;
  origin: string;
  /** What has to be there first; then there is no form yet. */
  needs: readonly ProductionNeed[];
  problem?: Refusal<ListProblem> | undefined;
}

export function sendAdd(call: MemberCall, status: number, attempt: AddAttempt): Promise<FastifyReply> {
  const { add } = appsStrings(call.language);
  const { environment, needs } = attempt;
  return sendPortalPage(call, status, {
    section: 'apps',
    title: add.title[environment].replace('{app}', () => call.app.name),
    lead: add.lead[environment],
    back: { href: appPath(call), label: portalStrings(call.language).app.tabs.overview },
    main: needs.length > 0 ? needsCard(call, needs) : form(call, attempt),
  });
}

function needsCard(call: MemberCall, needs: readonly ProductionNeed[]): unknown {
  const { add } = appsStrings(call.language);
  const wayOf: Readonly<Record<ProductionNeed, Omit<CheckItem, 'done'>>> = {
    verified_email: {
      text: add.verifiedEmail,
      way: { href: `${call.base}/security`, label: add.verifiedEmailLink },
    },
    privacy_policy: {
      text: add.privacyPolicy,
      way: { href: `${appPath(call)}/settings`, label: add.privacyPolicyLink },
    },
  };
  const items = (['verified_email', 'privacy_policy'] as const).map((need) => ({
    ...wayOf[need],
    done: !needs.includes(need),
  }));
  return html`<section class="card"><h2>${add.needs}</h2>${checklist(call.language, items)}</section>`;
}

function form(call: MemberCall, { environment, origin, problem }: AddAttempt): unknown {
  const { create, overview } = appsStrings(call.language);
  const general = portalStrings(call.language);
  return html`<form class="card stack" method="post" action="${appPath(call)}/add" novalidate>${csrfInput(call)}${onceInput()}
<input type="hidden" name="environment" value=${slugOf(environment)}>
${textField({
  name: 'origin',
  label: create.origin,
  type: 'url',
  value: origin || undefined,
  autocomplete: 'off',
  direction: 'ltr',
  hint: create.originHint,
  required: true,
  autofocus: true,
  error: problem && problemText(call.language, problem),
})}
<div class="buttons"><button class="button primary">${overview.add[environment]}</button><a class="button secondary" href=${appPath(call)}>${general.cancel}</a></div></form>`;
}
