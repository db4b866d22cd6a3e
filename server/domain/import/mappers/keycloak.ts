import { z } from 'zod';
import { flag, mapper, text, time } from './mapper.ts';

const json = <Schema extends z.ZodType>(schema: Schema) =>
  z.string().transform((content) => schema.parse(JSON.parse(content)));
const credentialSchema = z.object({
  type: z.string(),
  secretData: json(z.object({ value: text, salt: text })).optional(),
  credentialData: json(
    z.object({
      algorithm: text,
      hashIterations: z.int().optional(),
      additionalParameters: z.record(z.string(), z.array(z.string())).optional(),
    }),
  ).optional(),
});

const SECOND_FACTORS = new Set(['otp', 'webauthn']);

/** Keycloak: `kc.sh export --realm …`, each of its `users` a line (https://www.keycloak.org/server/importExport). */
export const keycloak = mapper(
  {
    id: z.string(),
    ...{ email: text, firstName: text, lastName: text },
    emailVerified: flag.nullish(),
    enabled: flag.nullish(),
    createdTimestamp: time,
    attributes: z.record(z.string(), z.array(z.string())).nullish(),
    // Left behind, they would leave their people with a password alone.
    credentials: z
      .array(credentialSchema)
      .refine(
        (all) => !all.some(({ type }) => SECOND_FACTORS.has(type)),
        'has a second factor, which cannot be brought',
      )
      .nullish(),
  },
  (user) => ({
    id: user.id,
    email: user.email,
    email_verified: user.emailVerified,
    password_hash: hashOf(user.credentials?.find(({ type }) => type === 'password')),
    given_name: user.firstName,
    family_name: user.lastName,
    phone_number: user.attributes?.['phoneNumber']?.[0],
    locale: user.attributes?.['locale']?.[0],
    blocked: user.enabled === false,
    created_at: user.createdTimestamp,
  }),
);

function hashOf(credential: z.infer<typeof credentialSchema> | undefined): unknown {
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
