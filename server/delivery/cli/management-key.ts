import { REALMS } from '@signup-with-platform/protocol';
import { z } from 'zod';
import { afterDays, MAX_KEY_LIFETIME_DAYS } from '../../domain/apps/keys.ts';
import { hasEnded, MANAGEMENT_SCOPES, type ManagementKey } from '../../storage/management-keys.ts';
import { type Command, parseOptions, parseWord, UsageError } from './command.ts';
import { addressRange } from './key.ts';
import { inTransaction, note } from './operator-act.ts';

const text = { type: 'string' } as const;

const LIST_USAGE = 'management-key list';

export const managementKeyList: Command = {
  name: 'management-key list',
  usage: LIST_USAGE,
  async run(words, { storage }) {
    parseOptions(words, {}, z.object({}), LIST_USAGE);
    return { management_keys: (await storage.managementKeys.list()).map(shown) };
  },
};

const createSchema = z
  .object({
    name: z.string().trim().min(1).max(100),
    realm: z.enum(REALMS),
    scope: z.array(z.enum(MANAGEMENT_SCOPES, `one of ${MANAGEMENT_SCOPES.join(', ')}`)).min(1),
    expires: z
      .string()
      .regex(/^[1-9]\d{0,3}d$/, 'a number of days, such as 30d')
      .transform((days) => Number.parseInt(days, 10))
      .refine((days) => days <= MAX_KEY_LIFETIME_DAYS, `at most ${MAX_KEY_LIFETIME_DAYS}d`)
      .optional(),
    'address-range': z.array(addressRange).default([]),
  })
  // Whoever holds such a key registers apps, so it is lent: to a demo, for some days.
  .refine(({ scope, expires }) => !scope.includes('apps:write') || expires !== undefined, {
    path: ['expires'],
    message: 'is required with apps:write',
  })
  .refine(({ scope, realm }) => !scope.includes('apps:write') || realm === 'sandbox', {
    path: ['scope'],
    message: 'apps:write is for --realm sandbox: apps of production belong to vendors, and are reviewed',
  });

const CREATE_USAGE =
  'management-key create --name N --realm production|sandbox --scope S… [--expires 30d] [--address-range R…]\n' +
  `S is one of ${MANAGEMENT_SCOPES.join(', ')}`;

export const managementKeyCreate: Command = {
  name: 'management-key create',
  usage: CREATE_USAGE,
  async run(words, context) {
    const several = { type: 'string', multiple: true } as const;
    const options = parseOptions(
      words,
      { name: text, realm: text, scope: several, expires: text, 'address-range': several },
      createSchema,
      CREATE_USAGE,
    );
    const { name, realm, scope: scopes, expires } = options;
    return inTransaction(context, async (part) => {
      const made = await part.storage.managementKeys.create({
        ...{ name, realm, scopes, addressRanges: options['address-range'].flat() },
        ...(expires !== undefined && { expiresAt: afterDays(expires) }),
      });
      await note(part, 'management_key.created', subjectOf(made), { realm, scopes: made.scopes, prefix: made.prefix });
      return { ...shown(made), key: made.key };
    });
  },
};

const REVOKE_USAGE = 'management-key revoke ID';

export const managementKeyRevoke: Command = {
  name: 'management-key revoke',
  usage: REVOKE_USAGE,
  async run(words, context) {
    const id = parseWord(words, REVOKE_USAGE);
    return inTransaction(context, async (part) => {
      const revoked = await part.storage.managementKeys.revoke(id);
      if (!revoked) throw new UsageError(`There is no working key with the id "${id}". See: ${LIST_USAGE}`);
      await note(part, 'management_key.revoked', subjectOf(revoked), { prefix: revoked.prefix });
      return { management_key_id: id, revoked: true };
    });
  },
};

const subjectOf = ({ id }: Pick<ManagementKey, 'id'>) => `management-key:${id}`;

function shown(key: ManagementKey): Record<string, unknown> {
  return {
    management_key_id: key.id,
    name: key.name,
    realm: key.realm,
    prefix: key.prefix,
    scopes: key.scopes,
    state: hasEnded(key) ?? 'active',
    address_ranges: key.addressRanges ?? [],
    created_at: key.createdAt.toISOString(),
    last_used_at: key.lastUsedAt?.toISOString() ?? null,
    expires_at: key.expiresAt?.toISOString() ?? null,
  };
}
