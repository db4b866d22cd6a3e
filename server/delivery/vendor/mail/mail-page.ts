import { html } from '@lit-labs/ssr';
import type { FastifyReply } from 'fastify';
import { nothing } from 'lit';
import { formFrame } from '#pages/forms.ts';
import { isolate, isolateLeftToRight, isolateLines } from '#pages/text.ts';
import { moment } from '#pages/time.ts';
import type { MemberCall } from '#portal/route.ts';
import type { InboxMail } from '#storage/sandbox-inbox.ts';
import { sendAppPage } from '../app-layout.ts';
import { copyButton, copyScript } from '../shown-once.ts';
import { inboxPath } from './inbox-page.ts';

/** One mail: what to open or to enter first, then the text as it would have been sent. */
export function sendMail(call: MemberCall, mail: InboxMail): Promise<FastifyReply> {
  const { language, csrf } = call;
  const { t } = language;
  const remove = html`<button class="button danger">${t('vendor.mail.delete')}</button>`;
  return sendAppPage(call, 200, 'mail', {
    title: language.isolate(mail.subject),
    back: { href: inboxPath(call), label: t('vendor.mail.back') },
    scripts: [copyScript()],
    main: html`<section class="card"><dl class="facts"><dt>${t('vendor.mail.to')}</dt><dd>${isolateLeftToRight(mail.to)}</dd>
<dt>${t('vendor.mail.time')}</dt><dd>${moment(mail.createdAt, language)}</dd></dl>
${mail.link ? secret(call, 'link', mail.link) : nothing}
${mail.code ? secret(call, 'code', mail.code) : nothing}
${mail.link ? openLink(call, mail.link) : nothing}</section>
<section class="card"><header><h2>${t('vendor.mail.text')}</h2></header>
<div class="stack">${paragraphs(mail.text)}</div>${mail.html ? openHtml(call, mail.id) : nothing}</section>
${formFrame({ action: `${inboxPath(call)}/${mail.id}/delete`, csrf, layout: 'buttons' }, remove)}`,
  });
}

function secret(call: MemberCall, name: 'link' | 'code', value: string): unknown {
  const label = call.language.t(`vendor.mail.${name}`);
  return html`<div class="stack tight"><p class="term">${label}</p><div class="secret"><code id=${name}
 dir="ltr">${value}</code>${copyButton(call, name, label)}</div></div>`;
}

/** In a new tab and without a trace of where it came from: the vendor's page gets the code, and nothing else. */
function openLink({ language: { t } }: MemberCall, link: string): unknown {
  const newWindow = html`<span class="hidden"> ${t('shared.common.opensNewWindow')}</span>`;
  return html`<p class="buttons"><a class="button secondary" href=${link} target="_blank"
 rel="noopener noreferrer">${t('vendor.mail.openLink')}${newWindow}</a></p>`;
}

function openHtml(call: MemberCall, id: string): unknown {
  const { t } = call.language;
  const newWindow = html`<span class="hidden"> ${t('shared.common.opensNewWindow')}</span>`;
  return html`<p class="buttons"><a class="button secondary" href="${inboxPath(call)}/${id}/html" target="_blank"
 rel="noopener">${t('vendor.mail.openHtml')}${newWindow}</a></p>`;
}

/** Each in a direction of its own: the mail may be in another language than the page. */
function paragraphs(text: string): unknown {
  return text
    .trim()
    .split('\n\n')
    .map((paragraph) => html`<p dir="auto">${isolateLines(paragraph, isolate)}</p>`);
}
