import { html } from '@lit-labs/ssr';
import { realmOf } from '@signup-with-platform/protocol';
import { nothing } from 'lit';
import { isMailUnsent } from '#domain/accounts/unsent-mail.ts';
import { formFrame } from '#pages/forms.ts';
import { isolate } from '#pages/text.ts';
import { openConfirmation } from '#portal/confirm-address-card.ts';
import { slugOf } from '#portal/environment-slug.ts';
import type { PersonCall } from '#portal/route.ts';
import { unsentNote } from '#portal/unsent-note.ts';
import type { MemberApp } from '#storage/apps.ts';

/** An owner of many apps is told of one whose button nobody has used; further ones are not looked at, because each costs a few queries. */
const MAX_APPS_LOOKED_AT = 5;

interface Item {
  title: unknown;
  lead: unknown;
  /** Below the lead. */
  note?: unknown;
  /** A link or a form: the one thing to do. */
  action: unknown;
}

/** What is left to do, each with the way to do it; nothing when nothing is. @param apps that the person is a member of */
export async function openItems(call: PersonCall, apps: readonly MemberApp[]): Promise<unknown> {
  const isUnsent = await isMailUnsent(call.context, call.account);
  const address = isUnsent ? undefined : await addressItem(call);
  const found = [passwordItem(call), address, await passkeyItem(call), await buttonItem(call, apps)];
  const items = found.filter((item) => item !== undefined);
  const { t } = call.language;
  const row = ({ title, lead, note, action }: Item) =>
    html`<li class="row top"><span class="open-mark"></span><div class="grow"><h3>${title}</h3>
<p class="small muted">${lead}</p>${note ?? nothing}</div>${action}</li>`;
  const card = html`<section class="card" aria-labelledby="open"><h2 id="open">${t('account.home.open.heading')}</h2>
<ul class="rows">${items.map(row)}</ul></section>`;
  return html`${isUnsent ? await unsentNote(call) : nothing}${items.length > 0 ? card : nothing}`;
}

/** As long as the password is a breached one, also for whoever wants to be asked later when they sign in. */
function passwordItem({ account, base, language: { t } }: PersonCall): Item | undefined {
  if (account.newPasswordDueAt === undefined) return undefined;
  const change = t('account.security.password.change');
  return {
    title: t('shared.newPassword.heading'),
    lead: t('shared.newPassword.lead'),
    action: html`<a class="button secondary" href="${base}/security/password">${change}</a>`,
  };
}

async function addressItem(call: PersonCall): Promise<Item | undefined> {
  const open = await openConfirmation(call);
  return (
    open && {
      title: call.language.t('account.confirmAddress.heading'),
      lead: open.lead,
      note: open.note,
      action: formFrame({ action: `${call.base}/security/confirmation`, csrf: call.csrf }, open.button),
    }
  );
}

async function passkeyItem({ account, base, context, language: { t } }: PersonCall): Promise<Item | undefined> {
  if (account.persona || (await context.rows.passkeys.list(account.id)).length > 0) return undefined;
  return {
    title: t('account.home.open.passkey'),
    lead: t('account.passkeys.lead'),
    action: html`<a class="button secondary" href="${base}/security/passkeys/new">${t('account.passkeys.add')}</a>`,
  };
}

const mayBeTried = ({ role, disabled, suspendedBecause }: MemberApp) =>
  role !== 'read-only' && !disabled && suspendedBecause === undefined;

/** Of the first app whose button nobody has used yet: where its code is. */
async function buttonItem(call: PersonCall, apps: readonly MemberApp[]): Promise<Item | undefined> {
  const { base, context, language } = call;
  const { t } = language;
  const { appEnvironments } = context.storage;
  for (const app of apps.filter(mayBeTried).slice(0, MAX_APPS_LOOKED_AT)) {
    const environments = await appEnvironments.list(app.id);
    const issued = await Promise.all(environments.map(({ clientId }) => appEnvironments.hasIssued(clientId)));
    // A test is as good as production: what matters is that the button has worked once.
    const first = environments.find(({ environment }) => realmOf(environment) === 'sandbox') ?? environments[0];
    if (!first || issued.some(Boolean)) continue;
    const href = `${base}/apps/${app.id}/${slugOf(first.environment)}/code`;
    return {
      title: t('account.home.open.button'),
      lead: t.rich('account.home.open.buttonLead', { app: isolate(app.name) }),
      action: html`<a class="button secondary" href=${href}>${t('account.home.open.code')}</a>`,
    };
  }
  return undefined;
}
