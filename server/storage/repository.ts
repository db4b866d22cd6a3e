import type { Realm } from '@signup-with-platform/protocol';
import type { Kysely } from 'kysely';
import type { Tables } from './tables.ts';

/** One noun's queries. `db` may be a transaction. */
export abstract class Repository {
  protected readonly db: Kysely<Tables>;

  constructor(db: Kysely<Tables>) {
    this.db = db;
  }
}

/** One noun's queries within a realm. Each of them names the realm, so that none reaches another realm's rows. */
export abstract class RealmRepository extends Repository {
  protected readonly realm: Realm;

  constructor(db: Kysely<Tables>, realm: Realm) {
    super(db);
    this.realm = realm;
  }
}

/** One noun's queries within one environment of an app. */
export abstract class EnvironmentRepository extends RealmRepository {
  protected readonly clientId: string;

  constructor(db: Kysely<Tables>, realm: Realm, clientId: string) {
    super(db, realm);
    this.clientId = clientId;
  }
}
