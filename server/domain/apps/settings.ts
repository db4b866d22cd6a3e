import {
  CREDENTIAL_LIFETIME,
  DEFAULT_ID_TOKEN_ALG,
  FIELDS,
  type Field,
  type IdTokenAlg,
} from '@signup-with-platform/protocol';
import type { AppDetails, AppField, AppSettings } from '../../storage/apps.ts';
import { AddressError, type AddressProblem, assertNotOfPlatform, assertPublic } from './addresses.ts';
import { type NameProblem, nameProblem, normalizeName } from './app-name.ts';
import { parseWebPage } from './origins.ts';

/** Limit for the text that says why an app asks for a field. */
export const MAX_REASON_LENGTH = 140;

export const PAGES = ['homePageUri', 'privacyPolicyUri', 'termsUri'] as const;
export type SettingsPage = (typeof PAGES)[number];

type ReasonProblem = 'too_long' | 'valid_characters';
export type SettingsProblem = NameProblem | AddressProblem | 'needed_in_production';

/** Whether an app asks for a field, and whether it requires it. */
export const WISHES = ['off', 'optional', 'required'] as const;
export type Wish = (typeof WISHES)[number];

/** How long a credential may be used, in seconds: the choices of an app. */
export const CREDENTIAL_LIFETIMES = [CREDENTIAL_LIFETIME.min, 900, 1800, CREDENTIAL_LIFETIME.max] as const;
export type CredentialLifetime = (typeof CREDENTIAL_LIFETIMES)[number];

/** The form's values. */
export interface SettingsInput {
  name: string;
  pages: Readonly<Record<SettingsPage, string>>;
  fields: Readonly<Record<Field, { wish: Wish; reason: string }>>;
  credentialLifetime: number;
  idTokenAlg: IdTokenAlg;
  offlineAccess: boolean;
  deviceFlow: boolean;
  requireVerifiedEmail: boolean;
}

export type SettingsInputName = 'name' | SettingsPage | `reason_${Field}`;
export type SettingsProblems = Partial<Record<SettingsInputName, SettingsProblem>>;

/** Control characters, line breaks and bidirectional controls. They would garble the sentences and mails that contain the text. */
const UNFIT = /[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/u;

function reasonProblem(reason: string): ReasonProblem | undefined {
  if ([...reason].length > MAX_REASON_LENGTH) return 'too_long';
  return UNFIT.test(reason) ? 'valid_characters' : undefined;
}

/** What the settings of an app are checked against. */
export interface SettingsContext {
  /** Whether the app is in production, where it needs a privacy policy that everybody can read. */
  isLive: boolean;
  /** The app so far. What it has, and what it has asked for, may stay, because rules are for what is new (invariant 18). */
  before: AppDetails;
  platformName: string;
  /** Of the platform. */
  publicUrl: string;
}

export function checkSettings(
  input: SettingsInput,
  { isLive, before, platformName, publicUrl }: SettingsContext,
): { settings: AppSettings } | { problems: SettingsProblems } {
  const problems: SettingsProblems = {};
  const note = (name: SettingsInputName, problem: SettingsProblem | undefined) => {
    if (problem) problems[name] = problem;
  };
  const known = [before, before.requested];
  const isKnown = known.some((one) => one?.name === input.name);
  const name = isKnown ? input.name : normalizeName(input.name);
  if (!isKnown) note('name', nameProblem(name, platformName));
  for (const page of PAGES) {
    const uri = input.pages[page];
    if (uri === '' || !known.some((one) => one?.[page] === uri)) note(page, pageProblem(page, uri, isLive, publicUrl));
  }
  for (const [field, { reason }] of entriesOf(input)) {
    if (!before.fields.some((one) => one.field === field && one.reason === reason))
      note(`reason_${field}`, reasonProblem(reason));
  }
  if (Object.keys(problems).length > 0) return { problems };
  const pages = Object.fromEntries(PAGES.flatMap((page) => (input.pages[page] ? [[page, input.pages[page]]] : [])));
  const {
    credentialLifetime: credentialLifetimeSeconds,
    idTokenAlg,
    offlineAccess,
    deviceFlow,
    requireVerifiedEmail,
  } = input;
  const chosen = { credentialLifetimeSeconds, idTokenAlg, offlineAccess, deviceFlow, requireVerifiedEmail };
  return { settings: { name, ...pages, fields: fieldsOf(input), ...chosen } };
}

function pageProblem(page: SettingsPage, uri: string, isLive: boolean, publicUrl: string): SettingsProblem | undefined {
  if (uri === '') return isLive && page === 'privacyPolicyUri' ? 'needed_in_production' : undefined;
  return addressProblem(() => {
    parseWebPage(uri);
    assertNotOfPlatform(uri, publicUrl);
    if (isLive && page === 'privacyPolicyUri') assertPublic(uri);
  });
}

/** The pages of an app that a rule of today would refuse, and why. They stay until the app changes them. */
export function outdatedPages(app: AppDetails, publicUrl: string): Partial<Record<SettingsPage, SettingsProblem>> {
  const { pages } = inputOf(app);
  const problems = PAGES.map((page) => [page, pageProblem(page, pages[page], false, publicUrl)] as const);
  return Object.fromEntries(problems.filter(([, problem]) => problem !== undefined));
}

/** Runs a check. @returns the problem that it throws, if any */
export function addressProblem(check: () => unknown): AddressProblem | undefined {
  try {
    check();
    return undefined;
  } catch (error) {
    if (error instanceof AddressError) return error.problem;
    throw error;
  }
}

function entriesOf({ fields }: Pick<SettingsInput, 'fields'>) {
  return Object.entries(fields) as [Field, SettingsInput['fields'][Field]][];
}

function fieldsOf({ fields }: SettingsInput): AppField[] {
  return entriesOf({ fields }).flatMap(([field, { wish, reason }]) => {
    return wish === 'off' ? [] : [{ field, required: wish === 'required', ...(reason && { reason }) }];
  });
}

function wishOf(asked: AppField | undefined): Wish {
  if (!asked) return 'off';
  return asked.required ? 'required' : 'optional';
}

/** The form's values for an existing app: of two names, the one that its owner wants. */
export function inputOf(app: AppDetails, fields: readonly Field[] = FIELDS): SettingsInput {
  const fieldInput = (field: Field) => {
    const asked = app.fields.find((candidate) => candidate.field === field);
    return [field, { wish: wishOf(asked), reason: asked?.reason ?? '' }] as const;
  };
  const page = (name: SettingsPage) => (app.requested?.[name] === undefined ? app[name] : app.requested[name]) ?? '';
  return {
    name: app.requested?.name ?? app.name,
    pages: { homePageUri: page('homePageUri'), privacyPolicyUri: page('privacyPolicyUri'), termsUri: page('termsUri') },
    fields: Object.fromEntries(fields.map(fieldInput)) as unknown as SettingsInput['fields'],
    credentialLifetime: app.credentialLifetimeSeconds ?? CREDENTIAL_LIFETIME.default,
    idTokenAlg: app.idTokenAlg ?? DEFAULT_ID_TOKEN_ALG,
    offlineAccess: app.offlineAccess ?? true,
    deviceFlow: app.deviceFlow ?? false,
    requireVerifiedEmail: app.requireVerifiedEmail ?? false,
  };
}
