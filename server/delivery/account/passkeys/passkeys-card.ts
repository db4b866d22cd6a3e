import { html } from '@lit-labs/ssr';
import { nothing } from 'lit';
import { z } from 'zod';
import { MAX_PASSKEYS } from '#domain/passkeys/add.ts';
import { keyIcon } from '#pages/icons.ts';
import { isolate } from '#pages/text.ts';
import { day } from '#pages/time.ts';
import { notice } from '#portal/layout.ts';
import type { PersonCall } from '#portal/route.ts';
import { isShared } from '#storage/accounts.ts';
import type { Passkey } from '#storage/passkeys.ts';
import { passkeyPath, passkeysPath } from './paths.ts';

const doneSchema = z.object({
  done: z.enum(['passkey-added', 'passkey-renamed', 'passkey-removed']).optional().catch(undefined),
});

/** The card about passkeys on the page "Sign-in and security"; it also tells what has just been done to one. */
export async function passkeysCard(call: PersonCall): Promise<unknown> {
  const { t } = call.language;
  const passkeys = await call.context.rows.passkeys.list(call.account.id);
  const { done } = doneSchema.parse(call.query ?? {});
  const heading = html`<h2 id="passkeys">${t('account.passkeys.heading')}</h2>`;
  return html`<section class="card" aria-labelledby="passkeys">
<header>${heading}<p class="small muted">${t('account.passkeys.lead')}</p></header>
${done ? notice(t(`account.passkeys.done.${done}`)) : nothing}
${passkeys.length > 0 ? html`<ul class="rows">${passkeys.map((passkey) => passkeyRow(call, passkey))}</ul>` : nothing}
${isShared(call.account) ? nothing : addButton(call, passkeys)}
</section>`;
}

function passkeyRow(call: PersonCall, passkey: Passkey): unknown {
  const { t } = call.language;
  const path = passkeyPath(call, passkey);
  const link = (href: string, label: string) =>
    html`<a class="way small" href=${href}>${label}<span class="hidden"> ${isolate(passkey.name)}</span></a>`;
  const links = [link(path, t('account.passkeys.rename')), link(`${path}/remove`, t('account.passkeys.remove'))];
  return html`<li class="row">${passkeyFacts(call, passkey)}
<div class="buttons">${links}</div></li>`;
}

/** Its name, and e.g. "Synced across your devices · Added Nov 3, 2026 · Last used Nov 5, 2026". */
export function passkeyFacts({ language }: Pick<PersonCall, 'language'>, passkey: Passkey): unknown {
  const { t } = language;
  const { createdAt, lastUsedAt, synced } = passkey;
  const facts = [
    t(synced ? 'account.passkeys.synced' : 'account.passkeys.thisDevice'),
    t.rich('account.passkeys.added', { date: day(createdAt, language) }),
    lastUsedAt
      ? t.rich('account.passkeys.lastUsed', { date: day(lastUsedAt, language) })
      : t('account.passkeys.neverUsed'),
  ].map((fact, index) => html`${index > 0 ? ' · ' : ''}<span>${fact}</span>`);
  const name = html`<b>${isolate(passkey.name)}</b>`;
  return html`${keyIcon}<div class="grow">${name}<br><span class="small muted">${facts}</span></div>`;
}

function addButton(call: PersonCall, passkeys: readonly Passkey[]): unknown {
  const { t } = call.language;
  if (passkeys.length >= MAX_PASSKEYS) return html`<p class="small muted">${t('account.passkeys.limit')}</p>`;
  const add = t('account.passkeys.add');
  return html`<div class="buttons"><a class="button secondary" href="${passkeysPath(call)}/new">${add}</a></div>`;
}
