import { resolve } from 'node:path';
import { z } from 'zod';
import { accentOf, accentProblem, HEX_COLOR } from './brand/accent-setting.ts';
import type { Brand, BrandLogo } from './brand/brand.ts';
import { readLogo } from './brand/read-logo.ts';

const port = z.coerce.number().int().min(0).max(65_535);

const originUrl = z
  .url({ protocol: /^https?$/ })
  .refine(
    (value) => new URL(value).origin === value.replace(/\/$/, ''),
    'must be an origin without a path, e.g. https://id.example.com',
  )
  .transform((value) => value.replace(/\/$/, ''));

const webPage = z.url({
  protocol: /^https?$/,
  error: 'must be the address of a web page, e.g. https://example.com/terms',
});
const color = (scheme: 'light' | 'dark') =>
  z
    .string()
    .regex(HEX_COLOR, 'must be a colour such as #1b5e20')
    .superRefine((value, context) => {
      const problem = HEX_COLOR.test(value) ? accentProblem(value, scheme) : undefined;
      if (problem) context.addIssue({ code: 'custom', message: problem });
    });
const logo = z.string().transform((path, context): BrandLogo => {
  try {
    return readLogo(resolve(path));
  } catch (error) {
    context.addIssue({ code: 'custom', message: (error as Error).message });
    return z.NEVER;
  }
});

/** The environment variables of the platform. They are read once, at the start. */
const schema = z.object({
  NODE_ENV: z.enum(['development', 'production', 'test']).default('development'),
  /** Address to listen on. The default is reachable from this machine only; it is an address, because a name may resolve to several. */
  HOST: z.string().min(1).default('127.0.0.1'),
  PORT: port.default(4000),
  DEMO_PORT: port.default(4100),
  /** Directory of the embedded database and of the demo store's credentials. */
  DATA_DIR: z.string().min(1).default('data'),
  /** The public address of the platform, which is also the production realm's issuer. */
  PUBLIC_URL: originUrl.optional(),
  /** PostgreSQL when set; SQLite in DATA_DIR otherwise. */
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  /** Without it, mail is kept in the database and shown at /dev/mail (outside production). */
  SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
  MAIL_FROM: z.string().min(3).optional(),
  PLATFORM_NAME: z.string().trim().min(1).max(60).default('Platform'),
  /** Path of an SVG or PNG file. */
  PLATFORM_LOGO: logo.optional(),
  /** Colour of links and buttons, for the light and the dark colour scheme. */
  PLATFORM_ACCENT: color('light').optional(),
  PLATFORM_ACCENT_DARK: color('dark').optional(),
  /** Where people get help. Only one of the two may be set. */
  SUPPORT_EMAIL: z.email().max(254).optional(),
  SUPPORT_URL: webPage.optional(),
  TERMS_URL: webPage.optional(),
  PRIVACY_URL: webPage.optional(),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  /** How many requests an app may send to the user API per hour. */
  API_QUOTA_PER_HOUR: z.coerce.number().int().min(1).default(360000),
  /** Whether production environments of vendors wait for the operator's approval. Default: in production. */
  APP_REVIEW: z.enum(['required', 'off']).optional(),
  /** Comma-separated addresses or ranges of the reverse proxies whose X-Forwarded-For is trusted. */
  TRUST_PROXY: z.string().min(1).optional(),
});

export interface Config {
  readonly production: boolean;
  readonly host: string;
  readonly port: number;
  readonly demoPort: number;
  readonly dataDir: string;
  /** Origin without a trailing slash. */
  readonly publicUrl: string;
  readonly databaseUrl: string | undefined;
  readonly smtpUrl: string | undefined;
  readonly mailFrom: string;
  readonly platformName: string;
  readonly brand: Brand;
  readonly logLevel: string;
  readonly apiQuotaPerHour: number;
  /** Whether production environments of vendors wait for the operator's approval. */
  readonly reviewsApps: boolean;
  readonly trustProxy: string | undefined;
}

/** Thrown when environment variables are invalid; the message names each of them. */
export class ConfigError extends Error {
  override name = 'ConfigError';
}

/**
 * Reads the settings from environment variables. Empty ones count as absent.
 * @throws ConfigError naming every invalid variable at once
 */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const parsed = schema.safeParse(given);
  const problems = parsed.success
    ? []
    : parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
  const production = given['NODE_ENV'] === 'production';
  if (production && !given['PUBLIC_URL'])
    problems.push('  PUBLIC_URL: required in production, e.g. https://id.example.com');
  if (production && given['PUBLIC_URL']?.startsWith('http:'))
    problems.push('  PUBLIC_URL: must be https in production');
  if (given['SUPPORT_EMAIL'] && given['SUPPORT_URL'])
    problems.push('  SUPPORT_URL: set this or SUPPORT_EMAIL, not both');
  if (!parsed.success || problems.length > 0) {
    throw new ConfigError(`Invalid settings. Fix these environment variables:\n${problems.join('\n')}`);
  }

  const settings = parsed.data;
  const publicUrl = settings.PUBLIC_URL ?? `http://localhost:${settings.PORT}`;
  return Object.freeze({
    production,
    host: settings.HOST,
    port: settings.PORT,
    demoPort: settings.DEMO_PORT,
    dataDir: resolve(settings.DATA_DIR),
    publicUrl,
    databaseUrl: settings.DATABASE_URL,
    smtpUrl: settings.SMTP_URL,
    mailFrom: settings.MAIL_FROM ?? `${quote(settings.PLATFORM_NAME)} <no-reply@${new URL(publicUrl).hostname}>`,
    platformName: settings.PLATFORM_NAME,
    brand: brandOf(settings),
    logLevel: settings.LOG_LEVEL,
    apiQuotaPerHour: settings.API_QUOTA_PER_HOUR,
    reviewsApps: settings.APP_REVIEW === undefined ? production : settings.APP_REVIEW === 'required',
    trustProxy: settings.TRUST_PROXY,
  });
}

function brandOf(settings: z.infer<typeof schema>): Brand {
  const { PLATFORM_LOGO, SUPPORT_EMAIL, SUPPORT_URL, TERMS_URL, PRIVACY_URL } = settings;
  const accent = accentOf(settings.PLATFORM_ACCENT, settings.PLATFORM_ACCENT_DARK);
  return Object.freeze({
    name: settings.PLATFORM_NAME,
    ...(PLATFORM_LOGO && { logo: PLATFORM_LOGO }),
    ...(accent && { accent }),
    ...(SUPPORT_EMAIL && { support: { href: `mailto:${SUPPORT_EMAIL}`, text: SUPPORT_EMAIL } }),
    ...(SUPPORT_URL && {
      support: { href: SUPPORT_URL, text: SUPPORT_URL.replace(/^https?:\/\//, '').replace(/\/$/, '') },
    }),
    ...(TERMS_URL && { termsUrl: TERMS_URL }),
    ...(PRIVACY_URL && { privacyUrl: PRIVACY_URL }),
  });
}

/** Quotes a display name, because it may contain a comma (RFC 5322 section 3.2.4). */
function quote(name: string): string {
  return `"${name.replaceAll(/["\\]/g, '\\$&')}"`;
}
