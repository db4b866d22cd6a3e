import { html } from '@lit-labs/ssr';
import type { FastifyReply } from 'fastify';
import { nothing } from 'lit';
import { type Admitted, admitStranger, type Puzzle, puzzleFor, type Stranger } from '#domain/bots/bot-check.ts';
import type { PuzzleAct } from '#domain/bots/puzzle.ts';
import { devicesOf } from '#engine/device-cookie.ts';
import { retryAfter } from '#http/retry-after.ts';
import { alertBox, formFrame } from '#pages/forms.ts';
import { puzzleField, puzzleScripts, type Unproven, unprovenWords } from '#pages/puzzle.ts';
import { sendPortalPage } from '#portal/layout.ts';
import type { PortalCall } from '#portal/route.ts';
import { emailKey } from '#storage/accounts.ts';

/**
 * Whether the call may do what costs others something: make an account, or have a mail sent. Whoever is signed in may have one sent to their own
 * address; for others they are a stranger, because one account would be worth any number of forms otherwise. A form carries the answer to its
 * puzzle as `altcha`.
 */
export async function admitCall(call: PortalCall, act: PuzzleAct, email: string): Promise<Admitted> {
  const own = call.account?.email;
  if (own !== undefined && act !== 'sign_up' && emailKey(own) === emailKey(email)) return { outcome: 'admitted' };
  const { altcha } = (call.body ?? {}) as Record<string, unknown>;
  const admitted = await admitStranger(call.context, strangerOf(call, act), altcha);
  if ('retryAfterMs' in admitted) retryAfter(call.reply, admitted.retryAfterMs);
  return admitted;
}

/** The puzzle of a page with such a form; undefined while none is needed. */
export async function puzzleOf(call: PortalCall, act: PuzzleAct): Promise<Puzzle | undefined> {
  return call.account ? undefined : puzzleFor(call.context, strangerOf(call, act));
}

/** A form as it came, without what is secret. */
export interface AskedForm {
  /** Below the portal's address. */
  path: string;
  fields: Readonly<Record<string, string>>;
}

/** Between a form and what it asks for: it comes again, by itself where scripts run. */
export function sendBotCheck(call: PortalCall, { path, fields }: AskedForm, unproven: Unproven): Promise<FastifyReply> {
  const { base, csrf, language } = call;
  const { t } = language;
  // Whoever has been here came without a script, and would be back at once.
  const isFirst = unproven.outcome === 'puzzle';
  const inputs = Object.entries(fields).map(([name, value]) => html`<input type="hidden" name=${name} value=${value}>`);
  return sendPortalPage(call, 429, {
    title: t('shared.botCheck.title'),
    lead: t('shared.botCheck.lead'),
    ...(isFirst && { problem: undefined }),
    width: 'narrow',
    scripts: puzzleScripts(unproven.puzzle),
    main: html`${isFirst ? nothing : alertBox(unprovenWords(unproven, language))}
${formFrame(
  { action: `${base}${path}`, csrf, layout: 'stack' },
  html`${inputs}
${puzzleField(unproven.puzzle, language, { sendsItself: isFirst })}
<button class="button primary">${t('shared.botCheck.submit')}</button>`,
)}`,
  });
}

/** Whoever is not signed in is known by their browser. */
function strangerOf({ boundTo, context, request }: PortalCall, act: PuzzleAct): Stranger {
  return { act, place: boundTo, address: request.ip, devices: devicesOf(context, request) };
}
