import type { Realm } from '@signup-with-platform/protocol';
import { issuerOf } from '@signup-with-platform/protocol';
import type { DisclosureRecorder } from './accounts/disclosure-recorder.ts';
import type { Throttle } from './accounts/throttle.ts';
import type { Config } from './config.ts';
import type { EventLog } from './events/event-log.ts';
import type { CsrfTokens } from './http/csrf.ts';
import type { Mailer } from './mail/mailer.ts';
import type { RealmStorage, Storage } from './storage/index.ts';

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
  readonly mailer: Mailer;
  readonly csrf: CsrfTokens;
  readonly disclosures: DisclosureRecorder;
  readonly events: EventLog;
  readonly cookieKey: string;
}

export function realmPrefix(realm: Realm): string {
  return new URL(issuerOf('http://localhost', realm)).pathname.replace(/\/$/, '');
}
