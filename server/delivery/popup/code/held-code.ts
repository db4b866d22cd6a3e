import { z } from 'zod';
import { type CodeWay, codeWaySchema, purposeOf } from '#domain/codes/code-way.ts';
import type { Interaction } from '#engine/engine-internals.ts';
import type { CodePlace } from '#storage/mailed-codes.ts';
import { hold } from '../held-sign-in.ts';
import { PopupError } from '../popup-error.ts';

const heldSchema = z.object({
  /** The address that was typed last, so that nobody types it twice. */
  email: z.string().optional().catch(undefined),
  /** Where the person is asked for a code, if they are. */
  codeWay: codeWaySchema.optional().catch(undefined),
});

type Holding = { readonly result?: unknown };

export function heldEmail({ result }: Holding): string | undefined {
  return heldSchema.safeParse(result).data?.email;
}

/** The code page at which an interaction is. */
export function heldCode({ result }: Holding): { email: string; way: CodeWay } | undefined {
  const { email, codeWay: way } = heldSchema.safeParse(result).data ?? {};
  return email !== undefined && way !== undefined ? { email, way } : undefined;
}

export function holdCode(interaction: Interaction, { email, way }: { email: string; way: CodeWay }): Promise<void> {
  return hold(interaction, { email, codeWay: way });
}

/** Goes on without a code. The address stays. */
export function leaveCode(interaction: Interaction): Promise<void> {
  return hold(interaction, { codeWay: undefined });
}

export async function holdEmail(interaction: Interaction, email: string): Promise<void> {
  if (heldEmail(interaction) !== email) await hold(interaction, { email });
}

/** What a code is bound to. Its browser is that of the interaction, which has been compared with the request's. */
export function placeOf(interaction: { readonly uid: string; readonly browser?: unknown }, way: CodeWay): CodePlace {
  const { uid, browser } = interaction;
  if (typeof browser !== 'string') throw new PopupError('expired');
  return { place: uid, browserHash: browser, purpose: purposeOf(way) };
}
