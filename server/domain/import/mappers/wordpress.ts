import { z } from 'zod';
import { addressOf, mapper, named, text, time } from './mapper.ts';

const MD5 = /^[0-9a-f]{32}$/i;

/**
 * WordPress and WooCommerce: the rows of `wp_users` with the values of `wp_usermeta` beside them, as a table or as JSON. WordPress confirms no
 * address, so that each is one until its owner has proven it here.
 */
export const wordpress = mapper(
  {
    ID: z.union([z.string(), z.int()]),
    ...{ user_email: text, user_pass: text, display_name: text, user_registered: time },
    ...{ first_name: text, last_name: text, billing_phone: text },
    ...{ billing_address_1: text, billing_address_2: text, billing_city: text, billing_postcode: text },
    ...{ billing_state: text, billing_country: text },
  },
  (user) => ({
    id: user.ID,
    email: user.user_email,
    password_hash: MD5.test(user.user_pass ?? '') ? { algorithm: 'md5', hash: user.user_pass } : user.user_pass,
    ...(user.first_name || user.last_name
      ? { given_name: user.first_name, family_name: user.last_name }
      : named(user.display_name === user.user_email ? undefined : user.display_name)),
    phone_number: user.billing_phone,
    ...addressOf({
      street_address: [user.billing_address_1, user.billing_address_2].filter(Boolean).join('\n'),
      locality: user.billing_city,
      postal_code: user.billing_postcode,
      region: user.billing_state,
      country: user.billing_country,
    }),
    created_at: user.user_registered,
  }),
);
