import { html } from '@lit-labs/ssr';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { inlineScript } from '../../pages/inline.ts';
import { isolateLeftToRight } from '../../pages/text.ts';
import { callInTransaction } from '../../portal/call-in-transaction.ts';
import { PortalError } from '../../portal/portal-error.ts';
import type { PersonCall } from '../../portal/route.ts';
import { randomId } from '../../storage/ids.ts';
import { copyToClipboard } from './scripts/copy.ts';
import { appsStrings } from './strings.ts';

/** For every page with {@link copyButton} or {@link shownOnce}. */
export const copyScript = inlineScript(copyToClipboard);

const onceSchema = z.object({ once: z.string().regex(/^[\w-]{22}$/) });

/** Stands in each form that makes something with a secret. */
export function onceInput(): unknown {
  return html`<input type="hidden" name="once" value=${randomId()}>`;
}

/** What has been made, and where to see it later: without its secrets. */
export interface Made {
  /** Path within the portal. */
  path: string;
  /**
   * Sends the page with the secrets, as the answer to the form itself: they are kept nowhere, so no other request can show them. Reads
   * nothing, so that what has been made is shown.
   */
  show(): Promise<FastifyReply>;
}

/**
 * Makes something whose secrets are shown once, as the answer to the form that asked for it. The form carries {@link onceInput}, and
 * has been checked otherwise; sent again, by reloading or by going back, it makes nothing and leads to what it made.
 *
 * It is made in one transaction with what is noted and mailed about it, and with where it is to be seen: when any of that fails nothing
 * has been made, what was to be replaced works on, and the same form makes it.
 * @param make writes through the call that it is given, and may be run again
 * @throws PortalError `invalid_request` without the field, or while the first of two requests is under way
 */
export async function makeOnce<Call extends PersonCall>(
  call: Call,
  make: (call: Call) => Promise<Made>,
): Promise<FastifyReply> {
  const parsed = onceSchema.safeParse(call.body);
  if (!parsed.success) throw new PortalError('invalid_request');
  const { idempotencyKeys } = call.context.storage;
  const caller = `account:${call.account.id}`;
  const { once } = parsed.data;
  const claim = await idempotencyKeys.claim(caller, once, call.request.url);
  if (claim.outcome === 'answered') return call.reply.redirect(claim.body, claim.status);
  if (claim.outcome !== 'first') throw new PortalError('invalid_request');
  let made: Made;
  try {
    made = await callInTransaction(call, async (part) => {
      const result = await make(part);
      await part.context.storage.idempotencyKeys.finish(caller, once, 303, result.path);
      return result;
    });
  } catch (error) {
    // Leaves it when it was kept after all, and only the word of that was lost.
    await idempotencyKeys.release(caller, once);
    throw error;
  }
  return made.show();
}

export interface Secret {
  /** Unique on the page. */
  id: string;
  label: string;
  value: string;
  /** Whether it can be looked up later; then it is no secret. */
  isPublic?: boolean;
}

/**
 * Secrets, to be copied now. The page needs {@link copyScript}, which also turns its address into `path`, so that reloading does not
 * send the form again.
 */
export function shownOnce(call: PersonCall, path: string, secrets: readonly Secret[]): unknown {
  const { once } = appsStrings(call.language);
  return html`<div class="stack" data-shown-at=${path}>${secrets.map(
    ({ id, label, value, isPublic }) => html`<div class="stack tight">
<p class="term" id="${id}-label">${label}${isPublic ? '' : html` <span class="tag warn">${once.shownOnce}</span>`}</p>
${copyable(call, { id, label, value })}</div>`,
  )}</div>`;
}

/** A value with a button that copies it. */
export function copyable(call: PersonCall, { id, label, value }: Pick<Secret, 'id' | 'label' | 'value'>): unknown {
  return html`<div class="secret"><code id=${id}>${isolateLeftToRight(value)}</code>${copyButton(call, id, label)}</div>`;
}

/** Copies the text of an element; there with script alone. @param what what is copied, for who does not see where the button stands */
export function copyButton(call: PersonCall, id: string, what: string): unknown {
  const { copy } = appsStrings(call.language);
  return html`<button class="button secondary small" type="button" data-copy=${id} data-copied=${copy.copied} data-selected=${copy.selected} hidden><span data-copy-label>${copy.copy}</span><span class="hidden"> ${what}</span></button><span class="hidden" role="status" data-copy-status></span>`;
}
