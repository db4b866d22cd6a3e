import type { Bound } from '../../load/bound.ts';
import type { Log } from '../../log.ts';
import type { ApiKeyAccess, ApiKeyRepository } from '../../storage/api-keys.ts';
import { isOutOfReach } from '../../storage/database-errors.ts';
import { WriteBehind } from '../../storage/write-behind.ts';

const MINUTE_MS = 60 * 1000;
const WRITE_INTERVAL_MS = 5 * 1000;
/** Counts keys, not requests. */
const MAX_WAITING = 1_000;

/** Records when a key was last used, to the minute. It writes later, so that it does not delay the request. */
export class KeyUses {
  readonly #writes: WriteBehind<string>;
  /** Ids of the keys whose use waits to be written. */
  readonly #waiting = new Set<string>();

  constructor(apiKeys: Pick<ApiKeyRepository, 'markUsed'>, log: Pick<Log, 'warn'>) {
    this.#writes = new WriteBehind<string>({
      flush: async (ids) => {
        try {
          await apiKeys.markUsed(ids, new Date());
        } catch (error) {
          // They go on waiting, and are not noted a second time.
          if (!isOutOfReach(error)) this.#settle(ids);
          throw error;
        }
        this.#settle(ids);
      },
      intervalMs: WRITE_INTERVAL_MS,
      maxItems: MAX_WAITING,
      log,
    });
  }

  #settle(ids: readonly string[]): void {
    for (const id of ids) this.#waiting.delete(id);
  }

  /** The keys whose use waits to be written. */
  get waiting(): Bound {
    return this.#writes;
  }

  /** @param access as read for this request. @param now milliseconds since the epoch */
  note({ keyId, lastUsedAt }: Pick<ApiKeyAccess, 'keyId' | 'lastUsedAt'>, now = Date.now()): void {
    if (lastUsedAt && now - lastUsedAt.getTime() < MINUTE_MS) return;
    if (this.#waiting.has(keyId) || this.#waiting.size >= MAX_WAITING) return;
    this.#waiting.add(keyId);
    this.#writes.add(keyId);
  }

  /** Resolves when every use noted so far has been written, or its write has failed. */
  flush(): Promise<void> {
    return this.#writes.flush();
  }

  close(): Promise<void> {
    return this.#writes.close();
  }
}
