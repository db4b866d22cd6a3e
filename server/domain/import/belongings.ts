import { claimsOfField, type Field } from '@signup-with-platform/protocol';
import { z } from 'zod';
import { APP_ROLES, type AppRole } from '../../storage/app-members.ts';
import type { ImportedConsent, ImportedPasskey } from '../../storage/imports.ts';
import type { FieldCatalogue } from '../claims/catalogue.ts';
import { agreeTo } from '../consent/agree-to.ts';
import { MAX_PASSKEYS, passkeyNameSchema } from '../passkeys/add.ts';
import { isPasskeyKey } from '../passkeys/cose-key.ts';
import { fromBase64 } from '../password-forms/base64.ts';
import { readTotp } from '../second-factor/read-totp.ts';
import { id, optional, past } from './row-values.ts';

/** Nobody uses more apps of one platform, or works on more. */
const MAX_APPS = 100;
const MAX_TRANSPORTS = 10;
/** WebAuthn sections 5.1 and 5.4.3. */
const [MAX_CREDENTIAL_BYTES, MAX_HANDLE_BYTES] = [1_023, 64];
const MAX_KEY_BYTES = 600;
const MAX_COUNTER = 2 ** 32 - 1;
const DEFAULT_NAME = 'Passkey';

/** Bytes in base64 of either alphabet, which become base64url. */
const bytes = (max: number) =>
  z
    .string()
    .max(2 * max)
    .transform((text, context) => {
      const read = fromBase64(text);
      if (read && read.length > 0 && read.length <= max) return read.toString('base64url');
      context.addIssue({ code: 'custom', message: `is no base64 of 1 to ${max} bytes` });
      return z.NEVER;
    });

/** No two of a list are about the same thing. */
const once = <Item>(items: readonly Item[], by: (item: Item) => string) => new Set(items.map(by)).size === items.length;

const passkey = z.strictObject({
  credential_id: bytes(MAX_CREDENTIAL_BYTES),
  public_key: bytes(MAX_KEY_BYTES).refine(
    (key) => isPasskeyKey(Buffer.from(key, 'base64url')),
    'is no COSE key of Ed25519, ECDSA on P-256 or RSA',
  ),
  rp_id: z.string().max(253),
  counter: optional(z.int().min(0).max(MAX_COUNTER)),
  transports: optional(z.array(z.string().regex(/^[a-z-]{1,32}$/)).max(MAX_TRANSPORTS)),
  user_handle: optional(bytes(MAX_HANDLE_BYTES)),
  name: optional(passkeyNameSchema),
  created_at: optional(past),
});

const consentTo = ({ fields }: FieldCatalogue) =>
  z.strictObject({
    client_id: z.string().max(64),
    fields: z.array(z.enum(fields as readonly [Field, ...Field[]])).max(fields.length),
    user_id: optional(id),
    granted_at: optional(past),
  });

const ROLES = APP_ROLES as [AppRole, ...AppRole[]];
const role = z.strictObject({ app_id: z.string().regex(/^[\w-]{1,64}$/), role: z.enum(ROLES) });

/** The keys of a row that bring what belongs to the person, besides what they say of themselves. */
export const belongingsOf = (catalogue: FieldCatalogue) => ({
  passkeys: optional(
    z
      .array(passkey)
      .max(MAX_PASSKEYS)
      .refine((all) => once(all, (one) => one.credential_id), 'names one twice'),
  ),
  totp: optional(
    z
      .string()
      .max(1_000)
      .transform((text, context) => {
        const read = readTotp(text);
        if ('secret' in read) return read.secret;
        context.addIssue({ code: 'custom', message: read.problem });
        return z.NEVER;
      }),
  ),
  consents: optional(
    z
      .array(consentTo(catalogue))
      .max(MAX_APPS)
      .refine((all) => once(all, (one) => one.client_id), 'names an app twice'),
  ),
  roles: optional(
    z
      .array(role)
      .max(MAX_APPS)
      .refine((all) => once(all, (one) => one.app_id), 'names an app twice'),
  ),
});

/**
 * Passkeys as they are stored. One of another relying party works nowhere but there, and is refused, so that nobody counts on it.
 * @param of.rpId our own relying party's
 * @param of.id the row's, which stands for the user handle where the export has none: Keycloak and others make it of their id
 */
export function passkeysOf(
  given: readonly z.infer<typeof passkey>[],
  { rpId, id: rowId }: { rpId: string | undefined; id: string | undefined },
): { passkeys: ImportedPasskey[] } | { reason: string } {
  const passkeys: ImportedPasskey[] = [];
  for (const { credential_id, public_key, rp_id, user_handle, name = DEFAULT_NAME, ...one } of given) {
    if (rp_id !== rpId) return { reason: `passkeys: made for ${rp_id}, and this platform is ${rpId ?? 'none'}` };
    const userHandle = user_handle ?? (rowId === undefined ? undefined : Buffer.from(rowId).toString('base64url'));
    if (userHandle === undefined) return { reason: 'passkeys: need a user_handle, or the id of which it was made' };
    passkeys.push({
      ...{ credentialId: credential_id, publicKey: public_key, counter: one.counter ?? 0, name, userHandle },
      ...{ transports: one.transports ?? [], createdAt: one.created_at },
    });
  }
  return { passkeys };
}

/** A consent as it is stored, as if the person had agreed here to an app that asked for these fields. */
export function consentOf(
  { client_id, fields, user_id, granted_at }: z.infer<ReturnType<typeof consentTo>>,
  catalogue: FieldCatalogue,
): ImportedConsent {
  const granted = fields.flatMap((field) => claimsOfField(field));
  // The claims alone say what is shared. A scope without its own would be asked for again.
  const scopes = Object.entries(catalogue.scopes).filter(([, claims]) =>
    claims.some((claim) => granted.includes(claim)),
  );
  const scope = ['openid', ...scopes.map(([name]) => name)].join(' ');
  return {
    ...{ clientId: client_id, fields, userId: user_id, grantedAt: granted_at },
    agreed: agreeTo({}, { granted, declined: [], scope }),
  };
}

export function roleOf({ app_id: appId, role: has }: z.infer<typeof role>): { appId: string; role: AppRole } {
  return { appId, role: has };
}
