import { html } from '@lit-labs/ssr';
import type { FastifyReply } from 'fastify';
import { nothing } from 'lit';
import { alertBox, csrfInput } from '#pages/forms.ts';
import { type PortalPage, sendPortalPage } from '#portal/layout.ts';
import type { PersonCall } from '#portal/route.ts';
import { portalStrings } from '#portal/strings.ts';
import type { Done } from './done.ts';
import { profileStrings } from './strings.ts';

export interface Question extends Pick<PortalPage, 'title' | 'lead' | 'scripts' | 'images'> {
  /** Where its form goes, below `/account`. */
  action: string;
  /** With a file in it. */
  multipart?: boolean;
  /** The form is shown again: why. */
  alert?: unknown;
  fields: unknown;
  /** Default: Save. */
  submit?: unknown;
  danger?: boolean;
  /** Below the form. */
  after?: unknown;
}

/** A page of the profile that asks one thing, with the way back to where it came from. */
export function sendQuestion(call: PersonCall, status: number, question: Question): Promise<FastifyReply> {
  const { base, language } = call;
  const strings = portalStrings(language);
  const profile = `${base}/profile`;
  return sendPortalPage(call, status, {
    section: 'profile',
    title: question.title,
    lead: question.lead,
    back: { href: profile, label: profileStrings(language).title },
    ...(question.scripts && { scripts: question.scripts }),
    ...(question.images && { images: question.images }),
    main: html`<div class="slim stack">${question.alert ? alertBox(question.alert) : nothing}
<form class="card stack" method="post" action="${base}${question.action}" enctype=${question.multipart ? 'multipart/form-data' : nothing}>${csrfInput(call)}
${question.fields}
<div class="buttons"><button class="button ${question.danger ? 'danger' : 'primary'}">${question.submit ?? strings.save}</button><a class="button secondary" href=${profile}>${strings.cancel}</a></div></form>
${question.after ?? nothing}</div>`,
  });
}

/** Back to the profile, which says what was done. */
export function toProfile(call: PersonCall, done: Done): FastifyReply {
  return call.reply.redirect(`${call.base}/profile?done=${done}`, 303);
}
