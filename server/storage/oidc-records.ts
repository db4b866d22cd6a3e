import type { Realm } from '@signup-with-platform/protocol';
import { type Kysely, type Selectable, type SqlBool, sql } from 'kysely';
import { z } from 'zod';
import { deleteInBatches } from './batches.ts';
import { dateOf, fromJson } from './columns.ts';
import { hashSecret } from './ids.ts';
import { PreparedQuery } from './prepared-query.ts';
import { present } from './present.ts';
import { RealmRepository } from './repository.ts';
import type { OidcRecordRow, Tables } from './tables.ts';

export interface OidcRecord {
  payload: Record<string, unknown>;
  consumedAt?: Date;
  /** Absent in records of earlier versions. */
  createdAt?: Date;
}

/** Names a record by the hash of its identifier, for who does not know the identifier itself. */
export class HashedId {
  readonly hash: string;

  constructor(hash: string) {
    this.hash = hash;
  }
}

function hashOf(id: string | HashedId): string {
  return typeof id === 'string' ? hashSecret(id) : id.hash;
}

/** How a record may be consumed once more: for how long after the first time, and how often. */
export interface Again {
  readonly withinMs: number;
  readonly times: number;
}

/** Models whose records are found by their account. Tokens are found by their grant, and sessions by their handle. */
const MODELS_OF_ACCOUNTS: ReadonlySet<string> = new Set([
  'Interaction',
  'PortalForm',
  'PortalSignIn',
  'SandboxMail',
  'SecondFactorGiven',
  'UnsentMail',
]);

const SESSION = 'Session';

/** Without a session that has ended, because a request that is under way may make the engine save it again, under any identifier. */
function selectRecords(db: Kysely<Tables>, realm: Realm, model: string, isSession: boolean) {
  const records = db.selectFrom('oidc_records').selectAll().where('realm', '=', realm).where('model', '=', model);
  if (!isSession) return records;
  return records.where(({ not, exists, selectFrom }) =>
    not(
      exists(
        selectFrom('sessions')
          .select('sessions.uid')
          .whereRef('sessions.uid', '=', 'oidc_records.uid')
          .whereRef('sessions.realm', '=', 'oidc_records.realm')
          .where('sessions.ended_at', 'is not', null),
      ),
    ),
  );
}

/** Rows, because the engine changes the payloads that it is given. Whether one has expired is for the caller to see. */
const findOf = (isSession: boolean) =>
  new PreparedQuery(
    (db, parameter: (name: 'realm' | 'model' | 'idHash') => string) =>
      selectRecords(db, parameter('realm') as Realm, parameter('model'), isSession).where(
        'id_hash',
        '=',
        parameter('idHash'),
      ),
    (row: Selectable<OidcRecordRow>) => row,
    { keep: false },
  );
const FIND = findOf(false);
const FIND_SESSION = findOf(true);

/**
 * The protocol engine's records: sessions, interactions, codes, tokens. For most of them the identifier is a bearer secret, so only its
 * hash is stored; a record that is found by its identifier gets it back.
 */
export class OidcRecordRepository extends RealmRepository {
  async find(model: string, id: string | HashedId): Promise<OidcRecord | undefined> {
    const find = model === SESSION ? FIND_SESSION : FIND;
    const row = await find.executeTakeFirst(this.db, { realm: this.realm, model, idHash: hashOf(id) });
    if (!row || (row.expires_at !== null && row.expires_at <= Date.now())) return undefined;
    return toRecord(row, typeof id === 'string' ? id : undefined);
  }

  /** Finds a record by the public handle of its session. The record comes without its secret identifier. */
  async findByUid(model: string, uid: string): Promise<OidcRecord | undefined> {
    const row = await this.#select(model).where('uid', '=', uid).executeTakeFirst();
    return row && toRecord(row);
  }

  /** The record's own name in place of its handle. */
  async findIdByUid(model: string, uid: string): Promise<HashedId | undefined> {
    const row = await this.#select(model).where('uid', '=', uid).executeTakeFirst();
    return row && new HashedId(row.id_hash);
  }

  /**
   * Makes a record or replaces it. A record that is consumed or has expired stays so, even if a request that is under way saves it again.
   * @param expiresInSeconds undefined when the record lives until it is deleted
   */
  async save(
    model: string,
    id: string | HashedId,
    payload: Record<string, unknown>,
    expiresInSeconds: number | undefined,
  ): Promise<void> {
    const columns = {
      payload: JSON.stringify(withoutIdentifiers(payload)),
      grant_id: typeof payload['grantId'] === 'string' ? payload['grantId'] : null,
      uid: typeof payload['uid'] === 'string' ? payload['uid'] : null,
      owner_id: MODELS_OF_ACCOUNTS.has(model) ? (accountIn(payload) ?? null) : null,
      expires_at: expiresInSeconds === undefined ? null : Date.now() + expiresInSeconds * 1000,
    };
    await this.db
      .insertInto('oidc_records')
      .values({
        realm: this.realm,
        model,
        id_hash: hashOf(id),
        consumed_at: null,
        created_at: Date.now(),
        ...columns,
      })
      .onConflict((conflict) =>
        conflict
          .columns(['realm', 'model', 'id_hash'])
          .doUpdateSet(columns)
          .where((row) =>
            row.or([row('oidc_records.expires_at', 'is', null), row('oidc_records.expires_at', '>', Date.now())]),
          ),
      )
      .execute();
  }

  /**
   * @param again lets a record be consumed once more, until its time after the first one is over. Default: exactly one of several callers gets
   *   true
   * @returns false when the record was consumed before or does not exist
   */
  async consume(model: string, id: string, again: Again = { withinMs: 0, times: 0 }): Promise<boolean> {
    const now = Date.now();
    // One statement, so that of many at the same moment no more than that many succeed, on each engine.
    const result = await this.db
      .updateTable('oidc_records')
      .set((row) => ({ consumed_at: row.fn.coalesce('consumed_at', row.val(now)), uses: row('uses', '+', 1) }))
      .where('realm', '=', this.realm)
      .where('model', '=', model)
      .where('id_hash', '=', hashSecret(id))
      .where((row) =>
        row.or([
          row('consumed_at', 'is', null),
          row.and([row('consumed_at', '>', now - again.withinMs), row('uses', '<=', again.times)]),
        ]),
      )
      .executeTakeFirst();
    return result.numUpdatedRows > 0n;
  }

  async delete(model: string, id: string): Promise<void> {
    await this.db
      .deleteFrom('oidc_records')
      .where('realm', '=', this.realm)
      .where('model', '=', model)
      .where('id_hash', '=', hashSecret(id))
      .execute();
  }

  async deleteByGrant(model: string, grantId: string): Promise<void> {
    const records = sql<SqlBool>`grant_id = ${grantId} and realm = ${this.realm} and model = ${model}`;
    await deleteInBatches(this.db, 'oidc_records', ['realm', 'model', 'id_hash'], records);
  }

  /** Expired records are not found, whether they have been swept or not. */
  #select(model: string) {
    return selectRecords(this.db, this.realm, model, model === SESSION).where((row) =>
      row.or([row('expires_at', 'is', null), row('expires_at', '>', Date.now())]),
    );
  }
}

/**
 * Leaves out the secrets that payloads repeat: the record's own identifier, and in an interaction the identifier of its session, which
 * nobody reads.
 */
function withoutIdentifiers({ jti: _own, session, ...rest }: Record<string, unknown>): Record<string, unknown> {
  if (typeof session !== 'object' || session === null) return session === undefined ? rest : { ...rest, session };
  const { cookie: _sessions, ...kept } = session as Record<string, unknown>;
  return { ...rest, session: kept };
}

const account = z.object({ accountId: z.string() }).optional().catch(undefined);
const payloadSchema = z.object({
  accountId: z.string().optional().catch(undefined),
  session: account,
  result: z.object({ login: account, signIn: account }).optional().catch(undefined),
  lastSubmission: z.object({ login: account }).optional().catch(undefined),
});

/** Who is signed in where a popup is open: by the latest answer, else by the session that it began with. */
function accountIn(payload: Record<string, unknown>): string | undefined {
  const { accountId, session, result, lastSubmission } = payloadSchema.parse(payload);
  const owner = result?.login ?? result?.signIn ?? session ?? lastSubmission?.login;
  return accountId ?? owner?.accountId;
}

function toRecord(row: Selectable<OidcRecordRow>, id?: string): OidcRecord {
  const payload = fromJson(row.payload);
  return present<OidcRecord>({
    payload: id === undefined ? payload : { ...payload, jti: id },
    consumedAt: dateOf(row.consumed_at),
    createdAt: dateOf(row.created_at),
  });
}
