import type { Realm } from '@signup-with-platform/protocol';
import { issuerOf } from '@signup-with-platform/protocol';
import type { Config } from '../config.ts';
import type { DisclosureRecorder } from '../domain/disclosures/disclosure-recorder.ts';
import type { Throttle } from '../domain/throttle/throttle.ts';
import type { EventLog } from '../events/event-log.ts';
import type { Outbox } from '../outbox/outbox.ts';
import type { RealmStorage, Storage } from '../storage/index.ts';
import type { CsrfTokens } from './csrf.ts';

/** What the handlers of one realm work with. Everything in it belongs to that realm, or to none. */
export interface RealmContext {
  readonly realm: Realm;
  readonly issuer: string;
  /** Path prefix of the realm's routes: empty, or `/sandbox`. */
  readonly prefix: string;
  readonly config: Config;
  readonly storage: Storage;
  readonly rows: RealmStorage;
  readonly throttle: Throttle;
  readonly mailer: Outbox;
  readonly csrf: CsrfTokens;
  readonly disclosures: DisclosureRecorder;
  readonly events: EventLog;
  readonly cookieKey: string;
}

/**
 * Runs `work` with a context whose rows and mail are of one transaction: all that it writes is kept, or nothing of it is, and mail leaves
 * afterwards. What {@link Storage.transaction} says of `work` holds here: it must write through nothing else.
 */
export async function inTransaction<Result>(
  context: RealmContext,
  work: (context: RealmContext) => Promise<Result>,
): Promise<Result> {
  const { realm, mailer } = context;
  const result = await context.storage.transaction((storage) =>
    work({ ...context, storage, rows: storage.realm(realm), mailer: mailer.within(storage.mails) }),
  );
  mailer.deliver();
  return result;
}

export function realmPrefix(realm: Realm): string {
  return new URL(issuerOf('http://localhost', realm)).pathname.replace(/\/$/, '');
}
