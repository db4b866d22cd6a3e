import { z } from 'zod';
import { addressOf, mapper, text } from './mapper.ts';

/** Shopify: the table of customers that its admin exports. It gives no password hashes away, and confirms no address. */
export const shopify = mapper(
  {
    'Customer ID': z.string(),
    ...{ 'First Name': text, 'Last Name': text, Email: text, Phone: text },
    ...{ 'Default Address Address1': text, 'Default Address Address2': text, 'Default Address City': text },
    ...{ 'Default Address Zip': text, 'Default Address Province Code': text, 'Default Address Country Code': text },
  },
  (customer) => ({
    // With an apostrophe before it, which keeps table programs from rounding it.
    id: customer['Customer ID'].replace(/^'/, ''),
    email: customer.Email,
    given_name: customer['First Name'],
    family_name: customer['Last Name'],
    phone_number: customer.Phone?.replace(/^'/, ''),
    ...addressOf({
      street_address: [customer['Default Address Address1'], customer['Default Address Address2']]
        .filter(Boolean)
        .join('\n'),
      locality: customer['Default Address City'],
      postal_code: customer['Default Address Zip']?.replace(/^'/, ''),
      region: customer['Default Address Province Code'],
      country: customer['Default Address Country Code'],
    }),
  }),
);
