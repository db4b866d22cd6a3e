import type { Realm } from '@signup-with-platform/protocol';
import type { Config } from '../config.ts';
import type { DataKeys } from '../data-key/data-keys.ts';
import type { Directory } from '../directory/directory.ts';
import type { EventLog } from '../events/event-log.ts';
import type { Outbox } from '../outbox/outbox.ts';
import type { RealmStorage, Storage } from '../storage/index.ts';
import type { BreachedPasswords } from './breaches/breached-passwords.ts';
import type { FieldCatalogue } from './claims/catalogue.ts';
import type { DisclosureRecorder } from './disclosures/disclosure-recorder.ts';
import type { Throttle } from './throttle/throttle.ts';

/** The dependencies of one realm's domain rules. All belong to that realm or to both, and none to a request. */
export interface DomainContext {
  readonly realm: Realm;
  readonly issuer: string;
  readonly config: Config;
  /** The fields of this platform. */
  readonly fields: FieldCatalogue;
  readonly storage: Storage;
  readonly rows: RealmStorage;
  readonly throttle: Throttle;
  readonly mailer: Outbox;
  readonly disclosures: DisclosureRecorder;
  readonly events: EventLog;
  readonly breaches: BreachedPasswords;
  /** The operator's own system of people. Production only: the sandbox has test people. */
  readonly directory?: Directory | undefined;
  /** What seals secrets that have to be read again. */
  readonly dataKeys: DataKeys;
  /** Secret key from which the salts of accounts' passwords are derived. */
  readonly passwordKey: string;
  /** Secret key of which the codes are made that are mailed. */
  readonly codeKey: string;
}

/**
 * Runs `work` in a transaction: its context's rows and mails are committed together or not at all, and mail is sent after the commit.
 * As for {@link Storage.transaction}, `work` must write only through the context that it receives.
 */
export async function inTransaction<Context extends DomainContext, Result>(
  context: Context,
  work: (context: Context) => Promise<Result>,
): Promise<Result> {
  const { realm, mailer } = context;
  const result = await context.storage.transaction((storage) =>
    work({ ...context, storage, rows: storage.realm(realm), mailer: mailer.within(storage) }),
  );
  mailer.deliver();
  return result;
}
