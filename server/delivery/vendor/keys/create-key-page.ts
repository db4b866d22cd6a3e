import { html } from '@lit-labs/ssr';
import type { Language } from '@signup-with-platform/messages';
import type { FastifyReply } from 'fastify';
import { nothing } from 'lit';
import { type AddressRangeProblem, MAX_ADDRESS_RANGES } from '#domain/apps/address-ranges.ts';
import { MAX_NAME_LENGTH } from '#domain/claims/input-schemas.ts';
import { alertBox, dateField, formFrame, optionalTag, textArea, textField } from '#pages/forms.ts';
import { isolate, isolateLeftToRight } from '#pages/text.ts';
import { choices } from '#portal/choices.ts';
import type { EnvironmentCall } from '#portal/route.ts';
import { MAX_KEYS } from '#storage/api-keys.ts';
import { sendAppPage } from '../app-layout.ts';
import { formButtons } from '../form-buttons.ts';
import { onceInput } from '../shown-once.ts';
import { type CreateKeyErrors, type CreateKeyForm, EXPIRIES } from './create-key-form.ts';
import { keysPath } from './keys-page.ts';

export function sendCreateKey(
  call: EnvironmentCall,
  status: number,
  form: CreateKeyForm,
  errors: CreateKeyErrors = {},
): Promise<FastifyReply> {
  const { t } = call.language;
  const alert = errors.tooMany ? tooManyKeys(call.language) : t('account.frame.checkFields');
  const isFirst = status === 200;
  const fields = html`${onceInput()}
${nameField(call, form, errors, isFirst)}
${rightsChoice(call, form)}
${rangesField(call, form, errors)}
${expiryChoice(call, form)}
${lastDayField(call, form, errors)}
${formButtons(call, { submit: t('vendor.keys.create.submit'), cancel: keysPath(call) })}`;
  const frame = { action: `${keysPath(call)}/new`, csrf: call.csrf, layout: 'card stack slim', novalidate: true };
  return sendAppPage(call, status, 'keys', {
    title: t('vendor.keys.keys.create'),
    lead: t('vendor.keys.create.lead'),
    main: html`${isFirst ? nothing : alertBox(alert)}
${formFrame(frame, fields)}`,
  });
}

export function tooManyKeys({ t }: Pick<Language, 't'>): string {
  return t('vendor.keys.problems.too_many_keys', { count: MAX_KEYS });
}

function nameField(
  { language: { t } }: EnvironmentCall,
  form: CreateKeyForm,
  { name }: CreateKeyErrors,
  isFirst: boolean,
): unknown {
  return textField({
    name: 'name',
    label: t('vendor.keys.keys.name'),
    value: form.name,
    autocomplete: 'off',
    required: true,
    autofocus: isFirst || name !== undefined,
    hint: t('vendor.keys.create.nameHint'),
    error: name && t(`vendor.keys.problems.${name}`, { count: MAX_NAME_LENGTH }),
  });
}

function rightsChoice({ language: { t } }: EnvironmentCall, form: CreateKeyForm): unknown {
  return choices({
    name: 'rights',
    legend: t('vendor.keys.create.rights'),
    chosen: form.rights,
    options: [
      { value: 'full', label: t('vendor.keys.rights.full'), hint: t('vendor.keys.create.fullHint') },
      { value: 'read-only', label: t('vendor.keys.rights.read-only'), hint: t('vendor.keys.create.readOnlyHint') },
    ],
  });
}

function rangesField({ language }: EnvironmentCall, form: CreateKeyForm, { ranges }: CreateKeyErrors): unknown {
  const { t } = language;
  return textArea({
    name: 'address_ranges',
    label: t('vendor.keys.create.ranges'),
    value: form.address_ranges,
    rows: 3,
    optional: optionalTag(language),
    autocomplete: 'off',
    direction: 'ltr',
    autofocus: ranges !== undefined,
    hint: t('vendor.keys.create.rangesHint'),
    error: ranges && rangeProblem(language, ranges),
  });
}

const SHOWN_RANGE_LENGTH = 60;

function rangeProblem({ t }: Language, problem: AddressRangeProblem): unknown {
  if (problem.code === 'too_many') return t('vendor.keys.problems.too_many_ranges', { count: MAX_ADDRESS_RANGES });
  const isLong = problem.range.length > SHOWN_RANGE_LENGTH;
  const range = isolate(isLong ? `${problem.range.slice(0, SHOWN_RANGE_LENGTH)}…` : problem.range);
  if (problem.code !== 'host_bits') return t.rich(`vendor.keys.problems.${problem.code}`, { range });
  return t.rich('vendor.keys.problems.host_bits', { range, suggestion: isolateLeftToRight(problem.suggestion) });
}

function expiryChoice({ language }: EnvironmentCall, form: CreateKeyForm): unknown {
  return choices({
    name: 'expiry',
    legend: language.t('vendor.keys.create.expiry'),
    chosen: form.expiry,
    options: EXPIRIES.map((value) => ({ value, label: expiryLabel(language, value) })),
  });
}

function expiryLabel({ t, duration }: Language, value: (typeof EXPIRIES)[number]): string {
  if (value === 'never') return t('vendor.keys.keys.never');
  return value === 'date' ? t('vendor.keys.create.onDate') : duration(Number(value), 'day');
}

/** The stylesheet shows it when the expiry "On a date" is chosen. */
function lastDayField(
  { language: { t } }: EnvironmentCall,
  form: CreateKeyForm,
  { lastDay }: CreateKeyErrors,
): unknown {
  const field = dateField({
    name: 'last_day',
    label: t('vendor.keys.create.lastDay'),
    value: form.last_day,
    min: new Date().toISOString().slice(0, 10),
    hint: t('vendor.keys.create.lastDayHint'),
    error: lastDay && t('vendor.keys.problems.last_day'),
  });
  return html`<div class="date-of-choice">${field}</div>`;
}
