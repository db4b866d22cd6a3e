import { html } from '@lit-labs/ssr';
import { nothing } from 'lit';
import { z } from 'zod';
import { MAX_PASSKEYS } from '#domain/passkeys/add.ts';
import { checkIcon, keyIcon } from '#pages/icons.ts';
import { fill, isolate } from '#pages/text.ts';
import type { PersonCall } from '#portal/route.ts';
import type { Passkey } from '#storage/passkeys.ts';
import { passkeyPath, passkeysPath } from './paths.ts';
import { passkeyStrings } from './strings.ts';

const doneSchema = z.object({
  done: z.enum(['passkey-added', 'passkey-renamed', 'passkey-removed']).optional().catch(undefined),
});

/** The card about passkeys on the page "Sign-in and security"; it also tells what has just been done to one. */
export async function passkeysCard(call: PersonCall): Promise<unknown> {
  const strings = passkeyStrings(call.language);
  const passkeys = await call.context.rows.passkeys.list(call.account.id);
  const { done } = doneSchema.parse(call.query ?? {});
  return html`<section class="card" aria-labelledby="passkeys">
<header><h2 id="passkeys">${strings.heading}</h2><p class="small muted">${strings.lead}</p></header>
${done ? html`<div class="notice" role="status">${checkIcon}<p>${strings.done[done]}</p></div>` : nothing}
${passkeys.length > 0 ? html`<ul class="rows">${passkeys.map((passkey) => passkeyRow(call, passkey))}</ul>` : nothing}
${call.account.persona ? nothing : addButton(call, passkeys)}
</section>`;
}

function passkeyRow(call: PersonCall, passkey: Passkey): unknown {
  const strings = passkeyStrings(call.language);
  const path = passkeyPath(call, passkey);
  const name = isolate(passkey.name);
  return html`<li class="row">${keyIcon}<div class="grow"><b>${name}</b><br><span class="small muted">${factsOf(call, passkey)}</span></div>
<div class="buttons"><a class="way small" href=${path}>${strings.rename}<span class="hidden"> ${name}</span></a><a class="way small" href="${path}/remove">${strings.remove}<span class="hidden"> ${name}</span></a></div></li>`;
}

/** E.g. "Synced across your devices · Added 3 Nov 2026 · Last used 5 Nov 2026". */
export function factsOf({ language }: Pick<PersonCall, 'language'>, passkey: Passkey): unknown {
  const strings = passkeyStrings(language);
  const dates = new Intl.DateTimeFormat(language.tag, { dateStyle: 'medium' });
  const { createdAt, lastUsedAt, synced } = passkey;
  return [
    synced ? strings.synced : strings.thisDevice,
    fill(strings.added, { date: dates.format(createdAt) }),
    lastUsedAt ? fill(strings.lastUsed, { date: dates.format(lastUsedAt) }) : strings.neverUsed,
  ].map((fact, index) => html`${index > 0 ? ' · ' : ''}<span>${fact}</span>`);
}

function addButton(call: PersonCall, passkeys: readonly Passkey[]): unknown {
  const strings = passkeyStrings(call.language);
  if (passkeys.length >= MAX_PASSKEYS) return html`<p class="small muted">${strings.limit}</p>`;
  return html`<div class="buttons"><a class="button secondary" href="${passkeysPath(call)}/new">${strings.add}</a></div>`;
}
