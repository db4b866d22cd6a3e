import { html } from '@lit-labs/ssr';
import type { FastifyReply } from 'fastify';
import { nothing } from 'lit';
import type { NameProblem } from '#domain/apps/app-name.ts';
import type { ListProblem, Refusal } from '#domain/apps/environment-addresses.ts';
import { alertBox, formFrame, textField } from '#pages/forms.ts';
import { sendPortalPage } from '#portal/layout.ts';
import type { PersonCall } from '#portal/route.ts';
import { formButtons } from '../form-buttons.ts';
import { problemText } from '../problem-text.ts';
import { onceInput } from '../shown-once.ts';

export interface CreateAttempt {
  name: string;
  origin: string;
  problems: { name?: NameProblem; origin?: Refusal<ListProblem> };
  /** Set when the person has as many apps as anybody can have: that number. */
  tooMany?: number;
}

export function sendCreate(call: PersonCall, status: number, attempt: CreateAttempt): Promise<FastifyReply> {
  const { base, csrf, language } = call;
  const { t } = language;
  return sendPortalPage(call, status, {
    navItem: 'apps',
    title: t('vendor.create.title'),
    lead: t('vendor.create.lead'),
    back: { href: `${base}/apps`, label: t('vendor.app.all') },
    main: html`${alert(call, attempt)}
${formFrame({ action: `${base}/apps/new`, csrf, layout: 'card stack', novalidate: true }, fields(call, attempt))}`,
  });
}

function alert({ language: { t } }: PersonCall, { tooMany, problems }: CreateAttempt): unknown {
  if (tooMany) return alertBox(t('vendor.create.tooMany', { count: tooMany }));
  return problems.name || problems.origin ? alertBox(t('account.frame.checkFields')) : nothing;
}

function fields(call: PersonCall, { name, origin, problems }: CreateAttempt): unknown {
  const { base, language } = call;
  const { t } = language;
  return html`${onceInput()}
${textField({
  name: 'name',
  label: t('vendor.create.name'),
  value: name,
  autocomplete: 'organization',
  hint: t('vendor.create.nameHint'),
  required: true,
  autofocus: true,
  error: problems.name && problemText(language, { problem: problems.name }),
})}
${textField({
  name: 'origin',
  label: t('vendor.create.origin'),
  type: 'url',
  value: origin,
  autocomplete: 'off',
  direction: 'ltr',
  hint: t('vendor.create.originHint'),
  required: true,
  error: problems.origin && problemText(language, problems.origin),
})}
${formButtons(call, { submit: t('vendor.create.submit'), cancel: `${base}/apps` })}`;
}
