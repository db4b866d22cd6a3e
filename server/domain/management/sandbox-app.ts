import { FIELDS } from '@signup-with-platform/protocol';
import { z } from 'zod';
import type { AppField } from '../../storage/apps.ts';
import { AddressError, assertNotOfPlatform } from '../apps/addresses.ts';
import { type NameProblem, nameProblem, normalizeName } from '../apps/app-name.ts';
import { MAX_ADDRESSES } from '../apps/environment-addresses.ts';
import { parseOrigin, parseRedirectUri, parseWebPage } from '../apps/origins.ts';
import { MAX_REASON_LENGTH } from '../apps/settings.ts';

/** How long an app of a key lives. */
export const APP_LIFETIME_DAYS = { default: 30, max: 90 } as const;

const NAME_PROBLEMS: Readonly<Record<NameProblem, string>> = {
  required: 'is empty',
  too_long: 'is too long',
  valid_characters: 'has characters that nobody sees',
  mixed_scripts: 'mixes letters of scripts that look alike',
  platform_name: 'reads like the platform’s own name',
  badge: 'has a sign that people take for a proof',
};

/** What a key may say about an app of the sandbox. */
export interface SandboxAppInput {
  name: string;
  fields?: AppField[];
  origins: string[];
  redirectUris?: string[];
  homePageUri?: string | null;
  privacyPolicyUri?: string | null;
  termsUri?: string | null;
}

/** Control characters, line breaks and bidirectional controls would garble the page that has the text. */
const REASON = /^[^\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]+$/u;

const fields = z
  .array(
    z.strictObject({
      field: z.enum(FIELDS as readonly [(typeof FIELDS)[number], ...(typeof FIELDS)[number][]]),
      required: z.boolean().default(true),
      reason: z.string().trim().min(1).max(MAX_REASON_LENGTH).regex(REASON, 'is one line of visible text').optional(),
    }),
  )
  .max(FIELDS.length)
  .refine((asked) => new Set(asked.map(({ field }) => field)).size === asked.length, 'names a field twice');

/** Reads what a key says about an app, by the rules that hold for vendors, too. */
export function sandboxAppSchemas({ platformName, publicUrl }: { platformName: string; publicUrl: string }) {
  const name = z
    .string()
    .max(1_000)
    .transform(normalizeName)
    .superRefine((text, context) => {
      const problem = nameProblem(text, platformName);
      if (problem) context.addIssue({ code: 'custom', message: NAME_PROBLEMS[problem] });
    });
  const address = (parse: (text: string) => string) =>
    z.string().transform((text, context) => {
      try {
        const parsed = parse(text);
        assertNotOfPlatform(text, publicUrl);
        return parsed;
      } catch (error) {
        if (!(error instanceof AddressError)) throw error;
        context.addIssue({ code: 'custom', message: `is no such address: ${error.message.replace(/\.$/, '')}` });
        return z.NEVER;
      }
    });
  const list = (parse: (text: string) => string) =>
    z
      .array(address(parse))
      .max(MAX_ADDRESSES)
      .transform((all) => [...new Set(all)]);
  const origins = list(parseOrigin).refine((all) => all.length > 0, 'needs at least one');
  const page = address(parseWebPage).nullable().optional();
  const optional = {
    ...{ fields: fields.optional(), redirect_uris: list(parseRedirectUri).optional() },
    ...{ home_page_uri: page, privacy_policy_uri: page, terms_uri: page },
  };
  return {
    create: z.strictObject({
      ...{ name, origins, ...optional },
      environment: z.enum(['localhost', 'development:sandbox']).default('development:sandbox'),
      expires_in_days: z.int().min(1).max(APP_LIFETIME_DAYS.max).default(APP_LIFETIME_DAYS.default),
    }),
    patch: z
      .strictObject({ name: name.optional(), origins: origins.optional(), ...optional })
      .refine((patch) => Object.values(patch).some((value) => value !== undefined), 'names nothing to change'),
  };
}
