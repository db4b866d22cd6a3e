import { CLAIMS_OF_FIELD, type Claim, FIELDS, type Field } from '@signup-with-platform/protocol';
import type { Disclosure, DisclosureRepository } from '../../storage/disclosures.ts';
import { WriteBehind, type WriteBehindOptions } from '../../storage/write-behind.ts';

const INTERVAL_MS = 1_000;
const MAX_WAITING = 20_000;

/** Records which fields a vendor received and when, to the second, for the person to see. It writes later, so that it delays no answer. */
export class DisclosureRecorder {
  readonly #buffer: WriteBehind<Disclosure>;

  constructor(disclosures: DisclosureRepository, log: WriteBehindOptions<Disclosure>['log']) {
    this.#buffer = new WriteBehind({
      flush: (items) => disclosures.record(items, new Date()),
      intervalMs: INTERVAL_MS,
      maxItems: MAX_WAITING,
      log,
    });
  }

  /** Records that the user's app gets a credential with these fields. */
  received(userId: string, fields: readonly Field[]): void {
    if (fields.length > 0) this.#buffer.add({ userId, fields, how: 'received' });
  }

  /** Records that the app's backend reads these fields over the API. */
  read(userId: string, fields: readonly Field[]): void {
    if (fields.length > 0) this.#buffer.add({ userId, fields, how: 'read' });
  }

  /** Writes the waiting records. */
  flush(): Promise<void> {
    return this.#buffer.flush();
  }

  close(): Promise<void> {
    return this.#buffer.close();
  }
}

/** The fields to which claims belong. */
export function fieldsOf(claims: Iterable<string>): Field[] {
  const present = new Set(claims);
  return FIELDS.filter((field) => CLAIMS_OF_FIELD[field].some((claim: Claim) => present.has(claim)));
}
