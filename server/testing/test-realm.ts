import { issuerOf, type Realm } from '@signup-with-platform/protocol';
import { readConfig } from '../config.ts';
import { openDataKeys } from '../data-key/open-data-keys.ts';
import { BreachedPasswords } from '../domain/breaches/breached-passwords.ts';
import { FieldCatalogue } from '../domain/claims/catalogue.ts';
import { DisclosureRecorder } from '../domain/disclosures/disclosure-recorder.ts';
import { Throttle } from '../domain/throttle/throttle.ts';
import { EventLog } from '../events/event-log.ts';
import { CsrfTokens } from '../http/csrf.ts';
import { type RealmContext, realmPrefix } from '../http/realm-context.ts';
import { MailLimits } from '../outbox/mail-limits.ts';
import { Mailer } from '../outbox/mailer.ts';
import { type Database, migrate, openDatabase } from '../storage/database.ts';
import { createStorage } from '../storage/index.ts';
import { Upstreams } from '../upstream/upstreams.ts';
import { temporaryDirectory } from './temporary-directory.ts';

export interface TestRealm extends RealmContext {
  readonly database: Database;
  close(): Promise<void>;
}

/** What the handlers of a realm work with, on an empty embedded database and without a mail server. */
export async function openTestRealm(realm: Realm = 'sandbox'): Promise<TestRealm> {
  const config = readConfig({
    DATA_DIR: temporaryDirectory(),
    PUBLIC_URL: 'https://id.example',
    SMTP_URL: 'smtp://mail',
  });
  const database = openDatabase(config);
  await migrate(database.db);
  const storage = createStorage(database);
  const mailer = new Mailer({
    storage,
    limits: new MailLimits(undefined, config.mailPerAppDaily),
    smtpUrl: undefined,
    from: config.mailFrom,
    log: { warn: () => {} },
  });
  const events = new EventLog({ appEvents: storage.appEvents, log: { warn: () => {} } });
  return {
    realm,
    issuer: issuerOf(config.publicUrl, realm),
    prefix: realmPrefix(realm),
    config,
    fields: new FieldCatalogue(config.ownFields),
    storage,
    rows: storage.realm(realm),
    throttle: new Throttle(undefined),
    mailer,
    csrf: new CsrfTokens('key'),
    disclosures: new DisclosureRecorder(storage.disclosures, { warn: () => {} }),
    events,
    breaches: new BreachedPasswords(config.breachedPasswords, { warn: () => {} }),
    dataKeys: openDataKeys(config),
    cookieKey: 'key',
    passwordKey: 'key',
    codeKey: 'key',
    upstreams: Upstreams.NONE,
    database,
    close: async () => {
      await mailer.close();
      await events.close();
      await database.close();
    },
  };
}
