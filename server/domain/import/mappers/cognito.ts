import { z } from 'zod';
import { flag, mapper, named, text, time } from './mapper.ts';

/**
 * Amazon Cognito: `aws cognito-idp list-users`, each of its `Users` a line. It gives no password hashes away, so that people choose a new
 * password, or sign in by a mailed code.
 */
export const cognito = mapper(
  {
    Username: z.string(),
    Attributes: z.array(z.object({ Name: z.string(), Value: text })),
    Enabled: flag.nullish(),
    UserCreateDate: time,
  },
  ({ Username, Attributes, Enabled, UserCreateDate }) => {
    const attributes = Object.fromEntries(Attributes.map(({ Name, Value }) => [Name, Value]));
    const { given_name, family_name, name, email, phone_number, birthdate, locale, sub } = attributes;
    return {
      id: sub ?? Username,
      ...{ email, phone_number, birthdate, locale },
      ...(given_name || family_name ? { given_name, family_name } : named(name)),
      email_verified: attributes['email_verified'] === 'true',
      phone_number_verified: phone_number !== undefined && attributes['phone_number_verified'] === 'true',
      blocked: Enabled === false,
      created_at: UserCreateDate,
    };
  },
);
