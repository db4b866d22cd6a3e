import { z } from 'zod';
import type { SearchPlace } from '#storage/account-search.ts';

const MAX_CURSOR_LENGTH = 500;
const NO_CURSOR = 'is the cursor of a page before, unchanged';

const placeSchema = z.strictObject({
  list: z.enum(['created', 'phone_number', 'family_name', 'given_name']),
  key: z.union([z.string().max(250), z.int()]),
  id: z
    .string()
    .max(40)
    .regex(/^[\w-]*$/),
});

/** Where a page ended, as a text that callers hand back. It holds nothing that the page did not show. */
export function cursorOf(place: SearchPlace): string {
  return Buffer.from(JSON.stringify(place)).toString('base64url');
}

export const cursorSchema = z
  .string('is given once')
  .max(MAX_CURSOR_LENGTH, NO_CURSOR)
  .transform((text, context): SearchPlace => {
    const place = placeSchema.safeParse(parsed(Buffer.from(text, 'base64url').toString()));
    if (place.success && !String(place.data.key).includes('\0')) return place.data;
    context.addIssue({ code: 'custom', message: NO_CURSOR });
    return z.NEVER;
  });

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
