import { CREDENTIAL_LIFETIME, ENVIRONMENTS, ID_TOKEN_ALGS } from '@signup-with-platform/protocol';
import { z } from 'zod';
import { isOfPlatform } from '../../domain/apps/addresses.ts';
import { MAX_NAME_LENGTH, type NameProblem, nameProblem, normalizeName } from '../../domain/apps/app-name.ts';
import { parseNativeRedirectUri } from '../../domain/apps/native-redirect-uri.ts';
import {
  parseBackchannelLogoutUri,
  parseOrigin,
  parseRedirectUri,
  parseSignupEndpoint,
  parseWebPage,
} from '../../domain/apps/origins.ts';
import { FieldCatalogue } from '../../domain/claims/catalogue.ts';
import type { AppField } from '../../storage/apps.ts';
import { type Command, type CommandContext, parseOptions } from './command.ts';
import { inTransaction, note } from './operator-act.ts';
import { ownerAddress, ownerIdOf } from './owner.ts';

const checked = (check: (text: string) => string) =>
  z.string().transform((text, context) => {
    try {
      return check(text);
    } catch (error) {
      context.addIssue({ code: 'custom', message: (error as Error).message });
      return z.NEVER;
    }
  });
const webPage = checked(parseWebPage);

/** Where a website's pages are, or where a native app is answered. */
const WEB_ADDRESSES = {
  origin: z.array(checked(parseOrigin)).min(1, 'needs at least one origin'),
  'redirect-uri': z.array(checked(parseRedirectUri)).default([]),
  'post-logout-redirect-uri': z.array(checked(parseRedirectUri)).default([]),
};
const NATIVE_ADDRESSES = {
  origin: z.array(z.string()).max(0, 'a native app has no pages; leave it out').default([]),
  'redirect-uri': z.array(checked(parseNativeRedirectUri)).min(1, 'needs at least one redirect URI'),
  'post-logout-redirect-uri': z.array(checked(parseNativeRedirectUri)).default([]),
};

/** `email` or `address:optional` */
const fieldIn = (catalogue: FieldCatalogue) =>
  z.string().transform((text, context): AppField => {
    const [name = '', kind = 'required'] = text.split(':');
    if (catalogue.hasField(name) && ['required', 'optional'].includes(kind))
      return { field: name, required: kind === 'required' };
    const message = `"${text}" is not NAME or NAME:optional with NAME one of ${catalogue.fields.join(', ')}`;
    context.addIssue({ code: 'custom', message });
    return z.NEVER;
  });

const NAME_PROBLEMS: Readonly<Record<NameProblem, string>> = {
  required: 'must not be empty',
  too_long: `may have at most ${MAX_NAME_LENGTH} characters`,
  valid_characters: 'must be one line of visible characters',
  mixed_scripts: 'has a word with letters that look like those of another script; write it in one script',
  platform_name: "reads like the platform's own name, or has it as a word",
  badge: 'has a sign that people take for a proof, such as a check mark',
};

const appName = (platformName: string) =>
  z
    .string()
    .transform(normalizeName)
    .superRefine((name, context) => {
      const problem = nameProblem(name, platformName);
      if (problem) context.addIssue({ code: 'custom', message: NAME_PROBLEMS[problem] });
    });

/** What people are led to, by a link, a form or a redirect. */
const LED_TO = [
  'origin',
  'redirect-uri',
  'post-logout-redirect-uri',
  'home-page-uri',
  'privacy-policy-uri',
  'terms-uri',
] as const;

const createSchema = ({ platformName, publicUrl, ownFields }: CommandContext['config'], isNative: boolean) =>
  z
    .object({
      name: appName(platformName),
      environment: z.enum(ENVIRONMENTS),
      native: z.boolean().default(false),
      ...(isNative ? NATIVE_ADDRESSES : WEB_ADDRESSES),
      'backchannel-logout-uri': checked(parseBackchannelLogoutUri).optional(),
      field: z.array(fieldIn(new FieldCatalogue(ownFields))).optional(),
      'logo-uri': webPage.optional(),
      'home-page-uri': webPage.optional(),
      'privacy-policy-uri': webPage.optional(),
      'terms-uri': webPage.optional(),
      'signup-endpoint': checked(parseSignupEndpoint).optional(),
      'signup-key': z.string().min(1).optional(),
      'credential-lifetime': z.coerce
        .number()
        .int()
        .min(CREDENTIAL_LIFETIME.min)
        .max(CREDENTIAL_LIFETIME.max)
        .optional(),
      'id-token-alg': z.enum(ID_TOKEN_ALGS).optional(),
      'no-offline-access': z.boolean().default(false),
      'device-flow': z.boolean().default(false),
      'require-verified-email': z.boolean().default(false),
      owner: ownerAddress.optional(),
    })
    .refine((options) => (options['signup-endpoint'] === undefined) === (options['signup-key'] === undefined), {
      path: ['signup-endpoint'],
      error: '--signup-endpoint and --signup-key go together',
    })
    .superRefine((options, context) => {
      for (const name of LED_TO)
        for (const address of [options[name] ?? []].flat())
          if (isOfPlatform(address, publicUrl))
            context.addIssue({ code: 'custom', path: [name], message: `"${address}" is the platform's own` });
    });

const CREATE_USAGE =
  'app create --name N --environment localhost|development:sandbox|production ' +
  '(--origin O [--origin O…] [--redirect-uri U…] | --native --redirect-uri U [--redirect-uri U…]) ' +
  '[--post-logout-redirect-uri U…] [--backchannel-logout-uri URL] [--field F[:optional]…] ' +
  '[--logo-uri U] [--home-page-uri U] [--privacy-policy-uri U] [--terms-uri U] ' +
  '[--signup-endpoint URL --signup-key K] [--credential-lifetime SECONDS] ' +
  `[--id-token-alg ${ID_TOKEN_ALGS.join('|')}] [--no-offline-access] [--device-flow] [--require-verified-email] [--owner EMAIL]`;

export const appCreate: Command = {
  name: 'app create',
  usage: CREATE_USAGE,
  async run(words, context) {
    const text = { type: 'string' } as const;
    const list = { type: 'string', multiple: true } as const;
    const options = parseOptions(
      words,
      {
        name: text,
        environment: text,
        native: { type: 'boolean' },
        origin: list,
        'redirect-uri': list,
        'post-logout-redirect-uri': list,
        'backchannel-logout-uri': text,
        field: list,
        'logo-uri': text,
        'home-page-uri': text,
        'privacy-policy-uri': text,
        'terms-uri': text,
        'signup-endpoint': text,
        'signup-key': text,
        'credential-lifetime': text,
        'id-token-alg': text,
        'no-offline-access': { type: 'boolean' },
        'device-flow': { type: 'boolean' },
        'require-verified-email': { type: 'boolean' },
        owner: text,
      },
      createSchema(context.config, words.includes('--native')),
      CREATE_USAGE,
    );
    const given = {
      fields: options.field,
      logoUri: options['logo-uri'],
      homePageUri: options['home-page-uri'],
      privacyPolicyUri: options['privacy-policy-uri'],
      termsUri: options['terms-uri'],
      signupEndpoint: options['signup-endpoint'],
      signupKey: options['signup-key'],
      credentialLifetimeSeconds: options['credential-lifetime'],
      idTokenAlg: options['id-token-alg'],
      backchannelLogoutUri: options['backchannel-logout-uri'],
    };
    const secrets = await inTransaction(context, async (part) => {
      const ownerId = options.owner && (await ownerIdOf(part.storage, options.owner));
      const made = await part.storage.apps.create({
        name: options.name,
        kind: options.native ? 'native' : 'web',
        environment: options.environment,
        origins: options.origin,
        redirectUris: options['redirect-uri'],
        postLogoutRedirectUris: options['post-logout-redirect-uri'],
        offlineAccess: !options['no-offline-access'],
        deviceFlow: options['device-flow'],
        requireVerifiedEmail: options['require-verified-email'],
        ...(ownerId && { ownerId }),
        ...(Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as object),
      });
      await note(part, 'app.created', `app:${made.appId}`, { client_id: made.clientId });
      return made;
    });
    return {
      app_id: secrets.appId,
      name: options.name,
      environment: options.environment,
      client_id: secrets.clientId,
      client_secret: secrets.clientSecret,
      api_key: secrets.apiKey,
      ...(options.owner && { owner: options.owner }),
    };
  },
};
