import { z } from 'zod';
import { flag, mapper, text, time } from './mapper.ts';

/** Django: the rows of `auth_user`, as a table or as JSON, or the objects of `manage.py dumpdata auth.user`. It confirms no address. */
export const django = mapper(
  {
    pk: z.union([z.string(), z.int()]).optional(),
    id: z.union([z.string(), z.int()]).optional(),
    fields: z.looseObject({}).optional(),
    ...{ email: text, password: text, first_name: text, last_name: text, date_joined: time },
    is_active: flag.nullish(),
  },
  ({ pk, id, fields: _read, password, is_active, ...user }) => ({
    id: id ?? pk,
    email: user.email,
    // Of somebody who never had one.
    password_hash: password?.startsWith('!') ? undefined : password,
    given_name: user.first_name,
    family_name: user.last_name,
    blocked: is_active === false,
    created_at: user.date_joined,
  }),
);
