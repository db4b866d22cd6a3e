import { html } from '@lit-labs/ssr';
import { realmOf } from '@signup-with-platform/protocol';
import type { FastifyReply } from 'fastify';
import { nothing } from 'lit';
import { formFrame, textField } from '#pages/forms.ts';
import { chevronIcon } from '#pages/icons.ts';
import { isolate, isolateLeftToRight } from '#pages/text.ts';
import { moment } from '#pages/time.ts';
import { slugOf } from '#portal/environment-slug.ts';
import type { MemberCall } from '#portal/route.ts';
import { statement } from '#portal/statement.ts';
import { INBOX_DAYS, INBOX_SIZE, type InboxMail } from '#storage/sandbox-inbox.ts';
import { appPath, readEnvironments, sendAppPage } from '../app-layout.ts';
import { formButtons, linkButton } from '../form-buttons.ts';

/** What has just been done, as the page's address tells it. */
export const MAIL_DONE = ['cleared', 'deleted'] as const;

export interface Inbox {
  mails: readonly InboxMail[];
  /** Only mails to this address; empty: to all. */
  to: string;
  done: (typeof MAIL_DONE)[number] | undefined;
  isNewest: boolean;
  hasOlder: boolean;
}

export function inboxPath(call: Pick<MemberCall, 'base' | 'app'>): string {
  return `${appPath(call)}/mail`;
}

export async function sendInbox(call: MemberCall, inbox: Inbox): Promise<FastifyReply> {
  const { t, duration } = call.language;
  const docs = (words: unknown) => html`<a href="/docs/api#listSandboxMails">${words}</a>`;
  const isEmpty = inbox.mails.length === 0;
  return sendAppPage(call, 200, 'mail', {
    title: t('vendor.app.tabs.mail'),
    lead: t('vendor.mail.lead'),
    notice: inbox.done && t(`vendor.mail.done.${inbox.done}`),
    main: html`${isEmpty && !inbox.to ? nothing : filterForm(call, inbox.to)}
${isEmpty ? (inbox.to ? html`<p class="empty">${t('vendor.mail.noneFound')}</p>` : await firstUse(call)) : list(call, inbox)}
${pager(call, inbox)}
${isEmpty ? nothing : clearLink(call)}
<p class="small muted">${t('vendor.mail.kept', { count: INBOX_SIZE, duration: duration(INBOX_DAYS, 'day') })} ${t.rich(
      'vendor.mail.tests',
      { docs },
    )}</p>`,
  });
}

function filterForm(call: MemberCall, to: string): unknown {
  const { t } = call.language;
  const input = textField({
    name: 'to',
    label: t('vendor.mail.to'),
    type: 'email',
    value: to,
    autocomplete: 'off',
    direction: 'ltr',
  });
  const clear = html`<a class="link" href=${inboxPath(call)}>${t('vendor.events.clear')}</a>`;
  return html`<search><form class="filter" action=${inboxPath(call)} aria-label=${t('vendor.mail.filter')} novalidate>
${input}
<div class="buttons"><button class="button secondary">${t('vendor.mail.apply')}</button>${to ? clear : nothing}</div>
</form></search>`;
}

function list(call: MemberCall, { mails }: Inbox): unknown {
  const { language } = call;
  const rows = mails.map(
    ({ id, to, subject, createdAt }) =>
      html`<a class="row" href="${inboxPath(call)}/${id}"><span class="grow"><b>${isolate(subject)}</b><br><span
 class="small muted">${isolateLeftToRight(to)}</span></span><span
 class="small muted">${moment(createdAt, language)}</span>${chevronIcon}</a>`,
  );
  return html`<section class="card ways" aria-label=${language.t('vendor.mail.list')}><div class="rows">${rows}</div></section>`;
}

function pager(call: MemberCall, { mails, to, isNewest, hasOlder }: Inbox): unknown {
  const { t } = call.language;
  const last = mails.at(-1);
  if (isNewest && !hasOlder) return nothing;
  const path = (more: Record<string, string>) => {
    const query = new URLSearchParams({ ...(to && { to }), ...more });
    return query.size > 0 ? `${inboxPath(call)}?${query}` : inboxPath(call);
  };
  const older = last && path({ before: last.id, at: String(last.createdAt.getTime()) });
  return html`<nav class="buttons" aria-label=${t('vendor.mail.pages')}>${
    isNewest ? nothing : linkButton(path({}), t('vendor.events.newest'))
  }${hasOlder && older ? linkButton(older, t('vendor.events.older')) : nothing}</nav>`;
}

/** The call that makes a mail, as it has to be sent: both parameters belong in its query. */
const MAILING_CALL = 'POST /1/users?verify_user=true&verify_url=…';

/** What will be here, by an example, and the way to it. */
async function firstUse(call: MemberCall): Promise<unknown> {
  const { t } = call.language;
  const example = html`<code>${isolateLeftToRight(MAILING_CALL)}</code>`;
  const sandbox = [...(await readEnvironments(call))].find((environment) => realmOf(environment) === 'sandbox');
  const code = sandbox && linkButton(`${appPath(call)}/${slugOf(sandbox)}/code`, t('vendor.overview.issuedLink'));
  return html`<div class="empty stack"><p>${t.rich('vendor.mail.none', { call: example })}</p>
${code ? html`<p>${code}</p>` : nothing}</div>`;
}

function clearLink(call: MemberCall): unknown {
  const { t } = call.language;
  return html`<p class="buttons">${linkButton(`${inboxPath(call)}/clear`, t('vendor.mail.deleteAll'))}</p>`;
}

/** Asks first, because the mails are gone for every member of the app. */
export function sendClear(call: MemberCall): Promise<FastifyReply> {
  const { t } = call.language;
  const path = inboxPath(call);
  return sendAppPage(call, 200, 'mail', {
    ...statement({
      kind: 'danger',
      title: t('vendor.mail.clear.title'),
      text: t('vendor.mail.clear.lead'),
      next: formFrame(
        { action: `${path}/clear`, csrf: call.csrf },
        formButtons(call, { submit: t('vendor.mail.deleteAll'), cancel: path, isDanger: true }),
      ),
    }),
    back: { href: path, label: t('vendor.mail.back') },
  });
}
