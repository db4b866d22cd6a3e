import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server';
import { z } from 'zod';

/** Limit for a browser's `toJSON()` response. Only an attestation would be large, and we accept none. */
export const MAX_RESPONSE_LENGTH = 16_000;
const MAX_ID_LENGTH = 1_400;
const MAX_TRANSPORTS = 10;

const base64url = z
  .string()
  .max(MAX_RESPONSE_LENGTH)
  .regex(/^[\w-]*$/);
// WebAuthn section 5.1: an id is at most 1023 bytes.
const id = base64url.min(1).max(MAX_ID_LENGTH);
const transport = z
  .string()
  .max(32)
  .regex(/^[a-z-]+$/);

const registrationSchema = z
  .object({
    id,
    rawId: id,
    type: z.literal('public-key'),
    response: z.object({
      clientDataJSON: base64url,
      attestationObject: base64url,
      transports: z.array(transport).max(MAX_TRANSPORTS).optional().catch(undefined),
    }),
  })
  .refine((given) => given.id === given.rawId);

const authenticationSchema = z
  .object({
    id,
    rawId: id,
    type: z.literal('public-key'),
    response: z.object({
      clientDataJSON: base64url,
      authenticatorData: base64url,
      signature: base64url,
      userHandle: base64url.max(MAX_ID_LENGTH),
    }),
  })
  .refine((given) => given.id === given.rawId);

/** @param json the browser's `toJSON()` response as text. @returns undefined when it is malformed */
export function parseRegistration(json: string): RegistrationResponseJSON | undefined {
  return parse(registrationSchema, json) as RegistrationResponseJSON | undefined;
}

/** Requires a `userHandle`, because it names the user who signs in. @returns undefined when the response is malformed */
export function parseAuthentication(
  json: string,
): (AuthenticationResponseJSON & { response: { userHandle: string } }) | undefined {
  return parse(authenticationSchema, json) as ReturnType<typeof parseAuthentication>;
}

function parse<Shape extends object>(schema: z.ZodType<Shape>, json: string): object | undefined {
  if (json.length > MAX_RESPONSE_LENGTH) return undefined;
  try {
    const parsed = schema.safeParse(JSON.parse(json));
    return parsed.success ? { ...parsed.data, clientExtensionResults: {} } : undefined;
  } catch {
    return undefined;
  }
}
