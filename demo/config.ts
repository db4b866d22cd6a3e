import { withoutTrailingSlashes } from '@signup-with-platform/protocol';
import { z } from 'zod';

const url = z.url({ protocol: /^https?$/ }).transform((value) => withoutTrailingSlashes(value));
const optionalText = z
  .string()
  .trim()
  .optional()
  .transform((value) => value || undefined);

const environmentSchema = z.object({
  DEMO_PORT: z.coerce.number().int().min(0).max(65_535).default(4100),
  HOST: z.string().trim().min(1).default('localhost'),
  /** The address where people reach the store. Its scheme decides whether cookies are Secure. */
  DEMO_URL: url.optional(),
  DATA_DIR: z.string().trim().min(1).default('./data'),
  /** Default: the address that the platform wrote beside the credentials, or http://localhost:4000. */
  PLATFORM_URL: url.optional(),
  PLATFORM_NAME: z.string().trim().min(1).default('Platform'),
  CLIENT_ID: optionalText,
  CLIENT_SECRET: optionalText,
  API_KEY: optionalText,
  ISSUER: optionalText,
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
});

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
}

/** Reads the environment once. Throws one error that names every setting that is wrong. */
export function readConfig(environment: Record<string, string | undefined>): Readonly<Config> {
  const result = environmentSchema.safeParse(environment);
  if (!result.success) {
    const problems = result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    throw new Error(`The demo store cannot start. Correct these settings:\n  ${problems.join('\n  ')}`);
  }
  const env = result.data;
  return Object.freeze({
    port: env.DEMO_PORT,
    host: env.HOST,
    publicUrl:
      env.DEMO_URL ?? `http://${env.HOST === '0.0.0.0' || env.HOST === '::' ? 'localhost' : env.HOST}:${env.DEMO_PORT}`,
    dataDir: env.DATA_DIR,
    platformName: env.PLATFORM_NAME,
    logLevel: env.LOG_LEVEL,
    ...(env.PLATFORM_URL && { platformUrl: env.PLATFORM_URL }),
    ...(env.CLIENT_ID && { clientId: env.CLIENT_ID }),
    ...(env.CLIENT_SECRET && { clientSecret: env.CLIENT_SECRET }),
    ...(env.API_KEY && { apiKey: env.API_KEY }),
    ...(env.ISSUER && { issuer: env.ISSUER }),
  });
}
