import { z } from 'zod';
import { mapper, named, text, time } from './mapper.ts';

const meta = z.preprocess(
  (value) => (typeof value === 'string' && value !== '' ? JSON.parse(value) : value || {}),
  z.object({ full_name: text, name: text, given_name: text, family_name: text }),
);

/** Supabase: the rows of `auth.users`, as a table or as JSON. */
export const supabase = mapper(
  {
    id: z.string(),
    ...{ email: text, encrypted_password: text, email_confirmed_at: text, phone: text, phone_confirmed_at: text },
    raw_user_meta_data: meta.optional(),
    banned_until: time,
    created_at: time,
  },
  (user) => {
    const { full_name, name, given_name, family_name } = user.raw_user_meta_data ?? {};
    return {
      id: user.id,
      email: user.email,
      email_verified: user.email !== undefined && user.email_confirmed_at !== undefined,
      password_hash: user.encrypted_password,
      ...(given_name || family_name ? { given_name, family_name } : named(full_name ?? name)),
      ...(user.phone && {
        phone_number: user.phone.startsWith('+') ? user.phone : `+${user.phone}`,
        phone_number_verified: user.phone_confirmed_at !== undefined,
      }),
      blocked: user.banned_until !== undefined && new Date(user.banned_until) > new Date(),
      created_at: user.created_at,
    };
  },
);
