import { z } from 'zod';

/** Text that a list is searched for. No address or name contains control characters, and PostgreSQL fails for some of them. */
export const searchText = z
  .string('is given once')
  .trim()
  .min(1, 'is not empty')
  .max(254, 'is too long')
  // Written out, because tools that read the OpenAPI document do not know \p{Cc}.
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is refused
  .regex(/^[^\u0000-\u001f\u007f-\u009f]+$/, 'is text');

const MAX_LIMIT = 100;

/** How many of a list a page has. @param what is listed */
export function pageLimit(what: string, defaultLimit: number) {
  return z
    .string(`is a number from 1 to ${MAX_LIMIT}`)
    .regex(/^[1-9]\d?$|^100$/, `is a number from 1 to ${MAX_LIMIT}`)
    .transform(Number)
    .optional()
    .meta({
      description: `The number of ${what} per page. Default ${defaultLimit}.`,
      type: 'integer',
      minimum: 1,
      maximum: MAX_LIMIT,
    });
}
