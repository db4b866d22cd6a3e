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

/** For every page with {@link copyButton} or {@link shownOnce}. */
export const copyScript = inlineScript(copyToClipboard);

const onceSchema = z.object({ once: z.string().regex(/^[\w-]{22}$/) });

/** Belongs in each form that creates something with a secret. */
export function onceInput(): unknown {
  return html`<input type="hidden" name="once" value=${randomId()}>`;
}

/** What has been created, and where to see it later, without its secrets. */
export interface Made {
  /** Path within the portal. */
  path: string;
  /**
   * Sends the page with the secrets as the answer to the form itself: they are stored nowhere, so no other request can show them. It
   * reads nothing, so that it cannot fail after they have been created.
   */
  show(): Promise<FastifyReply>;
}

/**
 * Creates something whose secrets are shown once, in the answer to the form that asked for it. The form carries {@link onceInput}, and
 * its other inputs have been checked. When it is sent again, by reloading or by going back, it creates nothing and redirects to what it
 * created before.
 *
 * Creating, the audit log's entry, the mails about it and the address for that redirect are one transaction: when any of them fails,
 * nothing is created, what was to be replaced keeps working, and the same form can be sent again.
 * @param make writes through the call that it is given, and may be run again
 * @throws PortalError `invalid_request` without the field, or while the first of two requests is still running
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
    // Does nothing when the transaction was committed after all and only its confirmation was lost.
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
 * Secrets, to be copied now. The page needs {@link copyScript}, which also replaces the page's address by `path`, so that reloading does
 * not send the form again.
 */
export function shownOnce(call: PersonCall, path: string, secrets: readonly Secret[]): unknown {
  const tag = html` <span class="tag warn">${call.language.t('vendor.once.shownOnce')}</span>`;
  return html`<div class="stack" data-shown-at=${path}>${secrets.map(
    ({ id, label, value, isPublic }) => html`<div class="stack tight">
<p class="term" id="${id}-label">${label}${isPublic ? '' : tag}</p>
${copyable(call, { id, label, value })}</div>`,
  )}</div>`;
}

/** A value with a button that copies it. */
export function copyable(call: PersonCall, { id, label, value }: Pick<Secret, 'id' | 'label' | 'value'>): unknown {
  const text = html`<code id=${id}>${isolateLeftToRight(value)}</code>`;
  return html`<div class="secret">${text}${copyButton(call, id, label)}</div>`;
}

/**
 * Copies the text of an element. Hidden where scripts do not run.
 * @param what is copied: for people who do not see where the button is
 */
export function copyButton({ language: { t } }: PersonCall, id: string, what: string): unknown {
  return html`<button class="button secondary small" type="button" data-copy=${id}
 data-copied=${t('vendor.copy.copied')} data-selected=${t('vendor.copy.selected')} hidden><span
 data-copy-label>${t('vendor.copy.copy')}</span><span class="hidden"> ${what}</span></button><span
 class="hidden" role="status" data-copy-status></span>`;
}
