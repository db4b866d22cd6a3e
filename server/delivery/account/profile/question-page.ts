import { html } from '@lit-labs/ssr';
import type { FastifyReply } from 'fastify';
import { nothing } from 'lit';
import { alertBox, formFrame } from '#pages/forms.ts';
import { formButtons } from '#portal/form-buttons.ts';
import { type PortalPage, sendPortalPage } from '#portal/layout.ts';
import type { PersonCall } from '#portal/route.ts';
import type { Done } from './done.ts';

export interface Question extends Pick<PortalPage, 'title' | 'lead' | 'scripts' | 'images'> {
  /** Where its form goes, below `/account`. */
  action: string;
  withFile?: boolean;
  /** The form is shown again: why. */
  alert?: unknown;
  fields: unknown;
  /** Default: Save. */
  submit?: string;
  isDanger?: boolean;
  /** Below the form. */
  after?: unknown;
}

/** A page of the profile that asks one thing, with the way back to where it came from. */
export function sendQuestion(call: PersonCall, status: number, question: Question): Promise<FastifyReply> {
  const { base, csrf, language } = call;
  const { t } = language;
  const profile = `${base}/profile`;
  const { title, lead, scripts, images, action, withFile, submit = t('account.frame.save'), isDanger } = question;
  const form = formFrame(
    { action: base + action, csrf, layout: 'card stack', ...(withFile && { withFile }) },
    html`${question.fields}
${formButtons({ submit, cancel: profile, ...(isDanger && { isDanger }) }, language)}`,
  );
  return sendPortalPage(call, status, {
    navItem: 'profile',
    title,
    lead,
    back: { href: profile, label: t('account.profile.title') },
    ...(scripts && { scripts }),
    ...(images && { images }),
    main: html`<div class="slim stack">${question.alert ? alertBox(question.alert) : nothing}
${form}
${question.after ?? nothing}</div>`,
  });
}

/** Back to the profile, which says what was done. */
export function toProfile(call: PersonCall, done: Done): FastifyReply {
  return call.reply.redirect(`${call.base}/profile?done=${done}`, 303);
}
