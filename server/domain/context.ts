import type { Realm } from '@signup-with-platform/protocol';
import type { Config } from '../config.ts';
import type { EventLog } from '../events/event-log.ts';
import type { Outbox } from '../outbox/outbox.ts';
import type { RealmStorage, Storage } from '../storage/index.ts';
import type { DisclosureRecorder } from './disclosures/disclosure-recorder.ts';
import type { Throttle } from './throttle/throttle.ts';

/** What the rules of one realm work with. Everything in it belongs to that realm, or to none; nothing of it belongs to a request. */
export interface DomainContext {
  readonly realm: Realm;
  readonly issuer: string;
  readonly config: Config;
  readonly storage: Storage;
  readonly rows: RealmStorage;
  readonly throttle: Throttle;
  readonly mailer: Outbox;
  readonly disclosures: DisclosureRecorder;
  readonly events: EventLog;
}

/**
 * Runs `work` with a context whose rows and mail are of one transaction: all that it writes is kept, or nothing of it is, and mail leaves
 * afterwards. What {@link Storage.transaction} says of `work` holds here: it must write through nothing else.
 */
export async function inTransaction<Context extends DomainContext, Result>(
  context: Context,
  work: (context: Context) => Promise<Result>,
): Promise<Result> {
  const { realm, mailer } = context;
  const result = await context.storage.transaction((storage) =>
    work({ ...context, storage, rows: storage.realm(realm), mailer: mailer.within(storage.mails) }),
  );
  mailer.deliver();
  return result;
}
