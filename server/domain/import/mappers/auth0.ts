import { z } from 'zod';
import { flag, mapper, named, text, time } from './mapper.ts';

const MONGO_ID = z.object({ $oid: z.string() });

/**
 * Auth0: an export of users by the Management API, or the file with password hashes that its support sends, one JSON object a line
 * (https://auth0.com/docs/manage-users/user-migration).
 */
export const auth0 = mapper(
  {
    user_id: text,
    _id: z.union([z.string(), MONGO_ID]).optional(),
    email: text,
    email_verified: flag.nullish(),
    passwordHash: text,
    ...{ given_name: text, family_name: text, name: text, phone_number: text },
    blocked: flag.nullish(),
    created_at: time,
  },
  ({ user_id, _id, passwordHash, given_name, family_name, name, ...rest }) => ({
    ...rest,
    id: user_id ?? (_id === undefined ? undefined : `auth0|${typeof _id === 'object' ? _id.$oid : _id}`),
    password_hash: passwordHash,
    // Who has no name of their own is named after the address.
    ...(given_name || family_name ? { given_name, family_name } : named(name === rest.email ? undefined : name)),
  }),
);
