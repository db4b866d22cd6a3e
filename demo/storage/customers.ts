import type { DatabaseSync } from 'node:sqlite';

/** The fields of the registration form. A field that was left empty is an empty string. */
export interface CustomerDetails {
  given_name: string;
  family_name: string;
  email: string;
  phone_number: string;
  street_address: string;
  postal_code: string;
  locality: string;
  region: string;
  country: string;
}

export interface Customer extends CustomerDetails {
  id: string;
  /** The identity at the platform. */
  identity?: { iss: string; sub: string };
  /** True when the platform confirmed exactly this address. */
  emailVerified: boolean;
}

const DETAILS = [
  'given_name',
  'family_name',
  'email',
  'phone_number',
  'street_address',
  'postal_code',
  'locality',
  'region',
  'country',
] as const satisfies readonly (keyof CustomerDetails)[];

/** The repository of customers. They are found by `iss` + `sub` or by id, never by the email address, because that proves nothing. */
export class Customers {
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  get(id: string): Customer | undefined {
    return toCustomer(this.#database.prepare('SELECT * FROM customers WHERE id = ?').get(id));
  }

  findByIdentity(iss: string, sub: string): Customer | undefined {
    return toCustomer(this.#database.prepare('SELECT * FROM customers WHERE iss = ? AND sub = ?').get(iss, sub));
  }

  create(customer: Omit<Customer, 'id'>): Customer {
    const id = crypto.randomUUID();
    this.#database
      .prepare(
        `INSERT INTO customers (id, iss, sub, ${DETAILS.join(', ')}, email_verified, created_at_ms)
         VALUES (?, ?, ?, ${DETAILS.map(() => '?').join(', ')}, ?, ?)`,
      )
      .run(
        id,
        customer.identity?.iss ?? null,
        customer.identity?.sub ?? null,
        ...DETAILS.map((name) => customer[name]),
        Number(customer.emailVerified),
        Date.now(),
      );
    return { ...customer, id };
  }

  /** Replaces the details by those that are not empty, so that a field that was not shared this time is not lost. */
  update(customer: Customer, details: CustomerDetails, emailVerified: boolean): Customer {
    const updated: Customer = { ...customer, emailVerified };
    for (const name of DETAILS) updated[name] = details[name] || customer[name];
    this.#database
      .prepare(
        `UPDATE customers SET ${DETAILS.map((name) => `${name} = ?`).join(', ')}, email_verified = ? WHERE id = ?`,
      )
      .run(...DETAILS.map((name) => updated[name]), Number(emailVerified), customer.id);
    return updated;
  }
}

type Row = Record<string, unknown>;

function toCustomer(row: Row | undefined): Customer | undefined {
  if (!row) return undefined;
  const text = (name: string) => String(row[name]);
  return {
    id: text('id'),
    ...(row['iss'] !== null && { identity: { iss: text('iss'), sub: text('sub') } }),
    given_name: text('given_name'),
    family_name: text('family_name'),
    email: text('email'),
    emailVerified: row['email_verified'] === 1,
    phone_number: text('phone_number'),
    street_address: text('street_address'),
    postal_code: text('postal_code'),
    locality: text('locality'),
    region: text('region'),
    country: text('country'),
  };
}
