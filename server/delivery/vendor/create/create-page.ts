import { html } from '@lit-labs/ssr';
import type { FastifyReply } from 'fastify';
import { nothing } from 'lit';
import type { ListProblem, Refusal } from '#domain/apps/environment-addresses.ts';
import type { TextProblem } from '#domain/apps/settings.ts';
import { alertBox, csrfInput, textField } from '#pages/forms.ts';
import { sendPortalPage } from '#portal/layout.ts';
import type { PersonCall } from '#portal/route.ts';
import { portalStrings } from '#portal/strings.ts';
import { problemText } from '../problem-text.ts';
import { onceInput } from '../shown-once.ts';
import { appsStrings } from '../strings.ts';

export interface CreateAttempt {
  name: string;
  origin: string;
  problems: { name?: TextProblem; origin?: Refusal<ListProblem> };
  /** As many apps as somebody can have. */
  tooMany?: number;
}

export function sendCreate(call: PersonCall, status: number, attempt: CreateAttempt): Promise<FastifyReply> {
  const { language, base } = call;
  const { create } = appsStrings(language);
  const general = portalStrings(language);
  const { name, origin } = attempt.problems;
  return sendPortalPage(call, status, {
    section: 'apps',
    title: create.title,
    lead: create.lead,
    back: { href: `${base}/apps`, label: general.app.all },
    main: html`${attempt.tooMany ? alertBox(create.tooMany.replace('{count}', String(attempt.tooMany))) : nothing}${name || origin ? alertBox(general.checkFields) : nothing}
<form class="card stack" method="post" action="${base}/apps/new" novalidate>${csrfInput(call)}${onceInput()}
${textField({
  name: 'name',
  label: create.name,
  value: attempt.name,
  autocomplete: 'organization',
  hint: create.nameHint,
  required: true,
  autofocus: true,
  error: name && problemText(language, { problem: name }),
})}
${textField({
  name: 'origin',
  label: create.origin,
  type: 'url',
  value: attempt.origin,
  autocomplete: 'off',
  direction: 'ltr',
  hint: create.originHint,
  required: true,
  error: origin && problemText(language, origin),
})}
<div class="buttons"><button class="button primary">${create.submit}</button><a class="button secondary" href="${base}/apps">${general.cancel}</a></div></form>`,
  });
}
