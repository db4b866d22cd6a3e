import { html } from '@lit-labs/ssr';
import type { FastifyReply } from 'fastify';
import { nothing } from 'lit';
import { type AddressRangeProblem, MAX_ADDRESS_RANGES } from '#domain/apps/address-ranges.ts';
import { alertBox, csrfInput, describedBy, fieldError, isInvalid, textField } from '#pages/forms.ts';
import { choices } from '#portal/choices.ts';
import { formatDuration } from '#portal/dates.ts';
import type { EnvironmentCall } from '#portal/route.ts';
import { portalStrings } from '#portal/strings.ts';
import { MAX_KEYS } from '#storage/api-keys.ts';
import { sendAppPage } from '../app-layout.ts';
import { onceInput } from '../shown-once.ts';
import { type CreateKeyErrors, type CreateKeyForm, EXPIRIES } from './create-key-form.ts';
import { keysPath } from './keys-page.ts';
import type { Strings } from './strings/en.ts';
import { keysStrings } from './strings.ts';

export function sendCreateKey(
  call: EnvironmentCall,
  status: number,
  form: CreateKeyForm,
  errors: CreateKeyErrors = {},
): Promise<FastifyReply> {
  const strings = keysStrings(call.language);
  const general = portalStrings(call.language);
  const { create, problems } = strings;
  return sendAppPage(call, status, 'keys', {
    title: strings.keys.create,
    lead: create.lead,
    main: html`${status === 400 ? alertBox(errors.tooMany ? tooManyKeys(strings) : general.checkFields) : nothing}
<form class="card stack slim" method="post" action="${keysPath(call)}/new" novalidate>${csrfInput(call)}${onceInput()}
${textField({
  name: 'name',
  label: strings.keys.name,
  value: form.name,
  autocomplete: 'off',
  required: true,
  autofocus: status === 200 || errors.name !== undefined,
  hint: create.nameHint,
  error: errors.name && problems[errors.name],
})}
${choices({
  name: 'rights',
  legend: create.rights,
  chosen: form.rights,
  options: [
    { value: 'full', label: strings.rights.full, hint: create.fullHint },
    { value: 'read-only', label: strings.rights['read-only'], hint: create.readOnlyHint },
  ],
})}
${rangesField(call, form, errors)}
${choices({
  name: 'expiry',
  legend: create.expiry,
  chosen: form.expiry,
  options: EXPIRIES.map((value) => ({ value, label: expiryLabel(call, value) })),
})}
${lastDayField(call, form, errors)}
<div class="buttons"><button class="button primary">${create.submit}</button><a class="button secondary" href=${keysPath(call)}>${general.cancel}</a></div></form>`,
  });
}

export function tooManyKeys({ problems }: Strings): string {
  return problems.too_many_keys.replace('{count}', String(MAX_KEYS));
}

function expiryLabel({ language }: EnvironmentCall, value: (typeof EXPIRIES)[number]): string {
  const { keys, create } = keysStrings(language);
  if (value === 'never') return keys.never;
  return value === 'date' ? create.onDate : formatDuration(Number(value), 'day', language.tag);
}

function rangesField({ language }: EnvironmentCall, form: CreateKeyForm, { ranges }: CreateKeyErrors): unknown {
  const strings = keysStrings(language);
  const name = 'address_ranges';
  const validity = { name, error: ranges && rangeProblem(strings, ranges) };
  return html`<div class="input"><label for=${name}>${strings.create.ranges}</label><span class="control"><textarea id=${name} name=${name} rows="3" dir="ltr" autocomplete="off" autocapitalize="none" spellcheck="false" ?autofocus=${ranges !== undefined} aria-invalid=${isInvalid(validity) ? 'true' : nothing} aria-describedby=${describedBy(validity, `${name}-hint`) ?? nothing}>${form.address_ranges}</textarea></span>${fieldError(validity)}<p class="hint" id="${name}-hint">${strings.create.rangesHint}</p></div>`;
}

/** As text: it stands in an element of its own, and names addresses, which read from left to right by themselves. */
function rangeProblem({ problems }: Strings, problem: AddressRangeProblem): string {
  if (problem.code === 'too_many') return problems.too_many_ranges.replace('{count}', String(MAX_ADDRESS_RANGES));
  const shown = problem.range.length > 60 ? `${problem.range.slice(0, 60)}…` : problem.range;
  const suggestion = problem.code === 'host_bits' ? problem.suggestion : '';
  return problems[problem.code].replace('{range}', () => shown).replace('{suggestion}', () => suggestion);
}

function lastDayField({ language }: EnvironmentCall, form: CreateKeyForm, { lastDay }: CreateKeyErrors): unknown {
  const { create, problems } = keysStrings(language);
  const name = 'last_day';
  const validity = { name, error: lastDay && problems.last_day };
  return html`<div class="input date-of-choice"><label for=${name}>${create.lastDay}</label><span class="control"><input id=${name} name=${name} type="date" value=${form.last_day} min=${new Date().toISOString().slice(0, 10)} autocomplete="off" aria-invalid=${isInvalid(validity) ? 'true' : nothing} aria-describedby=${describedBy(validity, `${name}-hint`) ?? nothing}></span>${fieldError(validity)}<p class="hint" id="${name}-hint">${create.lastDayHint}</p></div>`;
}
