import { createPrivateKey, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { z } from 'zod';
import { isLoopbackHost } from '../loopback.ts';
import { pathOf } from './paths.ts';
import { SettingError } from './setting.ts';

/** What of a person we read from an upstream. */
export const UPSTREAM_CLAIMS = ['given_name', 'family_name', 'email', 'email_verified', 'locale'] as const;
export type UpstreamClaim = (typeof UPSTREAM_CLAIMS)[number];

/** What Apple wants instead of a secret that is written down. */
export interface AppleKey {
  readonly teamId: string;
  readonly keyId: string;
  /** EC, on the curve P-256. */
  readonly key: KeyObject;
}

/** Another login, by which people sign in here: an OpenID Connect issuer of which this platform is a client. */
export interface UpstreamSettings {
  /** In addresses, and so in what is registered there as the redirect URI. It stays when the issuer's address changes. */
  readonly id: string;
  readonly issuer: string;
  /** On the button. */
  readonly name: string;
  /** A small image on the button, as a `data:` URL, because the first page loads nothing. */
  readonly logo: string | undefined;
  readonly clientId: string;
  readonly clientSecret: string | AppleKey | undefined;
  readonly scopes: readonly string[];
  /** What each claim is called there. */
  readonly claims: Readonly<Record<UpstreamClaim, string>>;
  readonly realms: readonly ('production' | 'sandbox')[];
  /** The only way in, besides passkeys. */
  readonly only: boolean;
  readonly responseMode: 'query' | 'form_post';
  /** Whether an address that it says to be verified is so here. */
  readonly trustEmail: boolean;
  /** Whether its pages cut a window off from the page that opened it (Cross-Origin-Opener-Policy). */
  readonly coop: 'auto' | 'severs' | 'keeps';
  /** Whether who signs out here signs out there, too. */
  readonly logout: boolean;
  /** Whether it is the platform's own login, which is asked first, without a page, who is signed in there. */
  readonly handOver: boolean;
  /** Whether two factors that it says to have asked for are enough here. */
  readonly trustMfa: boolean;
}

const MAX_UPSTREAMS = 20;
const MAX_TEXT = 300;
const text = z.string().trim().min(1).max(MAX_TEXT);

const issuer = z.string().superRefine((value, context) => {
  const problem = issuerProblem(value);
  if (problem) context.addIssue({ code: 'custom', message: problem });
});

/** It is compared to the letter with what the issuer says of itself (OpenID Connect Discovery 1.0 section 4.3), so it is kept as it is. */
function issuerProblem(value: string): string | undefined {
  const url = URL.canParse(value) ? new URL(value) : undefined;
  if (!url) return 'must be a web address, such as https://login.example.com';
  if (url.search || url.hash || url.username || url.password)
    return 'must be an address without a query, a fragment or a name';
  const isHere = url.protocol === 'http:' && isLoopbackHost(url.hostname);
  return url.protocol === 'https:' || isHere ? undefined : 'must be https';
}

const logo = z
  .string()
  .max(4096)
  .regex(
    /^data:image\/(?:png|webp|svg\+xml);base64,[A-Za-z0-9+/=]+$/,
    'must be a data: URL of a PNG, WebP or SVG image, in base64',
  );

const entrySchema = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]{0,31}$/, 'must be up to 32 letters in lower case, digits and hyphens'),
  issuer,
  name: text.max(40).optional(),
  logo: logo.optional(),
  client_id: text,
  client_secret: text.optional(),
  team_id: text.optional(),
  key_id: text.optional(),
  key_file: text.optional(),
  scopes: z.array(text.regex(/^\S+$/, 'must have no blanks')).max(20).optional(),
  claims: z.partialRecord(z.enum(UPSTREAM_CLAIMS), text).optional(),
  realms: z
    .array(z.enum(['production', 'sandbox']))
    .min(1)
    .optional(),
  only: z.boolean().optional(),
  response_mode: z.enum(['query', 'form_post']).optional(),
  trust_email: z.boolean().optional(),
  coop: z.enum(['auto', 'severs', 'keeps']).optional(),
  logout: z.boolean().optional(),
  hand_over: z.boolean().optional(),
  trust_mfa: z.boolean().optional(),
});
type Entry = z.infer<typeof entrySchema>;

/**
 * Reads the setting: JSON, or the path of a file of JSON.
 * @throws SettingError that names all that is wrong, and repeats no value, which may be a secret
 */
export function upstreamsOf(value: string): readonly UpstreamSettings[] {
  const isInline = /^\s*\[/.test(value);
  const file = isInline ? undefined : pathOf(value);
  const parsed = z.array(z.unknown()).max(MAX_UPSTREAMS).safeParse(readJson(value, file));
  if (!parsed.success) throw new SettingError(`must be a list of at most ${MAX_UPSTREAMS} upstreams`);
  const problems: string[] = [];
  const read = parsed.data.flatMap((each, index) => {
    const entry = entrySchema.safeParse(each);
    if (entry.success) return [settingsOf(entry.data, index, file === undefined ? '.' : dirname(file), problems)];
    problems.push(...entry.error.issues.map((issue) => `${placeOf(index, issue.path)} ${messageOf(issue)}`));
    return [];
  });
  problems.push(...contradictionsOf(read));
  if (problems.length > 0) throw new SettingError(problems.join('; '));
  return read;
}

function readJson(value: string, file: string | undefined): unknown {
  let json = value;
  if (file !== undefined) {
    try {
      json = readFileSync(file, 'utf8');
    } catch {
      throw new SettingError('must be JSON that begins with [, or the path of a file that can be read');
    }
  }
  try {
    return JSON.parse(json);
  } catch {
    throw new SettingError(file === undefined ? 'is not valid JSON' : 'names a file that is not valid JSON');
  }
}

const placeOf = (index: number, path: readonly PropertyKey[]) =>
  `[${index}]${path.map((key) => `.${String(key)}`).join('')}`;

/** zod's own words name what was given. */
function messageOf(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'unrecognized_keys':
      return `has an unknown name: ${issue.keys.join(', ')}`;
    case 'invalid_type':
      return `must be given, as ${issue.expected}`;
    case 'invalid_value':
      return `must be one of ${issue.values.map(String).join(', ')}`;
    default:
      return issue.message;
  }
}

function settingsOf(entry: Entry, index: number, folder: string, problems: string[]): UpstreamSettings {
  const scopes = [...new Set(['openid', ...(entry.scopes ?? ['profile', 'email'])])];
  return {
    id: entry.id,
    issuer: entry.issuer,
    name: entry.name ?? entry.id,
    logo: entry.logo,
    clientId: entry.client_id,
    clientSecret: secretOf(entry, index, folder, problems),
    scopes,
    claims: {
      given_name: 'given_name',
      family_name: 'family_name',
      email: 'email',
      email_verified: 'email_verified',
      locale: 'locale',
      ...entry.claims,
    },
    realms: entry.realms ?? ['production'],
    only: entry.only ?? false,
    responseMode: entry.response_mode ?? 'query',
    trustEmail: entry.trust_email ?? false,
    coop: entry.coop ?? 'auto',
    logout: entry.logout ?? false,
    handOver: entry.hand_over ?? false,
    trustMfa: entry.trust_mfa ?? false,
  };
}

function secretOf(entry: Entry, index: number, folder: string, problems: string[]): UpstreamSettings['clientSecret'] {
  const { client_secret: secret, team_id: teamId, key_id: keyId, key_file: keyFile } = entry;
  const parts = [teamId, keyId, keyFile].filter((part) => part !== undefined);
  if (parts.length === 0) return secret;
  if (secret !== undefined) problems.push(`[${index}] has client_secret and key_file, of which one is enough`);
  if (teamId === undefined || keyId === undefined || keyFile === undefined) {
    problems.push(`[${index}] must have team_id, key_id and key_file together`);
    return undefined;
  }
  try {
    const key = createPrivateKey(readFileSync(resolve(folder, keyFile)));
    if (key.asymmetricKeyDetails?.namedCurve === 'prime256v1') return { teamId, keyId, key };
  } catch {
    // Said below.
  }
  problems.push(`[${index}].key_file must be a file with a private key of the curve P-256, in PEM`);
  return undefined;
}

function contradictionsOf(upstreams: readonly UpstreamSettings[]): string[] {
  const problems: string[] = [];
  const ids = upstreams.map(({ id }) => id);
  for (const id of new Set(ids.filter((each, index) => ids.indexOf(each) !== index)))
    problems.push(`has several upstreams with the id ${id}`);
  for (const realm of ['production', 'sandbox'] as const) {
    const here = upstreams.filter(({ realms }) => realms.includes(realm));
    if (here.length > 1 && here.some(({ only }) => only))
      problems.push(`has an upstream that is the only way in, and others, in the realm ${realm}`);
    if (here.filter(({ handOver }) => handOver).length > 1)
      problems.push(
        `has several upstreams that hand over, of which one may be the platform's own, in the realm ${realm}`,
      );
    const clients = here.map(({ issuer, clientId }) => `${issuer} ${clientId}`);
    if (new Set(clients).size < clients.length)
      problems.push(`has the same issuer and client_id twice in the realm ${realm}`);
  }
  return problems;
}
