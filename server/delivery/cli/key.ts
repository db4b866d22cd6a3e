import { z } from 'zod';
import { parseAddressRanges } from '../../domain/apps/address-ranges.ts';
import { DEFAULT_GRACE, GRACES, GRACES_MS } from '../../domain/apps/grace.ts';
import { afterDays, keyState, MAX_KEY_LIFETIME_DAYS } from '../../domain/apps/keys.ts';
import { type ApiKey, type CreatedApiKey, MAX_KEYS, TooManyKeysError } from '../../storage/api-keys.ts';
import type { AppEnvironment } from '../../storage/app-environments.ts';
import { type Command, type CommandContext, isOption, parseOptions, parseWord, UsageError } from './command.ts';
import { inTransaction, note, tellOwners } from './operator-act.ts';

const text = { type: 'string' } as const;
export const clientIdSchema = z.string().regex(/^[A-Za-z\d]{1,64}$/, 'not a client_id: letters and digits');
export const graceSchema = z
  .enum(GRACES as [(typeof GRACES)[number], ...(typeof GRACES)[number][]], `one of ${GRACES.join(', ')}`)
  .default(DEFAULT_GRACE);

const LIST_USAGE = 'key list --client-id X';

export const keyList: Command = {
  name: 'key list',
  usage: LIST_USAGE,
  async run(words, { storage }) {
    const schema = z.object({ 'client-id': clientIdSchema });
    const { 'client-id': clientId } = parseOptions(words, { 'client-id': text }, schema, LIST_USAGE);
    await environmentOf(clientId, { storage });
    return { keys: (await storage.apiKeys.list(clientId)).map(shown) };
  },
};

/** CIDR ranges, or single addresses. */
export const addressRange = z.string().transform((range, context) => {
  const parsed = parseAddressRanges(range);
  if ('ranges' in parsed) return parsed.ranges;
  const { problem } = parsed;
  context.addIssue({
    code: 'custom',
    message:
      problem.code === 'host_bits'
        ? `"${problem.range}" has bits set beyond its prefix. Use "${problem.suggestion}", or the address without a prefix`
        : `"${range}" is not a network address or a range such as 203.0.113.0/24`,
  });
  return z.NEVER;
});

const createSchema = z.object({
  'client-id': clientIdSchema,
  name: z.string().trim().min(1).max(100),
  'read-only': z.boolean().default(false),
  'address-range': z.array(addressRange).default([]),
  'expires-in-days': z.coerce.number().int().min(1).max(MAX_KEY_LIFETIME_DAYS).optional(),
});

const CREATE_USAGE = 'key create --client-id X --name N [--read-only] [--address-range R…] [--expires-in-days N]';

export const keyCreate: Command = {
  name: 'key create',
  usage: CREATE_USAGE,
  async run(words, context) {
    const options = parseOptions(
      words,
      {
        'client-id': text,
        name: text,
        'read-only': { type: 'boolean' },
        'address-range': { type: 'string', multiple: true },
        'expires-in-days': text,
      },
      createSchema,
      CREATE_USAGE,
    );
    const clientId = options['client-id'];
    const days = options['expires-in-days'];
    const environment = await environmentOf(clientId, context);
    return refusingTooMany(() =>
      inTransaction(context, async (part) => {
        const made = await part.storage.apiKeys.create(clientId, {
          name: options.name,
          readOnly: options['read-only'],
          addressRanges: options['address-range'].flat(),
          ...(days !== undefined && { expiresAt: afterDays(days) }),
        });
        await note(part, 'key.created', `key:${made.id}`, { client_id: clientId, prefix: made.prefix });
        await tellOwnersOfKey(part, 'api_key_created', environment, made.name);
        return withKey(made);
      }),
    );
  },
};

const ROTATE_USAGE = `key rotate ID_OR_PREFIX [--grace ${GRACES.join('|')}], or key rotate --client-id X for its only key`;
const rotateSchema = z.object({ 'client-id': clientIdSchema.optional(), grace: graceSchema });

/** Creates a key that replaces another one. */
export const keyRotate: Command = {
  name: 'key rotate',
  usage: ROTATE_USAGE,
  async run(words, context) {
    const known = { 'client-id': text, grace: text };
    const [first] = words;
    const word = first === undefined || isOption(first, known) ? undefined : first;
    const options = parseOptions(word === undefined ? words : words.slice(1), known, rotateSchema, ROTATE_USAGE);
    const clientId = options['client-id'];
    if ((word === undefined) === (clientId === undefined)) {
      throw new UsageError(`  Name the key, or the environment if it has only one key.\n\nUsage: ${ROTATE_USAGE}`);
    }
    const old = await keyOf(context, word, clientId);
    const environment = await environmentOf(old.clientId, context);
    return refusingTooMany(() =>
      inTransaction(context, async (part) => {
        const { apiKeys } = part.storage;
        const made = await apiKeys.replace(old.clientId, old.id, GRACES_MS[options.grace]);
        if (!made) throw new UsageError(`The key ${old.prefix}… has just been replaced by somebody else.`);
        const replaced = await apiKeys.findOf(old.clientId, old.id);
        await note(part, 'key.replaced', `key:${old.id}`, {
          client_id: old.clientId,
          prefix: old.prefix,
          by: made.id,
          by_prefix: made.prefix,
          grace: options.grace,
        });
        await tellOwnersOfKey(part, 'api_key_replaced', environment, made.name);
        const until = replaced?.expiresAt?.toISOString() ?? null;
        return { ...withKey(made), replaces: old.id, replaced_works_until: until };
      }),
    );
  },
};

const REVOKE_USAGE = 'key revoke ID';

export const keyRevoke: Command = {
  name: 'key revoke',
  usage: REVOKE_USAGE,
  async run(words, { storage }) {
    const id = parseWord(words, REVOKE_USAGE);
    const found = (await storage.apiKeys.findByIdOrPrefix(id)).find((key) => key.id === id);
    const revoked = found && (await storage.apiKeys.revoke(found.clientId, id));
    if (!revoked) throw new UsageError(`There is no key with the id "${id}". See: key list --client-id X`);
    await note({ storage }, 'key.revoked', `key:${id}`, { client_id: revoked.clientId, prefix: revoked.prefix });
    return { key_id: id, client_id: revoked.clientId, revoked: true };
  },
};

/** The working key that the command line names. @throws UsageError when there is none, or more than one */
async function keyOf(
  { storage }: Pick<CommandContext, 'storage'>,
  word: string | undefined,
  clientId: string | undefined,
): Promise<ApiKey> {
  if (clientId !== undefined) await environmentOf(clientId, { storage });
  const found =
    clientId === undefined ? await storage.apiKeys.findByIdOrPrefix(word ?? '') : await storage.apiKeys.list(clientId);
  const replaceable = found.filter((key) => ['active', 'expires_soon'].includes(keyState(key)));
  const [only, another] = replaceable.length > 1 ? replaceable.filter(({ id }) => id === word) : replaceable;
  if (only && !another) return only;
  if (replaceable.length > 1) {
    const ids = replaceable.map(({ id, name, prefix }) => `  ${id} (${prefix}…, ${JSON.stringify(name)})`);
    throw new UsageError(`More than one key matches. Name one by its id:\n${ids.join('\n')}`);
  }
  throw new UsageError(`There is no working key ${clientId === undefined ? `"${word}"` : `of ${clientId}`}.`);
}

export async function environmentOf(
  clientId: string,
  { storage }: Pick<CommandContext, 'storage'>,
): Promise<AppEnvironment> {
  const environment = await storage.appEnvironments.findByClientId(clientId);
  if (!environment) throw new UsageError(`There is no client_id "${clientId}".`);
  return environment;
}

async function refusingTooMany<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof TooManyKeysError
      ? new UsageError(`The environment has ${MAX_KEYS} working keys, which is the limit. Revoke one first.`)
      : error;
  }
}

function tellOwnersOfKey(
  context: CommandContext,
  kind: 'api_key_created' | 'api_key_replaced',
  { appId, name: app, environment }: AppEnvironment,
  name: string,
): Promise<void> {
  return tellOwners(context, appId, { kind, app, environment, name });
}

function shown(key: ApiKey): Record<string, unknown> {
  return {
    key_id: key.id,
    name: key.name,
    prefix: key.prefix,
    state: keyState(key),
    read_only: key.readOnly,
    address_ranges: key.addressRanges ?? [],
    created_at: key.createdAt.toISOString(),
    last_used_at: key.lastUsedAt?.toISOString() ?? null,
    expires_at: key.expiresAt?.toISOString() ?? null,
  };
}

/** The only output that contains the key itself. */
function withKey(made: CreatedApiKey): Record<string, unknown> {
  return {
    key_id: made.id,
    client_id: made.clientId,
    name: made.name,
    api_key: made.key,
    expires_at: made.expiresAt?.toISOString() ?? null,
  };
}
