import { type Claim, FIELDS, type Field, fieldOf, inOrder } from '@signup-with-platform/protocol';
import type { Bound } from '../../load/bound.ts';
import type { Disclosure, DisclosureRepository } from '../../storage/disclosures.ts';
import { WriteBehind, type WriteBehindOptions } from '../../storage/write-behind.ts';

const INTERVAL_MS = 1_000;
const MAX_WAITING = 20_000;
/** How often the time is recorded at which a backend got the same fields of a user in the same way, because each record is a write. */
export const AGAIN_AFTER_MS = 5 * 60 * 1000;
/** Of so many users it is known that they were recorded; a few megabytes. */
const MAX_RECENT = 20_000;

/**
 * Records which fields a vendor received and when, for the person to see: at once what is new, the time of what is not to five minutes. It
 * writes a second later, so that it delays no answer.
 */
export class DisclosureRecorder {
  readonly #buffer: WriteBehind<Disclosure>;
  /** When each was recorded last, the longest ago first. */
  readonly #recent = new Map<string, number>();

  constructor(disclosures: DisclosureRepository, log: WriteBehindOptions<Disclosure>['log']) {
    this.#buffer = new WriteBehind({
      flush: async (items) => {
        try {
          await disclosures.record(items, new Date());
        } catch (error) {
          for (const item of items) this.#recent.delete(nameOf(item));
          throw error;
        }
      },
      intervalMs: INTERVAL_MS,
      maxItems: MAX_WAITING,
      log,
    });
  }

  /** The records that wait to be written. */
  get waiting(): Bound {
    return this.#buffer;
  }

  /** Records that the user's app gets a credential with these fields. */
  received(userId: string, fields: readonly Field[]): void {
    this.#add({ userId, fields, how: 'received' });
  }

  /** Records that the app's backend reads these fields over the API. */
  read(userId: string, fields: readonly Field[]): void {
    this.#add({ userId, fields, how: 'read' });
  }

  #add(disclosure: Disclosure): void {
    if (disclosure.fields.length === 0) return;
    const name = nameOf(disclosure);
    const now = Date.now();
    const last = this.#recent.get(name);
    if (last !== undefined && now - last < AGAIN_AFTER_MS) return;
    if (!this.#buffer.add(disclosure)) return;
    this.#recent.delete(name);
    this.#recent.set(name, now);
    const [oldest] = this.#recent.keys();
    if (this.#recent.size > MAX_RECENT && oldest !== undefined) this.#recent.delete(oldest);
  }

  /** Writes the waiting records. */
  flush(): Promise<void> {
    return this.#buffer.flush();
  }

  close(): Promise<void> {
    return this.#buffer.close();
  }
}

function nameOf({ userId, fields, how }: Disclosure): string {
  return `${userId} ${how} ${fields.join()}`;
}

/** The fields to which claims belong. */
export function fieldsOf(claims: Iterable<Claim>): Field[] {
  return inOrder<Field>(FIELDS, [...claims].map(fieldOf));
}
