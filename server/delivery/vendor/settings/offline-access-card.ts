import { html } from '@lit-labs/ssr';
import { z } from 'zod';
import type { SettingsInput } from '#domain/apps/settings.ts';
import { checkboxField } from '#pages/forms.ts';
import type { MemberCall } from '#portal/route.ts';

const NAME = 'offline_access';
const [OFF, ON] = ['off', 'on'] as const;

/** Whether the app may ask people to stay connected while they are away. */
export function offlineAccessCard({ language: { t } }: MemberCall, { offlineAccess }: SettingsInput): unknown {
  return html`<section class="card"><h2>${t('vendor.settings.offlineAccess')}</h2>
<input type="hidden" name=${NAME} value=${OFF}>
${checkboxField({
  name: NAME,
  value: ON,
  label: t('vendor.settings.offlineAccessLabel'),
  checked: offlineAccess,
  hint: t('vendor.settings.offlineAccessHint'),
})}</section>`;
}

/** What the card sends: a box that is not ticked sends nothing, so the hidden input says that the form has one. */
export const offlineAccessInput = z
  .union([z.enum([OFF, ON]).transform((one) => [one]), z.array(z.enum([OFF, ON]))])
  .transform((sent) => (sent.length === 0 ? undefined : sent.includes(ON)))
  .optional();
