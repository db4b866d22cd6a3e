import { isIPv6 } from 'node:net';
import { z } from 'zod';
import { isLoopbackAddress } from '../process/loopback.ts';
import { type Environment, readEnvironment } from '../process/settings/environment.ts';
import { explainProblems } from '../process/settings/explain.ts';
import { listenAddressOf } from '../process/settings/listen-address.ts';
import { nearMisses } from '../process/settings/near-misses.ts';
import { pathOf } from '../process/settings/paths.ts';
import { oneOf, setting, wholeNumber } from '../process/settings/setting.ts';
import { originOf, pageOf } from '../process/settings/web-address.ts';

const schema = z.object({
  DEMO_PORT: wholeNumber(0, 65_535).default(4100),
  HOST: setting(listenAddressOf).default('localhost'),
  /** The address where people reach the store. Its scheme decides whether cookies are Secure. */
  DEMO_URL: setting(originOf).optional(),
  DATA_DIR: setting(pathOf).default('./data'),
  /** Default: the address that the platform wrote beside the credentials, or http://localhost:4000. */
  PLATFORM_URL: setting(originOf).optional(),
  PLATFORM_NAME: z.string().default('Platform'),
  CLIENT_ID: z.string().optional(),
  CLIENT_SECRET: z.string().optional(),
  API_KEY: z.string().optional(),
  ISSUER: setting((text) => pageOf(text).replace(/\/$/, '')).optional(),
  LOG_LEVEL: oneOf(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], { warning: 'warn' }).default('info'),
  /** How long an idle connection is kept, as of the platform. */
  KEEP_ALIVE_SECONDS: wholeNumber(1, 3600).default(72),
});

/** A right value of each, for whoever wrote a wrong one. */
const EXAMPLES: Readonly<Record<keyof z.infer<typeof schema>, string>> = {
  DEMO_PORT: '4100',
  HOST: 'localhost',
  DEMO_URL: 'https://shop.example.com',
  DATA_DIR: './data',
  PLATFORM_URL: 'https://id.example.com',
  PLATFORM_NAME: 'Platform',
  CLIENT_ID: 'Zk3vQ8nT1xW6yB0cR5mH2jL9pD4sF7gA',
  CLIENT_SECRET: 'the-secret-that-the-platform-showed',
  API_KEY: 'sk_test_0123456789',
  ISSUER: 'https://id.example.com/sandbox',
  LOG_LEVEL: 'info',
  KEEP_ALIVE_SECONDS: '72',
};
const SECRETS = new Set(['CLIENT_SECRET', 'API_KEY']);
/** The names that nobody else reads. The platform looks at the others. */
const OWN_NAMES = ['DEMO_PORT', 'DEMO_URL', 'PLATFORM_URL', 'CLIENT_ID', 'CLIENT_SECRET', 'API_KEY', 'ISSUER'];

export interface Config {
  port: number;
  host: string;
  publicUrl: string;
  dataDir: string;
  platformUrl?: string;
  platformName: string;
  clientId?: string;
  clientSecret?: string;
  apiKey?: string;
  issuer?: string;
  logLevel: string;
  keepAliveMs: number;
  /** What a developer should know although the store starts. */
  warnings: string[];
}

/** Reads the environment once. Throws one error that names every setting that is wrong. */
export function readConfig(environment: Environment): Readonly<Config> {
  const given = readEnvironment(environment);
  const result = schema.safeParse(given);
  const warnings = nearMisses(environment, OWN_NAMES, Object.keys(EXAMPLES));
  if (!result.success) {
    const problems = result.error.issues.map(({ path, message }) => ({ name: path.join('.'), problem: message }));
    throw new Error(explainProblems({ problems, given, examples: EXAMPLES, secrets: SECRETS, hints: warnings }));
  }
  const env = result.data;
  return Object.freeze({
    port: env.DEMO_PORT,
    host: env.HOST,
    publicUrl: env.DEMO_URL ?? `http://${reachableHost(env.HOST)}:${env.DEMO_PORT}`,
    dataDir: env.DATA_DIR,
    platformName: env.PLATFORM_NAME,
    logLevel: env.LOG_LEVEL,
    keepAliveMs: env.KEEP_ALIVE_SECONDS * 1000,
    warnings,
    ...(env.PLATFORM_URL && { platformUrl: env.PLATFORM_URL }),
    ...(env.CLIENT_ID && { clientId: env.CLIENT_ID }),
    ...(env.CLIENT_SECRET && { clientSecret: env.CLIENT_SECRET }),
    ...(env.API_KEY && { apiKey: env.API_KEY }),
    ...(env.ISSUER && { issuer: env.ISSUER }),
  });
}

/** The name under which a browser on this machine reaches a server that listens on `host`. */
function reachableHost(host: string): string {
  if (isLoopbackAddress(host) || host === '0.0.0.0' || host === '::') return 'localhost';
  return isIPv6(host) ? `[${host}]` : host;
}
