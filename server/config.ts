import { randomBytes } from 'node:crypto';
import { resolve } from 'node:path';
import { LANGUAGES } from '@signup-with-platform/messages';
import { CLAIMS, FIELDS } from '@signup-with-platform/protocol';
import { z } from 'zod';
import { isLoopbackHost } from '../process/loopback.ts';
import { type BreachedPasswordsSetting, breachedPasswordsOf } from '../process/settings/breached-passwords.ts';
import { dataKeysOf } from '../process/settings/data-key.ts';
import { type DirectorySettings, directoryUrlOf, durationOf, webhookSecretOf } from '../process/settings/directory.ts';
import { type Environment, readEnvironment } from '../process/settings/environment.ts';
import { explainProblems, type Problem } from '../process/settings/explain.ts';
import { HAND_OVER_ID, type HandOverSettings, handOverKeysOf, handOverUrlOf } from '../process/settings/hand-over.ts';
import { listenAddressOf } from '../process/settings/listen-address.ts';
import { senderOf } from '../process/settings/mail-addresses.ts';
import { nearMisses } from '../process/settings/near-misses.ts';
import {
  OPEN_TELEMETRY,
  OPEN_TELEMETRY_EXAMPLES,
  type TracingSettings,
  tracingOf,
  tracingWarnings,
} from '../process/settings/open-telemetry.ts';
import { type OwnField, ownFieldsOf, PROTOCOL_NAMES } from '../process/settings/own-fields.ts';
import { pathOf } from '../process/settings/paths.ts';
import { proxiesOf } from '../process/settings/proxies.ts';
import { securityContactOf } from '../process/settings/security-contact.ts';
import { databaseUrlOf, mailServerOf } from '../process/settings/service-urls.ts';
import { oneOf, SettingError, setting, wholeNumber } from '../process/settings/setting.ts';
import { strictTransportSecurityOf } from '../process/settings/strict-transport-security.ts';
import { type UpstreamSettings, upstreamsOf } from '../process/settings/upstreams.ts';
import { originOf, pageOf } from '../process/settings/web-address.ts';
import { accentOf, accentProblem, HEX_COLOR } from './brand/accent-setting.ts';
import type { Brand, BrandLogo } from './brand/brand.ts';
import { type MailTemplates, readMailTemplates } from './brand/mail-templates.ts';
import { readLogo } from './brand/read-logo.ts';

const MAX_NAME_LENGTH = 60;
/** More than most machines have processors, and few enough that a digit too many is noticed. */
const MAX_WORKERS = 64;

const port = wholeNumber(0, 65_535);
const webPage = setting(pageOf);
const color = (scheme: 'light' | 'dark') =>
  z
    .string()
    // In a shell and in many files, a value that begins with # is a comment, so that people leave it out.
    .transform((value) => value.replace(/^(?!#)/, '#'))
    .pipe(z.string().regex(HEX_COLOR, 'must be a colour of six hexadecimal digits'))
    .superRefine((value, context) => {
      const problem = HEX_COLOR.test(value) ? accentProblem(value, scheme) : undefined;
      if (problem) context.addIssue({ code: 'custom', message: problem });
    });
/** What is read from a file. */
const fileOf = <Value>(read: (path: string) => Value) =>
  setting(pathOf).transform((path, context): Value => {
    try {
      return read(path);
    } catch (error) {
      context.addIssue({ code: 'custom', message: (error as Error).message });
      return z.NEVER;
    }
  });
const logo = fileOf<BrandLogo>(readLogo);
const mailTemplates = fileOf<MailTemplates>(readMailTemplates);

const supportEmail = z
  .string()
  .transform((text) => text.replace(/^mailto:/i, ''))
  .pipe(z.email('must be an email address').max(254));
/** A secret that somebody made up: long enough not to be guessed, and of characters that need no escape in a URL, a header or a cookie. */
const token = z.string().regex(/^[\w.~-]{16,256}$/, 'must be 16 to 256 letters, digits and . _ ~ -');

function nameOf(text: string): string {
  if ([...text].length > MAX_NAME_LENGTH || /\p{Cc}/u.test(text))
    throw new SettingError(`must be a name of at most ${MAX_NAME_LENGTH} characters on one line`);
  return text;
}

/** The environment variables of the platform. They are read once, at the start. */
/** What own fields may not be called: claims and scopes of ours, of the protocols, and what the user API's answers have. */
const TAKEN = {
  names: [...CLAIMS, ...FIELDS, ...PROTOCOL_NAMES],
  languages: LANGUAGES.map(({ tag }) => tag),
};

const schema = z.object({
  /** Without short forms: libraries know these three words, and would take `prod` for development. */
  NODE_ENV: oneOf(['development', 'production', 'test']).default('development'),
  /** Address to listen on. The default is reachable from this machine only; it is an address, because a name may resolve to several. */
  HOST: setting(listenAddressOf).default('127.0.0.1'),
  PORT: port.default(4000),
  DEMO_PORT: port.default(4100),
  /** How many processes of this machine serve the port. */
  WORKERS: wholeNumber(1, MAX_WORKERS).default(1),
  /** Directory of the embedded database and of the demo store's credentials. */
  DATA_DIR: setting(pathOf).default('data'),
  /** The public address of the platform, which is also the production realm's issuer. */
  PUBLIC_URL: setting(originOf).optional(),
  /** PostgreSQL when set; SQLite in DATA_DIR otherwise. */
  DATABASE_URL: setting(databaseUrlOf).optional(),
  /** Encrypts the secrets that have to be read again. With SQLite, there is a file with a key in DATA_DIR by default. */
  DATA_KEY: setting(dataKeysOf).optional(),
  /** Without it, mail is kept in the database and shown at /dev/mail (on a developer's machine). */
  SMTP_URL: setting(mailServerOf).optional(),
  MAIL_FROM: setting(senderOf).optional(),
  /** Folder with the operator's own `mail.html` and words of mails. */
  MAIL_TEMPLATES: mailTemplates.optional(),
  /** What opens /dev/mail. By default a new one at each start. */
  DEV_MAIL_TOKEN: token.optional(),
  PLATFORM_NAME: setting(nameOf).default('Platform'),
  /** Path of an SVG or PNG file. */
  PLATFORM_LOGO: logo.optional(),
  /** Colour of links and buttons, for the light and the dark colour scheme. */
  PLATFORM_ACCENT: color('light').optional(),
  PLATFORM_ACCENT_DARK: color('dark').optional(),
  /** Where people get help. Only one of the two may be set. */
  SUPPORT_EMAIL: supportEmail.optional(),
  SUPPORT_URL: webPage.optional(),
  /** Whom /.well-known/security.txt names. Default: whoever gives support. */
  SECURITY_CONTACT: setting(securityContactOf).optional(),
  /** Where developers help each other, such as a forum. */
  COMMUNITY_URL: webPage.optional(),
  TERMS_URL: webPage.optional(),
  PRIVACY_URL: webPage.optional(),
  /** Where / leads, instead of to our front door. */
  HOME_URL: webPage.optional(),
  /** The demo store, to which the front door leads. The store reads it, too. */
  DEMO_URL: setting(originOf).optional(),
  LOG_LEVEL: oneOf(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], { warning: 'warn' }).default('info'),
  /** How many requests an app may send to the user API per hour. */
  API_QUOTA_PER_HOUR: wholeNumber(1, Number.MAX_SAFE_INTEGER).default(360000),
  /** How many mails an app that has been in production for a month may cause per day. Younger apps may cause a part of that. */
  MAIL_PER_APP_DAILY: wholeNumber(1, Number.MAX_SAFE_INTEGER).default(10000),
  /** Whether people may go on with an address that they have not confirmed, by a code that is mailed. Apps may want it by themselves. */
  EMAIL_VERIFICATION: oneOf(['optional', 'required']).default('optional'),
  /** When whoever has set up a second factor is asked for it: in browsers where they have not said otherwise, or at each sign-in. */
  SECOND_FACTOR: oneOf(['new_devices', 'always']).default('new_devices'),
  /** Whether production environments of vendors wait for the operator's approval. Default: in production. */
  APP_REVIEW: oneOf(['required', 'off']).optional(),
  /** Whether a field that an app asks for but does not require starts ticked on the consent page. No app decides it. */
  OPTIONAL_FIELDS: oneOf(['ticked', 'unticked']).default('ticked'),
  /** What the passwords that people choose are compared with. */
  BREACHED_PASSWORDS: setting(breachedPasswordsOf).default('list'),
  /** Whether strangers' browsers have to work for a sign-up, a code or a mail about a password: when many come, always, or never. */
  BOT_CHECK: oneOf(['auto', 'always', 'off']).default('auto'),
  /** How many of these in ten minutes are usual. From more on, browsers have to. */
  BOT_CHECK_ABOVE: wholeNumber(1, 1_000_000).default(300),
  /** Comma-separated addresses or ranges of the reverse proxies whose X-Forwarded-For is trusted. */
  TRUST_PROXY: setting(proxiesOf).optional(),
  /** How long an idle connection is kept. Longer than the reverse proxy keeps it, which is 60 seconds in most of them. */
  KEEP_ALIVE_SECONDS: wholeNumber(1, 3600).default(72),
  /** The header that keeps browsers on https, sent where PUBLIC_URL is https; or `off`. */
  HSTS: setting(strictTransportSecurityOf).default('max-age=31536000; includeSubDomains'),
  /** What /metrics asks of everybody; of this machine only where the platform is public. */
  METRICS_TOKEN: token.optional(),
  /** Where /metrics is, at HOST, instead of at the platform's own address. */
  METRICS_PORT: port.optional(),
  /** Other logins by which people sign in here: JSON, or a file of it. */
  UPSTREAMS: setting(upstreamsOf).optional(),
  /** A system of the operator's own that is asked about people as they sign in. */
  DIRECTORY_URL: setting(directoryUrlOf).optional(),
  /** What requests to it are signed with. */
  DIRECTORY_SECRET: setting(webhookSecretOf).optional(),
  /** Asked at each sign-in, or until the password is kept here. */
  DIRECTORY_MODE: oneOf(['always', 'migrate']).default('always'),
  /** For how long after the directory's last word somebody gets in while it is out of order. */
  DIRECTORY_MAX_STALE: setting(durationOf).default(0),
  /** Where people change the password that the directory has. */
  DIRECTORY_PASSWORD_URL: webPage.optional(),
  /** The page of the platform's own website that hands over whoever is signed in there; the keys that check its signatures, and its name in them. */
  HANDOVER_URL: setting(handOverUrlOf).optional(),
  HANDOVER_KEYS: setting(handOverKeysOf).optional(),
  HANDOVER_ISSUER: z.string().trim().min(1).max(512).optional(),
  /** Whether two factors that the website has asked for are enough. */
  HANDOVER_TRUST_MFA: oneOf(['yes', 'no']).default('no'),
  /** Fields besides those that every platform has: JSON, or a file of it. */
  OWN_FIELDS: setting((value) => ownFieldsOf(value, TAKEN)).optional(),
  ...OPEN_TELEMETRY,
});

type SettingName = keyof z.infer<typeof schema>;

/** A right value of each, for whoever wrote a wrong one. */
export const SETTING_EXAMPLES: Readonly<Record<SettingName, string>> = {
  NODE_ENV: 'production',
  HOST: '127.0.0.1',
  PORT: '4000',
  DEMO_PORT: '4100',
  WORKERS: '4',
  DATA_DIR: 'data',
  PUBLIC_URL: 'https://id.example.com',
  DATABASE_URL: 'postgres://user:password@db.example.com:5432/platform',
  // Another one each time, so that nobody has somebody else's by copying it.
  DATA_KEY: randomBytes(32).toString('base64'),
  SMTP_URL: 'smtps://user:password@mail.example.com',
  MAIL_FROM: 'Platform <no-reply@example.com>',
  MAIL_TEMPLATES: 'mail-templates',
  DEV_MAIL_TOKEN: 'the-output-of-openssl-rand-hex-32',
  PLATFORM_NAME: 'Platform',
  PLATFORM_LOGO: 'logo.svg',
  PLATFORM_ACCENT: '#1b5e20',
  PLATFORM_ACCENT_DARK: '#a5d6a7',
  SUPPORT_EMAIL: 'help@example.com',
  SUPPORT_URL: 'https://example.com/help',
  SECURITY_CONTACT: 'security@example.com',
  COMMUNITY_URL: 'https://community.example.com',
  TERMS_URL: 'https://example.com/terms',
  PRIVACY_URL: 'https://example.com/privacy',
  HOME_URL: 'https://www.example.com',
  DEMO_URL: 'https://shop.example.com',
  LOG_LEVEL: 'info',
  API_QUOTA_PER_HOUR: '360000',
  MAIL_PER_APP_DAILY: '10000',
  EMAIL_VERIFICATION: 'required',
  SECOND_FACTOR: 'always',
  APP_REVIEW: 'required',
  OPTIONAL_FIELDS: 'unticked',
  BREACHED_PASSWORDS: 'hibp',
  BOT_CHECK: 'always',
  BOT_CHECK_ABOVE: '300',
  TRUST_PROXY: '10.0.0.1, 192.168.0.0/16',
  KEEP_ALIVE_SECONDS: '72',
  HSTS: 'max-age=31536000; includeSubDomains',
  METRICS_TOKEN: 'the-output-of-openssl-rand-hex-32',
  METRICS_PORT: '9464',
  UPSTREAMS:
    '[{"id":"acme","issuer":"https://login.acme.example","client_id":"platform","client_secret":"its-secret"}]',
  DIRECTORY_URL: 'https://people.example.com/sign-in',
  // Another one each time, as DATA_KEY.
  DIRECTORY_SECRET: `whsec_${randomBytes(32).toString('base64')}`,
  DIRECTORY_MODE: 'migrate',
  DIRECTORY_MAX_STALE: '15m',
  DIRECTORY_PASSWORD_URL: 'https://www.example.com/change-password',
  HANDOVER_URL: 'https://www.example.com/hand-over',
  HANDOVER_KEYS: 'https://www.example.com/hand-over-keys.json',
  HANDOVER_ISSUER: 'https://www.example.com',
  HANDOVER_TRUST_MFA: 'no',
  OWN_FIELDS: '[{"name":"loyalty_number","type":"text","label":"Loyalty number"}]',
  ...OPEN_TELEMETRY_EXAMPLES,
};
const NAMES = Object.keys(schema.shape);
const SECRETS = new Set<SettingName>([
  'DATABASE_URL',
  'DATA_KEY',
  'SMTP_URL',
  'DEV_MAIL_TOKEN',
  'METRICS_TOKEN',
  'UPSTREAMS',
  // Its query may have a secret in it.
  'DIRECTORY_URL',
  'DIRECTORY_SECRET',
  'HANDOVER_KEYS',
  'OTEL_EXPORTER_OTLP_HEADERS',
  'OTEL_EXPORTER_OTLP_TRACES_HEADERS',
]);
/** Settings of the demo store, which `npm start` gives both processes. */
const DEMO_NAMES = ['PLATFORM_URL', 'CLIENT_ID', 'CLIENT_SECRET', 'API_KEY', 'ISSUER'];

export interface Config {
  readonly production: boolean;
  /** True on a developer's machine: PUBLIC_URL is this machine's own address, and NODE_ENV is not production. */
  readonly development: boolean;
  readonly host: string;
  readonly port: number;
  readonly demoPort: number;
  /** Processes that serve the port. */
  readonly workers: number;
  readonly dataDir: string;
  /** Origin without a trailing slash. */
  readonly publicUrl: string;
  readonly databaseUrl: string | undefined;
  /** What encrypts secrets: the first, of several. None where DATA_KEY is not set. */
  readonly dataKeys: readonly Uint8Array[];
  readonly smtpUrl: string | undefined;
  /** True on a developer's machine without SMTP_URL: mail is kept and shown there, and goes nowhere. */
  readonly keepsMail: boolean;
  readonly mailFrom: string;
  readonly mailTemplates: MailTemplates | undefined;
  readonly platformName: string;
  readonly brand: Brand;
  /** Where `/` leads, instead of to our front door. */
  readonly homeUrl: string | undefined;
  /** Origin of the demo store. Undefined where there is none that is known. */
  readonly demoUrl: string | undefined;
  /** `mailto:` or a page over https. */
  readonly securityContact: string | undefined;
  readonly logLevel: string;
  readonly apiQuotaPerHour: number;
  /** Whether production environments of vendors wait for the operator's approval. */
  readonly reviewsApps: boolean;
  /** Whether a field that an app asks for but does not require starts ticked. */
  readonly ticksOptionalFields: boolean;
  readonly breachedPasswords: BreachedPasswordsSetting;
  /** When strangers' browsers have to work for a sign-up, a code or a mail about a password. */
  readonly botCheck: 'auto' | 'always' | 'off';
  /** How many of these in ten minutes are usual. */
  readonly botCheckAbove: number;
  readonly mailPerAppDaily: number;
  /** Whether people may go on with an address that they have not confirmed. */
  readonly emailVerification: 'optional' | 'required';
  /** When whoever has a second factor is asked for it. */
  readonly secondFactor: 'new_devices' | 'always';
  readonly trustProxy: readonly string[] | undefined;
  readonly keepAliveMs: number;
  /** Undefined where the header is not sent. */
  readonly strictTransportSecurity: string | undefined;
  readonly metricsToken: string | undefined;
  /** Where /metrics is instead of at the platform's own address. */
  readonly metricsPort: number | undefined;
  /** Other logins by which people sign in here, in the order of their buttons. */
  readonly upstreams: readonly UpstreamSettings[];
  /** A system of the operator's own that is asked about people as they sign in. */
  readonly liveDirectory: DirectorySettings | undefined;
  /** The platform's own website, where it hands over whoever is signed in there. */
  readonly handOver: HandOverSettings | undefined;
  readonly ownFields: readonly OwnField[];
  /** Undefined where nothing is traced. */
  readonly tracing: TracingSettings | undefined;
  readonly devMailToken: string;
  /** What the operator should know although the platform starts. */
  readonly warnings: readonly string[];
}

/** Thrown when environment variables are invalid; the message names each of them. */
export class ConfigError extends Error {
  override name = 'ConfigError';
}

/**
 * Reads the settings from environment variables. Empty ones count as absent.
 * @param options.sendsMail whether a public platform needs SMTP_URL. Default: yes; a command only leaves mails to the server
 * @throws ConfigError naming every invalid variable at once
 */
export function readConfig(env: Environment, { sendsMail = true } = {}): Config {
  const given = readEnvironment(env);
  const parsed = schema.safeParse(given);
  const wrong = (parsed.error?.issues ?? []).map(({ path, message }) => ({ name: path.join('.'), problem: message }));
  // Without the wrong ones, the others can be compared with each other, so that one message names all.
  const isWrong = (name: string) => wrong.some((each) => each.name === name);
  const settings = schema.parse(Object.fromEntries(Object.entries(given).filter(([name]) => !isWrong(name))));
  const problems = [...wrong, ...contradictionsOf(settings, sendsMail).filter(({ name }) => !isWrong(name))];
  const warnings = [...nearMisses(env, NAMES, DEMO_NAMES), ...tracingWarnings(given, settings)];
  if (problems.length > 0) {
    const more = { examples: SETTING_EXAMPLES, secrets: SECRETS, hints: warnings };
    throw new ConfigError(explainProblems({ problems, given, ...more }));
  }

  const publicUrl = settings.PUBLIC_URL ?? `http://localhost:${settings.PORT}`;
  const { protocol, hostname } = new URL(publicUrl);
  const production = settings.NODE_ENV === 'production';
  const development = !production && isLoopbackHost(hostname);
  const brand = brandOf(settings);
  return Object.freeze({
    production,
    development,
    host: settings.HOST,
    port: settings.PORT,
    demoPort: settings.DEMO_PORT,
    workers: settings.WORKERS,
    dataDir: resolve(settings.DATA_DIR),
    publicUrl,
    databaseUrl: settings.DATABASE_URL,
    dataKeys: settings.DATA_KEY ?? [],
    smtpUrl: settings.SMTP_URL,
    keepsMail: development && !settings.SMTP_URL,
    mailFrom: settings.MAIL_FROM ?? `${quote(settings.PLATFORM_NAME)} <no-reply@${hostname}>`,
    mailTemplates: settings.MAIL_TEMPLATES,
    platformName: settings.PLATFORM_NAME,
    brand,
    homeUrl: settings.HOME_URL && new URL(settings.HOME_URL).href,
    demoUrl: settings.DEMO_URL ?? (development ? demoOnThisMachine(settings.DEMO_PORT) : undefined),
    securityContact: settings.SECURITY_CONTACT ?? setting(securityContactOf).safeParse(brand.support?.href).data,
    logLevel: settings.LOG_LEVEL,
    apiQuotaPerHour: settings.API_QUOTA_PER_HOUR,
    ticksOptionalFields: settings.OPTIONAL_FIELDS === 'ticked',
    breachedPasswords: settings.BREACHED_PASSWORDS,
    botCheck: settings.BOT_CHECK,
    botCheckAbove: settings.BOT_CHECK_ABOVE,
    mailPerAppDaily: settings.MAIL_PER_APP_DAILY,
    emailVerification: settings.EMAIL_VERIFICATION,
    secondFactor: settings.SECOND_FACTOR,
    reviewsApps: settings.APP_REVIEW === undefined ? production : settings.APP_REVIEW === 'required',
    trustProxy: settings.TRUST_PROXY,
    keepAliveMs: settings.KEEP_ALIVE_SECONDS * 1000,
    strictTransportSecurity: protocol === 'https:' && settings.HSTS !== 'off' ? settings.HSTS : undefined,
    metricsToken: settings.METRICS_TOKEN,
    metricsPort: settings.METRICS_PORT,
    upstreams: settings.UPSTREAMS ?? [],
    liveDirectory: directoryOf(settings),
    handOver: handOverOf(settings),
    ownFields: settings.OWN_FIELDS ?? [],
    tracing: tracingOf(settings),
    devMailToken: settings.DEV_MAIL_TOKEN ?? randomBytes(24).toString('base64url'),
    warnings,
  });
}

function handOverOf(settings: z.infer<typeof schema>): HandOverSettings | undefined {
  const { HANDOVER_URL: url, HANDOVER_KEYS: keys, HANDOVER_ISSUER: issuer, HANDOVER_TRUST_MFA: trusts } = settings;
  if (url === undefined || keys === undefined) return undefined;
  const name = settings.PLATFORM_NAME;
  return { url, keys, name, issuer: issuer ?? new URL(url).origin, trustMfa: trusts === 'yes' };
}

/** What the website that hands over cannot be together with: it is one of the ways in of production, and the first that is tried. */
function handOverProblems({ HANDOVER_URL, HANDOVER_KEYS, UPSTREAMS = [] }: z.infer<typeof schema>): Problem[] {
  if (HANDOVER_URL === undefined && HANDOVER_KEYS === undefined) return [];
  if (HANDOVER_KEYS === undefined) return [{ name: 'HANDOVER_KEYS', problem: 'required with HANDOVER_URL' }];
  if (HANDOVER_URL === undefined) return [{ name: 'HANDOVER_URL', problem: 'required with HANDOVER_KEYS' }];
  const beside = UPSTREAMS.filter(({ realms }) => realms.includes('production'));
  const wrong = [
    beside.some(({ handOver }) => handOver) && 'and an upstream with hand_over are two, of which one is enough',
    beside.some(({ only }) => only) && 'and an upstream that is the only way in are two ways',
    UPSTREAMS.some(({ id }) => id === HAND_OVER_ID) && `takes the id ${HAND_OVER_ID}, which an upstream has`,
  ];
  return wrong.flatMap((problem) => (problem ? [{ name: 'HANDOVER_URL', problem }] : []));
}

/** Settings of which each is right, but not together. */
function contradictionsOf(settings: z.infer<typeof schema>, sendsMail: boolean): Problem[] {
  const problems: Problem[] = [];
  const { PUBLIC_URL, SMTP_URL } = settings;
  const production = settings.NODE_ENV === 'production';
  problems.push(...handOverProblems(settings));
  // Whoever is not on this machine is the public, on a private network too: browsers treat its http as insecure, and mail has to arrive.
  const isPublic = PUBLIC_URL !== undefined && !isLoopbackHost(new URL(PUBLIC_URL).hostname);
  if (production && !PUBLIC_URL) problems.push({ name: 'PUBLIC_URL', problem: 'required in production' });
  if (PUBLIC_URL?.startsWith('http:') && (production || isPublic)) {
    const problem = production
      ? 'must be https in production'
      : 'must be https, because it is not an address of this machine alone, and passwords would travel readable';
    problems.push({ name: 'PUBLIC_URL', problem });
  }
  if (isPublic && sendsMail && !SMTP_URL) {
    const problem = 'required, because PUBLIC_URL is public, and nobody could confirm an address or recover an account';
    problems.push({ name: 'SMTP_URL', problem });
  }
  if (settings.SUPPORT_EMAIL && settings.SUPPORT_URL)
    problems.push({ name: 'SUPPORT_URL', problem: 'set this or SUPPORT_EMAIL, not both' });
  if (settings.DIRECTORY_URL && !settings.DIRECTORY_SECRET)
    problems.push({
      name: 'DIRECTORY_SECRET',
      problem: 'required with DIRECTORY_URL, which signs its requests with it',
    });
  if (!settings.DIRECTORY_URL && settings.DIRECTORY_SECRET)
    problems.push({ name: 'DIRECTORY_URL', problem: 'required with DIRECTORY_SECRET' });
  if (settings.METRICS_PORT === settings.PORT)
    problems.push({ name: 'METRICS_PORT', problem: 'must be another port than PORT' });
  if (settings.HOME_URL && new URL(settings.HOME_URL).href === `${PUBLIC_URL ?? `http://localhost:${settings.PORT}`}/`)
    problems.push({ name: 'HOME_URL', problem: 'must be another page than PUBLIC_URL, which would lead to itself' });
  return problems;
}

function directoryOf(settings: z.infer<typeof schema>): DirectorySettings | undefined {
  const { DIRECTORY_URL: url, DIRECTORY_SECRET: key, DIRECTORY_MODE: mode, DIRECTORY_MAX_STALE: maxStaleMs } = settings;
  if (url === undefined || key === undefined) return undefined;
  return Object.freeze({ url, key, mode, maxStaleMs, passwordUrl: settings.DIRECTORY_PASSWORD_URL });
}

/** The address that `npm start` gives the store. Of a port that the system chooses, nobody else knows it. */
function demoOnThisMachine(port: number): string | undefined {
  return port === 0 ? undefined : `http://localhost:${port}`;
}

function brandOf(settings: z.infer<typeof schema>): Brand {
  const { PLATFORM_LOGO, SUPPORT_EMAIL, SUPPORT_URL, COMMUNITY_URL, TERMS_URL, PRIVACY_URL } = settings;
  const accent = accentOf(settings.PLATFORM_ACCENT, settings.PLATFORM_ACCENT_DARK);
  return Object.freeze({
    name: settings.PLATFORM_NAME,
    ...(PLATFORM_LOGO && { logo: PLATFORM_LOGO }),
    ...(accent && { accent }),
    ...(SUPPORT_EMAIL && { support: { href: `mailto:${SUPPORT_EMAIL}`, text: SUPPORT_EMAIL } }),
    ...(SUPPORT_URL && {
      support: { href: SUPPORT_URL, text: SUPPORT_URL.replace(/^https?:\/\//, '').replace(/\/$/, '') },
    }),
    ...(COMMUNITY_URL && { communityUrl: COMMUNITY_URL }),
    ...(TERMS_URL && { termsUrl: TERMS_URL }),
    ...(PRIVACY_URL && { privacyUrl: PRIVACY_URL }),
  });
}

/** Quotes a display name, because it may contain a comma (RFC 5322 section 3.2.4). */
function quote(name: string): string {
  return `"${name.replaceAll(/["\\]/g, '\\$&')}"`;
}
