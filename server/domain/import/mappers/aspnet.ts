import { z } from 'zod';
import { flag, mapper, text, time } from './mapper.ts';

/** ASP.NET Identity: the rows of `AspNetUsers`, as a table or as JSON. */
export const aspnet = mapper(
  {
    Id: z.union([z.string(), z.int()]),
    ...{ Email: text, PasswordHash: text, PhoneNumber: text, LockoutEnd: time },
    ...{ EmailConfirmed: flag.nullish(), PhoneNumberConfirmed: flag.nullish() },
  },
  (user) => ({
    id: user.Id,
    email: user.Email,
    email_verified: user.EmailConfirmed,
    ...(user.PasswordHash && { password_hash: { algorithm: 'aspnet-identity', hash: user.PasswordHash } }),
    phone_number: user.PhoneNumber,
    phone_number_verified: user.PhoneNumber !== undefined && user.PhoneNumberConfirmed === true,
    // Whoever is locked for good; a lock of minutes is over by now.
    blocked: user.LockoutEnd !== undefined && new Date(user.LockoutEnd) > new Date(),
  }),
);
