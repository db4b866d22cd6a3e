import { FIELDS, type Field } from '@signup-with-platform/protocol';
import type { AppDetails, AppField, AppSettings } from '../../storage/apps.ts';
import { AddressError, type AddressProblem, assertPublic } from './addresses.ts';
import { parseWebPage } from './origins.ts';

export const MAX_NAME_LENGTH = 100;
/** Of why an app asks for a field. */
export const MAX_REASON_LENGTH = 140;

export const PAGES = ['homePageUri', 'privacyPolicyUri', 'termsUri'] as const;
export type SettingsPage = (typeof PAGES)[number];

export type TextProblem = 'required' | 'too_long' | 'valid_characters';
export type SettingsProblem = TextProblem | AddressProblem | 'needed_in_production';

/** How much an app wants a field. */
export const WISHES = ['off', 'optional', 'required'] as const;
export type Wish = (typeof WISHES)[number];

/** As typed into the form. */
export interface SettingsInput {
  name: string;
  pages: Readonly<Record<SettingsPage, string>>;
  fields: Readonly<Record<Field, { wish: Wish; reason: string }>>;
}

export type SettingsInputName = 'name' | SettingsPage | `reason_${Field}`;
export type SettingsProblems = Partial<Record<SettingsInputName, SettingsProblem>>;

/** Control characters, line breaks, and what turns the text around it: the name stands in our sentences and in mails. */
const UNFIT = /[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/u;
const VISIBLE = /[\p{L}\p{N}\p{P}\p{S}]/u;

/** What a vendor may be called: any text of one line that can be seen. @param name without white space around it */
export function nameProblem(name: string): TextProblem | undefined {
  if (name === '') return 'required';
  if ([...name].length > MAX_NAME_LENGTH) return 'too_long';
  return UNFIT.test(name) || !VISIBLE.test(name) ? 'valid_characters' : undefined;
}

function reasonProblem(reason: string): TextProblem | undefined {
  if ([...reason].length > MAX_REASON_LENGTH) return 'too_long';
  return UNFIT.test(reason) ? 'valid_characters' : undefined;
}

/** @param isLive whether the app is in production, where its privacy policy has to be there for everybody */
export function checkSettings(
  input: SettingsInput,
  isLive: boolean,
): { settings: AppSettings } | { problems: SettingsProblems } {
  const problems: SettingsProblems = {};
  const note = (name: SettingsInputName, problem: SettingsProblem | undefined) => {
    if (problem) problems[name] = problem;
  };
  note('name', nameProblem(input.name));
  for (const page of PAGES) note(page, pageProblem(page, input.pages[page], isLive));
  for (const field of FIELDS) note(`reason_${field}`, reasonProblem(input.fields[field].reason));
  if (Object.keys(problems).length > 0) return { problems };
  const pages = Object.fromEntries(PAGES.flatMap((page) => (input.pages[page] ? [[page, input.pages[page]]] : [])));
  return { settings: { name: input.name, ...pages, fields: fieldsOf(input) } };
}

function pageProblem(page: SettingsPage, uri: string, isLive: boolean): SettingsProblem | undefined {
  if (uri === '') return isLive && page === 'privacyPolicyUri' ? 'needed_in_production' : undefined;
  return addressProblem(() => {
    parseWebPage(uri);
    if (isLive && page === 'privacyPolicyUri') assertPublic(uri);
  });
}

/** The problem that a check throws. */
export function addressProblem(check: () => unknown): AddressProblem | undefined {
  try {
    check();
    return undefined;
  } catch (error) {
    if (error instanceof AddressError) return error.problem;
    throw error;
  }
}

function fieldsOf({ fields }: SettingsInput): AppField[] {
  return FIELDS.flatMap((field) => {
    const { wish, reason } = fields[field];
    return wish === 'off' ? [] : [{ field, required: wish === 'required', ...(reason && { reason }) }];
  });
}

/** The other way round: what the form shows of an app as it is. */
export function inputOf(app: AppDetails): SettingsInput {
  const fieldInput = (field: Field) => {
    const asked = app.fields.find((candidate) => candidate.field === field);
    const wish: Wish = asked ? (asked.required ? 'required' : 'optional') : 'off';
    return [field, { wish, reason: asked?.reason ?? '' }] as const;
  };
  return {
    name: app.name,
    pages: {
      homePageUri: app.homePageUri ?? '',
      privacyPolicyUri: app.privacyPolicyUri ?? '',
      termsUri: app.termsUri ?? '',
    },
    fields: Object.fromEntries(FIELDS.map(fieldInput)) as unknown as SettingsInput['fields'],
  };
}
