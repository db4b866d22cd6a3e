import type { CredentialPayload } from '@signup-with-platform/client';
import type { Customer } from '../storage/customers.ts';
import type { ApiAnswer } from './platform-api.ts';

/** The fields of this shop's forms that the platform can fill in, in a person's words. */
export const FIELDS = [
  ['name', 'name'],
  ['email', 'email address'],
  ['phone_number', 'phone number'],
  ['address', 'postal address'],
] as const satisfies readonly (readonly [keyof CredentialPayload, string])[];

export type FieldName = (typeof FIELDS)[number][0];

/** What the shop knows of a customer, and how it knows. */
export interface Knowledge {
  customer: Customer;
  /** Of the credential with which the customer signed in. */
  claims?: CredentialPayload | undefined;
  /** What the platform's API says today. */
  answer?: ApiAnswer | undefined;
}

/**
 * The fields of which the shop has nothing but a copy of its own: the customer shares them no longer, or has not shared them and typed them
 * into the form. A customer who never came through the platform has none, because nothing else was to be expected.
 */
export function ownCopies(known: Knowledge): FieldName[] {
  const shared = sharedToday(known);
  return shared ? FIELDS.map(([field]) => field).filter((field) => has(known, field) && !shared.has(field)) : [];
}

/** The fields that the customer shared in signing in and, as the platform says, does not share any more. */
export function endedSince(known: Knowledge): FieldName[] {
  const { claims, answer } = known;
  if (!claims || (answer?.status !== 200 && answer?.status !== 404)) return [];
  return ownCopies(known).filter((field) => claims[field] !== undefined);
}

/** Whether the shop has something of a field, from wherever. */
export function has({ customer }: Pick<Knowledge, 'customer'>, field: FieldName): boolean {
  const parts: Record<FieldName, string[]> = {
    name: [customer.given_name, customer.family_name],
    email: [customer.email],
    phone_number: [customer.phone_number],
    address: [customer.street_address, customer.postal_code, customer.locality],
  };
  return parts[field].some((part) => part !== '');
}

/** As the platform's API says today; where it has not answered, as the credential said. Undefined where neither is known. */
function sharedToday({ claims, answer }: Knowledge): ReadonlySet<FieldName> | undefined {
  if (answer?.status === 404) return new Set();
  if (answer?.status === 200) return present(answer.body);
  return claims && present(claims);
}

/** In the user API, the name has the two parts that it has had since its first version. */
function present(values: unknown): ReadonlySet<FieldName> {
  const given = new Map(Object.entries(typeof values === 'object' && values !== null ? values : {}));
  const names: Record<FieldName, readonly string[]> = {
    name: ['name', 'first_name', 'last_name'],
    email: ['email'],
    phone_number: ['phone_number'],
    address: ['address'],
  };
  const isPresent = (name: string) => (given.get(name) ?? null) !== null;
  return new Set(FIELDS.map(([field]) => field).filter((field) => names[field].some(isPresent)));
}

/** Fields in a sentence: "name and email address". */
export function listOf(fields: readonly FieldName[]): string {
  const labels = FIELDS.filter(([field]) => fields.includes(field)).map(([, label]) => label);
  return new Intl.ListFormat('en').format(labels);
}
