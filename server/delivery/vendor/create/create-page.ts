import { html } from '@lit-labs/ssr';
import type { FastifyReply } from 'fastify';
import { nothing } from 'lit';
import type { NameProblem } from '#domain/apps/app-name.ts';
import type { ListProblem, Refusal } from '#domain/apps/environment-addresses.ts';
import { alertBox, formFrame, textField } from '#pages/forms.ts';
import { sendPortalPage } from '#portal/layout.ts';
import type { PersonCall } from '#portal/route.ts';
import { APP_KINDS, type AppKind } from '#storage/apps.ts';
import { firstAddressField } from '../first-address.ts';
import { formButtons } from '../form-buttons.ts';
import { problemText } from '../problem-text.ts';
import { onceInput } from '../shown-once.ts';

export interface CreateAttempt {
  kind: AppKind;
  name: string;
  /** Of a native app, its redirect URI. */
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
    main: html`${kinds(call, attempt)}${alert(call, attempt)}
${formFrame({ action: `${base}/apps/new`, csrf, layout: 'card stack', novalidate: true }, fields(call, attempt))}`,
  });
}

/** Another kind is another form, so that it works without script. */
function kinds({ base, language: { t } }: PersonCall, { kind }: CreateAttempt): unknown {
  const link = (of: AppKind) => {
    const href = `${base}/apps/new${of === 'web' ? '' : `?kind=${of}`}`;
    return html`<li><a href=${href} aria-current=${of === kind ? 'page' : nothing}>${t(`vendor.create.${of}`)}</a></li>`;
  };
  return html`<nav class="tabs kinds" aria-label=${t('vendor.create.kind')}><ul>${APP_KINDS.map(link)}</ul></nav>`;
}

function alert({ language: { t } }: PersonCall, { tooMany, problems }: CreateAttempt): unknown {
  if (tooMany) return alertBox(t('vendor.create.tooMany', { count: tooMany }));
  return problems.name || problems.origin ? alertBox(t('account.frame.checkFields')) : nothing;
}

function fields(call: PersonCall, { kind, name, origin, problems }: CreateAttempt): unknown {
  const { base, language } = call;
  const { t } = language;
  const isAddressWrong = problems.origin !== undefined && problems.name === undefined;
  return html`${onceInput()}<input type="hidden" name="kind" value=${kind}>
${textField({
  name: 'name',
  label: t('vendor.create.name'),
  value: name,
  autocomplete: 'organization',
  hint: t('vendor.create.nameHint'),
  required: true,
  autofocus: !isAddressWrong,
  error: problems.name && problemText(language, { problem: problems.name }),
})}
${firstAddressField(call, { kind, typed: origin, autofocus: isAddressWrong, problem: problems.origin })}
${formButtons(call, { submit: t('vendor.create.submit'), cancel: `${base}/apps` })}`;
}
