import { html } from '@lit-labs/ssr';
import { z } from 'zod';
import { checkboxField } from '#pages/forms.ts';

const [OFF, ON] = ['off', 'on'] as const;

interface SwitchCard {
  name: string;
  title: string;
  label: string;
  hint: string;
  isOn: boolean;
}

/** A card with one setting that is on or off. */
export function switchCard({ name, title, label, hint, isOn }: SwitchCard): unknown {
  return html`<section class="card"><h2>${title}</h2>
<input type="hidden" name=${name} value=${OFF}>
${checkboxField({ name, value: ON, label, checked: isOn, hint })}</section>`;
}

/** What the card sends: a box that is not ticked sends nothing, so the hidden input says that the form has one. */
export const switchInput = z
  .union([z.enum([OFF, ON]).transform((one) => [one]), z.array(z.enum([OFF, ON]))])
  .transform((sent) => (sent.length === 0 ? undefined : sent.includes(ON)))
  .optional();
