import { setTimeout as delay } from 'node:timers/promises';
import { REALMS } from '@signup-with-platform/protocol';
import type { DataKeys } from '../../data-key/data-keys.ts';
import { randomId } from '../../storage/ids.ts';
import type { RealmStorage, Storage } from '../../storage/index.ts';
import { inQueue } from '../accounts/passwords.ts';
import { fromStored, toStored, withMarkOf } from '../password-forms/sealed.ts';
import { wrap } from '../password-forms/wrapped.ts';

const PAGE = 50;
/** Its own line in the queue of hashes, so that people who sign in do not wait for a million of these. */
const PAYER = 'imports';

/**
 * Wraps weak digests in a slow hash each, after which nothing weak is left of them, sealed or not. Rests as long as it works. What is stopped
 * goes on with what is left; several servers begin at different places.
 * @returns how many it wrapped
 */
export async function wrapDigests(
  { storage, dataKeys }: { storage: Storage; dataKeys: DataKeys },
  signal: AbortSignal,
): Promise<number> {
  let wrapped = 0;
  for (const realm of REALMS)
    for (const from of [randomId(), '']) wrapped += await wrapFrom(storage.realm(realm), dataKeys, from, signal);
  return wrapped;
}

async function wrapFrom(
  { accounts }: RealmStorage,
  dataKeys: DataKeys,
  from: string,
  signal: AbortSignal,
): Promise<number> {
  let wrapped = 0;
  for (let after = from; ; ) {
    const page = await accounts.weakPasswords(after, PAGE);
    for (const { id, kept } of page) {
      after = id;
      const digest = await fromStored(dataKeys, id, kept);
      // Of another key, which may come back.
      if (digest?.form !== 'digest') continue;
      if (signal.aborted) return wrapped;
      const startMs = performance.now();
      const stored = await toStored(dataKeys, id, await inQueue(PAYER, () => wrap(digest)));
      // It is the same password, so the browsers stay known in which its owner has signed in.
      await accounts.replaceForeignPassword(id, kept, { ...stored, kept: withMarkOf(kept, stored.kept) });
      wrapped += 1;
      await delay(performance.now() - startMs, undefined, { signal, ref: false }).catch(() => {});
    }
    if (page.length < PAGE) return wrapped;
  }
}
