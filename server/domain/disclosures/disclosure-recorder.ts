import { CLAIMS_OF_FIELD, type Claim, FIELDS, type Field } from '@signup-with-platform/protocol';
import type { Disclosure, DisclosureRepository } from '../../storage/disclosures.ts';
import { WriteBehind, type WriteBehindOptions } from '../../storage/write-behind.ts';

const INTERVAL_MS = 1_000;
const MAX_WAITING = 20_000;

/** Notes for the person what a vendor gets of them and when, to the second. Whoever answers the vendor does not wait for it. */
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

  /** A credential with these fields is issued to the app of the user. */
  received(userId: string, fields: readonly Field[]): void {
    if (fields.length > 0) this.#buffer.add({ userId, fields, how: 'received' });
  }

  /** The app's backend is answered with these fields. */
  read(userId: string, fields: readonly Field[]): void {
    if (fields.length > 0) this.#buffer.add({ userId, fields, how: 'read' });
  }

  /** Writes down what waits. */
  flush(): Promise<void> {
    return this.#buffer.flush();
  }

  close(): Promise<void> {
    return this.#buffer.close();
  }
}

/** The fields that claims tell something of. */
export function fieldsOf(claims: Iterable<string>): Field[] {
  const present = new Set(claims);
  return FIELDS.filter((field) => CLAIMS_OF_FIELD[field].some((claim: Claim) => present.has(claim)));
}
