import { z } from 'zod';
import { readPhoneNumber } from '#domain/values/phone-number.ts';
import type { SearchPage, SearchPlace } from '#storage/account-search.ts';
import { ApiError } from '../../api-error.ts';
import type { JsonSchema } from '../../validation/json-schema.ts';
import { audit } from '../audit.ts';
import { MANAGEMENT_BASE, type ManagementCall, type ManagementRoute } from '../route.ts';
import { ACCOUNT_SCHEMA, accountBody } from './account-body.ts';
import { cursorOf, cursorSchema } from './page-cursor.ts';

const MAX_LIMIT = 100;
const DEFAULT_LIMIT = 20;

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
      description: `The number of accounts per page. Default ${DEFAULT_LIMIT}.`,
      type: 'integer',
      minimum: 1,
      maximum: MAX_LIMIT,
    }),
  cursor: cursorSchema.optional().meta({ description: 'From `next` of the page before.', type: 'string' }),
  email: text
    // In a query, + stands for a space, which no address has.
    .refine((email) => !email.includes(' '), 'contains a space. In a query, + means a space: write %2B for a plus sign')
    .optional()
    .describe('Accounts with this address: the one that has proven it first, then those that only claim it.'),
  external_id: text.optional().describe('The account with this id in your own system.'),
  phone_number: text
    .optional()
    .describe('Accounts with this phone number, with its country code. In a query, write %2B for the plus sign.'),
  name: text
    .optional()
    .describe('Accounts whose last or first name begins so; last names first. Case and accents are ignored.'),
});
type Query = z.infer<typeof query>;
const FILTERS = ['email', 'external_id', 'phone_number', 'name'] as const;

export const ACCOUNT_LIST_SCHEMA: JsonSchema = {
  type: 'object',
  required: ['data', 'has_more', 'next'],
  properties: {
    data: { type: 'array', items: ACCOUNT_SCHEMA },
    has_more: { type: 'boolean', description: 'Whether there is a next page.' },
    next: { type: ['string', 'null'], format: 'uri', description: 'The next page.' },
  },
};

export const listAccounts: ManagementRoute = {
  method: 'GET',
  path: '/accounts',
  operation: 'listAccounts',
  group: 'Accounts',
  summary: 'List or search accounts',
  description:
    'Without a filter, all accounts, newest first. At most one filter. To page, follow `next`, which is in the Link header, too (RFC 8288). ' +
    'In the sandbox, these are the accounts that you have brought or created; whoever signed up at an app is that app’s.',
  scope: 'accounts:read',
  query,
  answer: { description: 'A page of accounts.', schema: ACCOUNT_LIST_SCHEMA },
  errors: {},
  handle: async (call) => {
    const asked = call.query as Query;
    const [filter, another] = FILTERS.filter((name) => asked[name] !== undefined);
    if (another) throw new ApiError(400, 'invalid_request', `Send ${filter} or ${another}, not both.`);
    // What was looked for is personal data, which the log is not for.
    await audit({ ...call, storage: call.context.storage }, 'account.searched', undefined, { by: filter ?? 'nothing' });
    const { found, next } = await pageOf(call, asked);
    const url = next && nextUrl(call, asked, filter, next);
    return {
      body: { data: found.map(accountBody), has_more: next !== undefined, next: url ?? null },
      headers: url ? { link: `<${url}>; rel="next"` } : {},
    };
  },
};

function pageOf(
  { context }: ManagementCall,
  { limit = DEFAULT_LIMIT, cursor: after, ...asked }: Query,
): Promise<SearchPage> {
  const search = context.rows.accountSearch;
  const page = { limit, after };
  const only = async (found: Promise<SearchPage['found']>) => ({ found: await found });
  if (asked.email !== undefined) return only(search.findByEmail(asked.email, limit));
  if (asked.external_id !== undefined)
    return only(search.findByExternalId(asked.external_id).then((found) => (found ? [found] : [])));
  if (asked.phone_number !== undefined)
    return search.findByPhoneNumber(phoneNumberOf(asked.phone_number), of(page, 'phone_number'));
  if (asked.name !== undefined) return search.findByName(asked.name, of(page, 'family_name', 'given_name'));
  return search.list(of(page, 'created'));
}

/** @throws ApiError 400 when the cursor is that of another list, on which it means another place */
function of<Page extends { after: SearchPlace | undefined }>(page: Page, ...lists: SearchPlace['list'][]): Page {
  if (page.after === undefined || lists.includes(page.after.list)) return page;
  throw new ApiError(400, 'invalid_request', 'The cursor is that of another search. Start this one without it.');
}

function phoneNumberOf(typed: string): string {
  const read = readPhoneNumber(typed);
  if (read === undefined)
    throw new ApiError(
      400,
      'invalid_request',
      'In the query, phone_number is a number with its country code, such as %2B31205550101.',
    );
  return read;
}

function nextUrl(
  { context }: ManagementCall,
  { limit, ...asked }: Query,
  filter: (typeof FILTERS)[number] | undefined,
  next: SearchPlace,
): string {
  const url = new URL(`${context.config.publicUrl}${MANAGEMENT_BASE}/accounts`);
  if (filter) url.searchParams.set(filter, asked[filter] ?? '');
  if (limit) url.searchParams.set('limit', String(limit));
  url.searchParams.set('cursor', cursorOf(next));
  return url.href;
}
