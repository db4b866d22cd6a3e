import type { AddressClaim } from '@signup-with-platform/protocol';
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

/** What was shared, to be read. A picture is left out, because a vendor's page should not load from another origin unasked. */
export function describeUser(
  user: SignupUser,
  strings: Pick<Strings, 'name' | 'email' | 'not_confirmed' | 'phone_number' | 'address' | 'locale'>,
  language?: string,
): UserRow[] {
  const name = user.name ?? [user.given_name, user.family_name].filter(Boolean).join(' ');
  const rows: UserRow[] = [
    { label: strings.name, value: name },
    {
      label: strings.email,
      value: user.email ?? '',
      ...(user.email_verified === false && { note: strings.not_confirmed }),
    },
    { label: strings.phone_number, value: user.phone_number ?? '' },
    { label: strings.address, value: user.address ? formatAddress(user.address, language) : '' },
    { label: strings.locale, value: user.locale ? displayName('language', user.locale, language) : '' },
  ];
  return rows.filter((row) => row.value);
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
