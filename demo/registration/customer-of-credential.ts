import type { DatabaseSync } from 'node:sqlite';
import type { CredentialPayload } from '@signup-with-platform/client';
import { type Customer, type CustomerDetails, Customers } from '../storage/customers.ts';
import { inTransaction } from '../storage/database.ts';

/**
 * Finds the customer of the verified claims, or creates one. Only `iss` + `sub` decide, so a customer with the same email address,
 * verified or not, stays another customer.
 */
export function customerOfCredential(
  database: DatabaseSync,
  claims: CredentialPayload,
  details: CustomerDetails,
): { customer: Customer; returning: boolean } {
  const customers = new Customers(database);
  // The platform confirmed the address in the credential. An address that the person typed instead is not confirmed.
  const emailVerified = claims.email_verified === true && sameAddress(claims.email, details.email);
  return inTransaction(database, () => {
    const known = customers.findByIdentity(claims.iss, claims.sub);
    return known
      ? { customer: customers.update(known, details, emailVerified), returning: true }
      : {
          customer: customers.create({ ...details, emailVerified, identity: { iss: claims.iss, sub: claims.sub } }),
          returning: false,
        };
  });
}

function sameAddress(a: string | undefined, b: string): boolean {
  return a !== undefined && a.toLowerCase() === b.toLowerCase();
}
