/** A postal address, OpenID Connect Core 1.0 section 5.1.1. */
export interface AddressClaim {
  /** The whole address, lines separated by `\n`. */
  formatted?: string;
  /** May hold several lines. */
  street_address?: string;
  locality?: string;
  region?: string;
  postal_code?: string;
  /** ISO 3166-1 alpha-2 code, e.g. `NL`. */
  country?: string;
}

/** How the values of a claim look on the wire. */
interface Format<Value> {
  /** JSON Schema 2020-12. */
  readonly schema: Readonly<Record<string, unknown>>;
  /** The value, if it has this format; whoever sent it is not trusted. */
  read(value: unknown): Value | undefined;
}

const ADDRESS_PARTS = ['formatted', 'street_address', 'locality', 'region', 'postal_code', 'country'] as const;

const text: Format<string> = {
  schema: { type: 'string' },
  read: (value) => (typeof value === 'string' && value !== '' ? value : undefined),
};

const flag: Format<boolean> = {
  schema: { type: 'boolean' },
  read: (value) => (typeof value === 'boolean' ? value : undefined),
};

const address: Format<AddressClaim> = {
  schema: { type: 'object', description: 'OpenID Connect Core 1.0 section 5.1.1.' },
  read(value) {
    const given: Record<string, unknown> = { ...(typeof value === 'object' ? value : undefined) };
    const parts: AddressClaim = {};
    for (const part of ADDRESS_PARTS) {
      const line = text.read(given[part]);
      if (line !== undefined) parts[part] = line;
    }
    return Object.keys(parts).length > 0 ? parts : undefined;
  },
};

const date: Format<string> = {
  schema: { type: 'string', format: 'date' },
  read: (value) => (typeof value === 'string' && isDate(value) ? value : undefined),
};

/** Whether a text is a day that there is, as `YYYY-MM-DD` (RFC 3339 section 5.6). */
export function isDate(value: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(value)) return false;
  const at = new Date(`${value}T00:00:00Z`);
  // The 30th of February would become the 1st of March.
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(value);
}

/** A day for reading, e.g. "17 May 1990": the same day in every time zone. @param language BCP 47; default the reader's own */
export function formatDate(value: string, language?: string): string {
  if (!isDate(value)) return value;
  return new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'UTC' }).format(
    new Date(`${value}T00:00:00Z`),
  );
}

/** Formats are told apart where people read them: an address for mail is written from left to right, a language has a name. */
export const CLAIM_FORMATS = {
  text,
  flag,
  email: text,
  phone: text,
  address,
  date,
  /** BCP 47. */
  language: text,
  picture: { ...text, schema: { type: 'string', format: 'uri' } },
} as const;
export type ClaimFormat = keyof typeof CLAIM_FORMATS;

/** What a claim of a format holds. */
export type ClaimValue<Name extends ClaimFormat> = NonNullable<ReturnType<(typeof CLAIM_FORMATS)[Name]['read']>>;
