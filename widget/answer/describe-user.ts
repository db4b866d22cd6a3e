import { type AddressClaim, type BuiltInField, FIELDS, formatDate, formatOf } from '@signup-with-platform/protocol';
import type { SignupUser } from '../attempt/signup-flow.ts';
import type { Strings } from '../strings/strings.ts';

/** A row of the output. All of it is plain text. */
export interface UserRow {
  label: string;
  /** Lines are separated by `\n`. */
  value: string;
  /** A remark on the value. */
  note?: string;
}

/**
 * The fields that are shown. A picture is left out, because a vendor's page should not load from another origin unasked, and an age, which few ask
 * for, is shown by rare-fields.ts.
 */
type ShownField = Exclude<BuiltInField, 'picture' | `is_over_${string}`>;
const SHOWN = FIELDS.filter((field): field is ShownField => field !== 'picture');

/** What was shared, to be read. */
export function describeUser(
  user: SignupUser,
  strings: Pick<Strings, ShownField | 'not_confirmed'>,
  language?: string,
): UserRow[] {
  const rows = SHOWN.map((field): UserRow => {
    const note = field === 'email' && user.email_verified === false && { note: strings.not_confirmed };
    return { label: strings[field], value: textOf(user, field, language), ...note };
  });
  // An age is no text, and has no length.
  return rows.filter((row) => row.value.length > 0);
}

function textOf(user: SignupUser, field: ShownField, language?: string): string {
  const value = user[field];
  if (typeof value === 'object') return formatAddress(value, language);
  if (value === undefined) return field === 'name' ? [user.given_name, user.family_name].filter(Boolean).join(' ') : '';
  const format = formatOf(field);
  if (format === 'date') return formatDate(value, language);
  return format === 'language' ? displayName('language', value, language) : value;
}

/** The platform's own formatting, or street, postal code with town, region and country. */
export function formatAddress(address: AddressClaim, language?: string): string {
  const { formatted, street_address, postal_code, locality, region, country } = address;
  if (formatted) return formatted;
  const town = [postal_code, locality].filter(Boolean).join(' ');
  return [street_address, town, region, country && displayName('region', country, language)].filter(Boolean).join('\n');
}

/**
 * A country's or a language's name.
 *
 * @param code ISO 3166-1 alpha-2, or BCP 47. An unknown code is returned unchanged
 * @param language of the name. Default: the browser's
 */
export function displayName(type: 'region' | 'language', code: string, language?: string): string {
  try {
    return new Intl.DisplayNames(language || undefined, { type }).of(code) ?? code;
  } catch {
    return code;
  }
}
