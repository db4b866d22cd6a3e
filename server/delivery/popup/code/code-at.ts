import type { CodeWay } from '#domain/codes/code-way.ts';
import type { RealmContext } from '#http/realm-context.ts';
import { heldAt } from '../held-sign-in.ts';
import { heldCode } from './held-code.ts';

/** The code that an interaction asks for, if it does: at the gate of the confirmed address, or where somebody has asked for one. */
export async function codeAt(
  context: RealmContext,
  interaction: { readonly result?: unknown },
): Promise<{ email: string; way: CodeWay } | undefined> {
  const email = (await heldAt(context, interaction, 'verified_address'))?.account.email;
  return email === undefined ? heldCode(interaction) : { email, way: 'confirm' };
}
