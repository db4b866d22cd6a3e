import { z } from 'zod';
import type { AppUser } from '#storage/app-users.ts';
import { ApiError, notFound } from '../api-error.ts';
import type { ApiAnswer, ApiCall, ApiRoute } from '../route.ts';
import { isUserId } from './find-user.ts';
import { conditional, disclosedBody } from './representation.ts';
import { sharedClaims, USER_SCHEMA } from './user-body.ts';

const MAX_LIMIT = 100;
const DEFAULT_LIMIT = 10;

const cursor = z.string('is given once').refine(isUserId, 'is the id of a user');
// No address contains control characters, and PostgreSQL fails for some of them.
const text = z
  .string('is given once')
  .trim()
  .min(1, 'is not empty')
  .max(254, 'is too long')
  // Written out, because tools that read the OpenAPI document do not know \p{Cc}.
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is refused
  .regex(/^[^\u0000-\u001f\u007f-\u009f]+$/, 'is text');
const query = z.object({
  limit: z
    .string(`is a number from 1 to ${MAX_LIMIT}`)
    .regex(/^[1-9]\d?$|^100$/, `is a number from 1 to ${MAX_LIMIT}`)
    .transform(Number)
    .optional()
    .meta({
      description: `The number of users per page. Default ${DEFAULT_LIMIT}.`,
      type: 'integer',
      minimum: 1,
      maximum: MAX_LIMIT,
    }),
  starting_after: cursor
    .optional()
    .describe('Returns older users than this id, which is the last of the previous page.'),
  ending_before: cursor.optional().describe('Returns newer users than this id, which is the first of the next page.'),
  email: text
    // In a query, + stands for a space, which no address has.
    .refine(
      (email) => !(email.includes(' ') && email.includes('@')),
      'contains a space. In a query, + means a space: write %2B for a plus sign',
    )
    .optional()
    .describe('Returns the user with this email address instead of a list.'),
  username: text.optional().describe('Returns the user with this username instead of a list.'),
});
type Query = z.infer<typeof query>;

const LIST_SCHEMA = {
  type: 'object',
  required: ['data', 'has_more', 'next', 'previous'],
  properties: {
    data: { type: 'array', items: USER_SCHEMA },
    has_more: { type: 'boolean', description: 'Whether there are more users in the requested direction.' },
    next: { type: ['string', 'null'], format: 'uri', description: 'The page of older users.' },
    previous: { type: ['string', 'null'], format: 'uri', description: 'The page of newer users.' },
  },
};

export const listUsers: ApiRoute = {
  method: 'GET',
  path: '/users',
  operation: 'listUsers',
  summary: 'List users, newest first',
  description:
    'With `email` or `username`, the answer is that user itself, or 404. Users who came through the popup are found by an ' +
    'email address only if they share it; a user that you created takes precedence. To page, follow `next` and `previous`, ' +
    'which are in the Link header, too (RFC 8288).',
  rights: 'read',
  query,
  answer: { description: 'The users.', schema: LIST_SCHEMA },
  errors: { 404: ['not_found'] },
  handle: async (call) => {
    const asked = call.query as Query;
    assertOneOf(asked, 'email', 'username');
    assertOneOf(asked, 'starting_after', 'ending_before');
    if (asked.email === undefined && asked.username === undefined) return page(call, asked);
    const user =
      asked.email !== undefined
        ? await byEmail(call, asked.email)
        : await call.users.findByUsername(asked.username ?? '');
    if (!user) throw notFound();
    return conditional(call, user);
  },
};

async function page(call: ApiCall, asked: Query): Promise<ApiAnswer> {
  const { starting_after: after, ending_before: before, limit = DEFAULT_LIMIT } = asked;
  const newer = before ? { before } : undefined;
  const found = await call.users.list(limit, after ? { after } : newer);
  if (!found) {
    const name = after ? 'starting_after' : 'ending_before';
    throw new ApiError(
      400,
      'invalid_request',
      `${name} is not the id of a user of this environment, nor of one deleted within the last day. Start the list again.`,
    );
  }
  const { users, hasMore } = found;
  const [first, last] = [users[0], users.at(-1)];
  const link = (name: string, user: AppUser | undefined, exists: boolean) =>
    user && exists ? `${call.context.config.publicUrl}/1/users?limit=${limit}&${name}=${user.id}` : null;
  // In the direction that the caller came from, there is at least the user that was the cursor.
  const next = link('starting_after', last, before ? true : hasMore);
  const previous = link('ending_before', first, before ? hasMore : after !== undefined);
  const links = [next && `<${next}>; rel="next"`, previous && `<${previous}>; rel="prev"`].filter(Boolean);
  return {
    body: { data: users.map((user) => disclosedBody(call, user)), has_more: hasMore, next, previous },
    headers: links.length > 0 ? { link: links.join(', ') } : {},
  };
}

/** Finds the vendor's own user first, whose address is unique. Others are found by an address only if they share it. */
async function byEmail(call: ApiCall, email: string): Promise<AppUser | undefined> {
  const own = await call.users.findByEmail(email);
  if (own) return own;
  const linked = await call.users.findLinkedByEmail(email);
  return linked.find((user) => user.linked && sharedClaims(user.linked, call).email !== undefined);
}

function assertOneOf(asked: Query, one: keyof Query, other: keyof Query): void {
  if (asked[one] === undefined || asked[other] === undefined) return;
  throw new ApiError(400, 'invalid_request', `Send ${one} or ${other}, not both.`);
}
