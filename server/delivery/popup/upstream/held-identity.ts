import { z } from 'zod';
import type { IdentityOffer } from '#domain/identities/open-account.ts';
import type { Interaction } from '#engine/engine-internals.ts';
import { hold } from '../held-sign-in.ts';

/** Whom another login has sent in this interaction, until it is known whose account that is. */
const identitySchema = z.object({
  upstream: z.string(),
  appId: z.string().optional(),
  person: z.object({
    issuer: z.string(),
    subject: z.string(),
    email: z.string().optional(),
    emailVerified: z.boolean(),
  }),
});

const resultSchema = z.object({ identity: identitySchema.optional().catch(undefined) });

export function heldIdentity({ result }: { readonly result?: unknown }): IdentityOffer | undefined {
  const identity = resultSchema.safeParse(result ?? {}).data?.identity;
  if (!identity) return undefined;
  const { email, ...person } = identity.person;
  return { ...identity, person: { ...person, ...(email !== undefined && { email }) } };
}

export async function holdIdentity(
  interaction: Interaction,
  { upstream, person, appId }: IdentityOffer,
): Promise<void> {
  const { issuer, subject, email, emailVerified } = person;
  await hold(interaction, { identity: { upstream, appId, person: { issuer, subject, email, emailVerified } } });
}

export async function forgetIdentity(interaction: Interaction): Promise<void> {
  if (heldIdentity(interaction)) await hold(interaction, { identity: undefined });
}
