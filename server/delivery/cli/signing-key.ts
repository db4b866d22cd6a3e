import { REALMS } from '@signup-with-platform/protocol';
import { z } from 'zod';
import { loadSigningKeys, replaceSigningKeys, rotateSigningKey } from '../../engine/signing-keys.ts';
import { scheduleOf } from '../../storage/signing-key-schedule.ts';
import { type Command, parseOptions } from './command.ts';

const ROTATE_USAGE = 'signing-key rotate --realm production|sandbox [--now]';
const LIST_USAGE = 'signing-key list --realm production|sandbox';
const realm = z.enum(REALMS);

/**
 * Creates the next signing key of each algorithm. Every server process picks them up by itself. `--now` is for leaked keys: the new keys sign
 * at once, and everything that the old ones have signed is refused.
 */
export const signingKeyRotate: Command = {
  name: 'signing-key rotate',
  usage: ROTATE_USAGE,
  async run(words, { storage }) {
    const options = parseOptions(
      words,
      { realm: { type: 'string' }, now: { type: 'boolean' } },
      z.object({ realm, now: z.boolean().default(false) }),
      ROTATE_USAGE,
    );
    const { signingKeys } = storage.realm(options.realm);
    const { keys, signsFrom, withdrawn } = await (options.now
      ? replaceSigningKeys(signingKeys)
      : rotateSigningKey(signingKeys));
    const signs_from = signsFrom.toISOString();
    for (const { kid, alg } of keys)
      await storage.auditLog.append({
        realm: options.realm,
        act: options.now ? 'signing_key.replaced' : 'signing_key.rotated',
        actor: 'operator',
        subject: `signing_key:${kid}`,
        detail: { alg, signs_from, withdrawn },
      });
    const made = keys.map(({ kid, alg }) => ({ kid, alg }));
    return { realm: options.realm, kid: made[0]?.kid, keys: made, signs_from, withdrawn };
  },
};

/** Lists the published keys and the current state of each. */
export const signingKeyList: Command = {
  name: 'signing-key list',
  usage: LIST_USAGE,
  async run(words, { storage }) {
    const options = parseOptions(words, { realm: { type: 'string' } }, z.object({ realm }), LIST_USAGE);
    const { signingKeys } = storage.realm(options.realm);
    await loadSigningKeys(signingKeys);
    const keys = scheduleOf(await signingKeys.listAll(), Date.now()).map((key) => ({
      kid: key.jwk.kid,
      alg: key.jwk.alg,
      state: key.state,
      created_at: key.createdAt.toISOString(),
      signs_from: key.signsFrom.toISOString(),
      published_until: key.publishedUntil?.toISOString() ?? null,
    }));
    return { keys };
  },
};
