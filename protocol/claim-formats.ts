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

/** Formats are told apart where people read them: an address for mail is written from left to right, a language has a name. */
export const CLAIM_FORMATS = {
  text,
  flag,
  email: text,
  phone: text,
  address,
  /** BCP 47. */
  language: text,
  picture: { ...text, schema: { type: 'string', format: 'uri' } },
} as const;
export type ClaimFormat = keyof typeof CLAIM_FORMATS;

/** What a claim of a format holds. */
export type ClaimValue<Name extends ClaimFormat> = NonNullable<ReturnType<(typeof CLAIM_FORMATS)[Name]['read']>>;
