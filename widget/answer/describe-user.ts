import type { AddressClaim } from '@signup-with-platform/protocol';
import type { SignupUser } from '../attempt/signup-flow.ts';
import type { Strings } from '../strings/strings.ts';

/** A line of the output, plain text throughout. */
export interface UserRow {
  label: string;
  /** Lines are separated by `\n`. */
  value: string;
  /** A remark on the value. */
  note?: string;
}

/** What was shared, for reading. A picture is left out: a vendor's page should not load from elsewhere unasked. */
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

/** As the platform formatted it, else street, postal code with town, region, country. */
export function formatAddress(address: AddressClaim, language?: string): string {
  const { formatted, street_address, postal_code, locality, region, country } = address;
  if (formatted) return formatted;
  const town = [postal_code, locality].filter(Boolean).join(' ');
  return [street_address, town, region, country && displayName('region', country, language)].filter(Boolean).join('\n');
}

/**
 * A country's or a language's name.
 *
 * @param code ISO 3166-1 alpha-2, or BCP 47; one that is not known comes back as it is
 * @param language to name it in; default the browser's
 */
export function displayName(type: 'region' | 'language', code: string, language?: string): string {
  try {
    return new Intl.DisplayNames(language || undefined, { type }).of(code) ?? code;
  } catch {
    return code;
  }
}
