import { LANGUAGES } from '@signup-with-platform/messages';
import { languagesLacking } from '../../process/settings/own-fields.ts';
import type { Config } from '../config.ts';
import type { DataKeys } from '../data-key/data-keys.ts';
import { openDataKeys } from '../data-key/open-data-keys.ts';
import { Directory } from '../directory/directory.ts';
import { PASSWORD_KEY } from '../domain/accounts/find-by-password.ts';
import { shareProcessors } from '../domain/accounts/hash-queue.ts';
import { yieldToRequests } from '../domain/accounts/hash-threads.ts';
import { KeyUses } from '../domain/apps/key-uses.ts';
import { BreachedPasswords } from '../domain/breaches/breached-passwords.ts';
import { FieldCatalogue } from '../domain/claims/catalogue.ts';
import { CODE_KEY } from '../domain/codes/code-text.ts';
import { DisclosureRecorder } from '../domain/disclosures/disclosure-recorder.ts';
import { Throttle } from '../domain/throttle/throttle.ts';
import { EventLog } from '../events/event-log.ts';
import { CsrfTokens } from '../http/csrf.ts';
import type { Log } from '../log.ts';
import { logoImages, mailStyleOf } from '../mail/render-mail.ts';
import { MailLimits } from '../outbox/mail-limits.ts';
import { Mailer } from '../outbox/mailer.ts';
import type { Database } from '../storage/database.ts';
import { createStorage, type Storage } from '../storage/index.ts';

/** The objects that both realms and the APIs share. */
export interface Services {
  readonly config: Config;
  readonly fields: FieldCatalogue;
  readonly storage: Storage;
  readonly mailer: Mailer;
  readonly throttle: Throttle;
  readonly csrf: CsrfTokens;
  readonly disclosures: DisclosureRecorder;
  readonly events: EventLog;
  readonly breaches: BreachedPasswords;
  readonly dataKeys: DataKeys;
  readonly liveDirectory: Directory | undefined;
  readonly keyUses: KeyUses;
  readonly passwordKey: string;
  readonly codeKey: string;
}

export async function createServices(config: Config, database: Database, log: Log): Promise<Services> {
  const storage = createStorage(database);
  await yieldToRequests();
  shareProcessors(config.workers);
  return {
    config,
    fields: catalogueOrWarn(config, log),
    storage,
    mailer: new Mailer({
      storage,
      limits: new MailLimits(database.pool, config.mailPerAppDaily),
      smtpUrl: config.smtpUrl,
      from: config.mailFrom,
      ...mailStyleOf(config),
      images: logoImages(config.brand),
      log,
    }),
    throttle: new Throttle(database.pool),
    csrf: new CsrfTokens(await storage.secrets.ensure('csrf')),
    disclosures: new DisclosureRecorder(storage.disclosures, log),
    events: new EventLog({ appEvents: storage.appEvents, log }),
    breaches: new BreachedPasswords(config.breachedPasswords, log),
    dataKeys: openOrWarn(config, log),
    liveDirectory: config.liveDirectory && new Directory(config.liveDirectory, { log }),
    keyUses: new KeyUses(storage.apiKeys, log),
    passwordKey: await storage.secrets.ensure(PASSWORD_KEY),
    codeKey: await storage.secrets.ensure(CODE_KEY),
  };
}

function openOrWarn(config: Config, log: Log): DataKeys {
  const dataKeys = openDataKeys(config);
  if (!dataKeys.isAvailable)
    log.warn({ setting: 'DATA_KEY' }, 'without DATA_KEY, nobody can set up two-step verification or a webhook');
  return dataKeys;
}

/** Where a language has no words for a field, people read the English ones, which the operator should know. */
function catalogueOrWarn({ ownFields }: Config, log: Log): FieldCatalogue {
  const tags = LANGUAGES.map(({ tag }) => tag);
  for (const field of ownFields) {
    const languages = languagesLacking(field, tags);
    if (languages.length > 0)
      log.warn({ setting: 'OWN_FIELDS', field: field.name, languages }, 'an own field has no label in some languages');
  }
  return new FieldCatalogue(ownFields);
}
