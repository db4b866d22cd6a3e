import { z } from 'zod';
import { toBase32 } from '../../second-factor/read-totp.ts';
import { flag, mapper, text, time, UnmappableError } from './mapper.ts';

const json = <Schema extends z.ZodType>(schema: Schema) =>
  z.string().transform((content) => schema.parse(JSON.parse(content)));
/** Of all types, each with some of these. */
const credentialSchema = z.object({
  type: z.string(),
  userLabel: text,
  createdDate: time,
  secretData: json(z.object({ value: text, salt: text })).optional(),
  credentialData: json(
    z.object({
      ...{ algorithm: text, hashIterations: z.int().optional() },
      additionalParameters: z.record(z.string(), z.array(z.string())).optional(),
      ...{ subType: text, digits: z.int().optional(), period: z.int().optional(), secretEncoding: text },
      ...{ credentialId: text, credentialPublicKey: text, counter: z.int().optional() },
      transports: z.array(z.string()).nullish(),
    }),
  ).optional(),
});
type Credential = z.infer<typeof credentialSchema>;

/** A second factor beside the password, and what stands for it. Its kind of keys is the same. */
const SECOND_FACTOR_KEY = 'webauthn';
const KEYS = [SECOND_FACTOR_KEY, 'webauthn-passwordless'];
const MAX_NAME_LENGTH = 60;
const NEEDS_RP_ID =
  'has a passkey, and Keycloak does not export for which relying party: say so with --rp-id, or take it out of the credentials';

/** Keycloak: `kc.sh export --realm …`, each of its `users` a line (https://www.keycloak.org/server/importExport). */
export const keycloak = mapper(
  {
    id: z.string(),
    ...{ email: text, firstName: text, lastName: text },
    emailVerified: flag.nullish(),
    enabled: flag.nullish(),
    createdTimestamp: time,
    attributes: z.record(z.string(), z.array(z.string())).nullish(),
    credentials: z.array(credentialSchema).nullish(),
  },
  ({ credentials, ...user }, { rpId }) => ({
    id: user.id,
    email: user.email,
    email_verified: user.emailVerified,
    password_hash: isEnough(credentials) ? hashOf(credentials?.find(({ type }) => type === 'password')) : undefined,
    given_name: user.firstName,
    family_name: user.lastName,
    phone_number: user.attributes?.['phoneNumber']?.[0],
    locale: user.attributes?.['locale']?.[0],
    blocked: user.enabled === false,
    created_at: user.createdTimestamp,
    totp: totpOf(credentials?.find(({ type }) => type === 'otp')),
    passkeys: credentials?.filter(({ type }) => KEYS.includes(type)).map((key) => passkeyOf(key, rpId)),
  }),
);

/**
 * Whether the password may be brought. Beside a key as the second factor and no app, it was not enough there, and nothing would be asked besides
 * it here: a key opens an account here alone, and stands for both.
 */
function isEnough(credentials: readonly Credential[] | null | undefined): boolean {
  const has = (wanted: string) => credentials?.some(({ type }) => type === wanted) ?? false;
  return !has(SECOND_FACTOR_KEY) || has('otp');
}

function hashOf(credential: Credential | undefined): unknown {
  const { value = '', salt = '' } = credential?.secretData ?? {};
  const { algorithm, hashIterations = 1, additionalParameters = {} } = credential?.credentialData ?? {};
  if (!credential || algorithm === undefined) return undefined;
  if (algorithm !== 'argon2') {
    // `pbkdf2` alone is of SHA-1.
    const name = algorithm === 'pbkdf2' ? 'pbkdf2-sha1' : algorithm;
    return { algorithm: name, hash: value, salt, iterations: hashIterations };
  }
  const of = (name: string, otherwise: string) => additionalParameters[name]?.[0] ?? otherwise;
  const version = of('version', '1.3') === '1.0' ? 16 : 19;
  const costs = `m=${of('memory', '7168')},t=${hashIterations},p=${of('parallelism', '1')}`;
  const bare = (base64: string) => base64.replaceAll('=', '');
  return `$argon2${of('type', 'id')}$v=${version}$${costs}$${bare(salt)}$${bare(value)}`;
}

/** As the address of its QR code. Keycloak's secret is a text, of whose bytes the app got the base 32, unless it says otherwise. */
function totpOf(credential: Credential | undefined): string | undefined {
  if (!credential) return undefined;
  const { subType = 'totp', digits, period, algorithm, secretEncoding } = credential.credentialData ?? {};
  const value = credential.secretData?.value ?? '';
  const parameters = new URLSearchParams({
    secret: secretEncoding?.toUpperCase() === 'BASE32' ? value : toBase32(Buffer.from(value)),
    ...(algorithm && { algorithm: algorithm.replace(/^Hmac/, '') }),
    ...(digits !== undefined && { digits: String(digits) }),
    ...(period !== undefined && { period: String(period) }),
  });
  return `otpauth://${subType}/keycloak?${parameters}`;
}

/** Its user handle is the person's id there, which is the default of a row. */
function passkeyOf({ credentialData, userLabel, createdDate }: Credential, rpId: string | undefined): object {
  if (rpId === undefined) throw new UnmappableError(NEEDS_RP_ID);
  const { credentialId, credentialPublicKey, counter, transports } = credentialData ?? {};
  return {
    ...{ credential_id: credentialId, public_key: credentialPublicKey, counter, transports, rp_id: rpId },
    ...{ name: userLabel?.slice(0, MAX_NAME_LENGTH), created_at: createdDate },
  };
}
