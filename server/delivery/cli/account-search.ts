import { REALMS, type Realm } from '@signup-with-platform/protocol';
import { z } from 'zod';
import type { FoundAccount } from '#storage/account-search.ts';
import type { RealmStorage } from '#storage/index.ts';
import { type Command, isOption, parseOptions, UsageError } from './command.ts';

const DEFAULT_LIMIT = 20;
const MAX_LIMIT = 1_000;

const USAGE =
  'account search [TEXT] [--email E] [--name N] [--external-id I] [--id ID] [--realm production|sandbox] [--limit N]';
const WAYS = ['email', 'name', 'external-id', 'id'] as const;
type Way = (typeof WAYS)[number];
const text = z.string().min(1).max(300).optional();
const schema = z.object({
  ...{ email: text, name: text, 'external-id': text, id: text, text },
  realm: z.enum(REALMS).optional(),
  limit: z.coerce.number().int().min(1).max(MAX_LIMIT).default(DEFAULT_LIMIT),
});
const OPTIONS = Object.fromEntries([...WAYS, 'realm', 'limit'].map((name) => [name, { type: 'string' as const }]));

/**
 * Finds accounts by what is known of them: an address, the begin of a name, or an id, ours or that of the system which they came from. A text
 * alone is looked for as each of these.
 */
export const accountSearch: Command = {
  name: 'account search',
  usage: USAGE,
  async run(words, { storage }) {
    const [first, ...rest] = words;
    const word = first === undefined || isOption(first, OPTIONS) ? undefined : first;
    const given = parseOptions(word === undefined ? words : rest, OPTIONS, schema, USAGE);
    const options = schema.parse({ ...given, text: word });
    const ways = WAYS.filter((way) => options[way] !== undefined || word !== undefined);
    if (ways.length === 0) throw new UsageError(`Say whom to look for.\n\nUsage: ${USAGE}`);
    const accounts = new Map<string, Record<string, unknown>>();
    // One more than is shown, to see whether there are more.
    const limit = options.limit + 1;
    for (const realm of options.realm ? [options.realm] : REALMS)
      for (const way of ways)
        for (const found of await findBy(way, storage.realm(realm), options[way] ?? word ?? '', limit))
          if (accounts.size < limit) accounts.set(found.account.id, shown(realm, found));
    return { accounts: [...accounts.values()].slice(0, options.limit), more: accounts.size > options.limit };
  },
};

/** Each goes where an index leads. */
async function findBy(way: Way, { accountSearch }: RealmStorage, text: string, limit: number): Promise<FoundAccount[]> {
  switch (way) {
    case 'email':
      return text.includes('@') ? accountSearch.findByEmail(text, limit) : [];
    case 'name':
      return (await accountSearch.findByName(text, { limit })).found;
    case 'external-id':
      return [await accountSearch.findByExternalId(text)].filter((one) => one !== undefined);
    case 'id':
      return [await accountSearch.find(text)].filter((one) => one !== undefined);
  }
}

/** What tells one person from another. */
function shown(realm: Realm, { account, externalId }: FoundAccount): Record<string, unknown> {
  return {
    account_id: account.id,
    realm,
    external_id: externalId ?? null,
    email: account.email ?? null,
    email_verified: account.emailVerified,
    given_name: account.givenName ?? null,
    family_name: account.familyName ?? null,
    blocked: account.blocked,
    created_at: account.createdAt.toISOString(),
  };
}
