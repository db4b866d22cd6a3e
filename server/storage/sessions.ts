import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Realm } from '@signup-with-platform/protocol';
import { type Kysely, PostgresAdapter, type SelectQueryBuilder, type SqlBool, sql } from 'kysely';
import { BATCH_ROWS } from './batches.ts';
import { containing } from './containing.ts';
import { hashSecret } from './ids.ts';
import { present } from './present.ts';
import { RealmRepository } from './repository.ts';
import { noteSessionClient, queueLogouts } from './session-clients.ts';
import type { Tables } from './tables.ts';
import { transaction } from './transaction.ts';

/** A place where an account is signed in. */
export interface SignedInSession {
  /** The public handle of the session; not a secret. */
  uid: string;
  userAgent?: string;
  address?: string;
  createdAt: Date;
  lastSeenAt: Date;
}

/** Where a request came from. */
export interface Device {
  userAgent?: string | undefined;
  address?: string | undefined;
  /** How the account knows the browser, see known-browsers.ts. */
  browserHash?: string | undefined;
  /** Where somebody has just signed in by another login. */
  upstream?: SessionThere | undefined;
}

/** A session at another login, as hashes. */
export interface SessionThere {
  /** Whose it is. */
  subjectHash: string;
  /** Which one; undefined where the login says none. */
  sessionHash?: string | undefined;
}

/** How often a session's last use is recorded at most, because each record is a write. */
const SEEN_INTERVAL_MS = 5 * 60 * 1000;
const MAX_USER_AGENT_LENGTH = 512;
/** The latest sessions are listed; nobody recognises more devices than this. */
const MAX_LISTED = 50;
const NEW_SESSION_COLUMNS = [
  'uid',
  'realm',
  'account_id',
  'user_agent',
  'address',
  'browser_hash',
  'upstream_subject_hash',
  'upstream_session_hash',
  'created_at',
  'last_seen_at',
  'ended_at',
] as const;
const MODEL = 'Session';
/** An open popup, or a sign-in at the account pages. It may contain a sign-in that has not become a session yet. */
const UNDER_WAY_MODELS = ['Interaction', 'PortalSignIn'];

/** Where the accounts of one realm are signed in. The sessions themselves are records of the protocol engine. */
export class SessionRepository extends RealmRepository {
  /**
   * Records that a session is in use; the first time with its device.
   * @param signOutCount the account's when its person was proven, for a session that begins: if everything has been ended since, so is this one
   */
  async seen(
    uid: string,
    accountId: string,
    { userAgent, address, browserHash, upstream }: Device,
    signOutCount?: number,
  ): Promise<void> {
    const now = Date.now();
    const there = upstream && {
      upstream_subject_hash: upstream.subjectHash,
      upstream_session_hash: upstream.sessionHash ?? null,
    };
    await this.db
      .insertInto('sessions')
      .columns(NEW_SESSION_COLUMNS)
      .expression(({ selectFrom, val }) =>
        selectFrom('accounts')
          .select([
            val(uid).as('uid'),
            'accounts.realm',
            'accounts.id',
            val(userAgent?.slice(0, MAX_USER_AGENT_LENGTH) ?? null).as('user_agent'),
            val(address ?? null).as('address'),
            val(browserHash ?? null).as('browser_hash'),
            val(upstream?.subjectHash ?? null).as('upstream_subject_hash'),
            val(upstream?.sessionHash ?? null).as('upstream_session_hash'),
            sql<number>`cast(${now} as bigint)`.as('created_at'),
            sql<number>`cast(${now} as bigint)`.as('last_seen_at'),
            endedAt(signOutCount, now).as('ended_at'),
          ])
          .where('accounts.realm', '=', this.realm)
          .where('accounts.id', '=', accountId)
          // Against endAll() at the same moment: either it finds this session, or this statement sees the count that it has set.
          .$if(this.db.getExecutor().adapter instanceof PostgresAdapter, (account) => account.forShare()),
      )
      .onConflict((conflict) =>
        conflict
          .column('uid')
          .doUpdateSet({
            last_seen_at: now,
            account_id: accountId,
            ...(browserHash !== undefined && { browser_hash: browserHash }),
            ...there,
          })
          .where('sessions.ended_at', 'is', null)
          .where((row) =>
            row.or([
              row('sessions.last_seen_at', '<', now - SEEN_INTERVAL_MS),
              row('sessions.account_id', '!=', accountId),
              // Rare enough to be written whenever it comes.
              ...(there ? [row('sessions.ended_at', 'is', null)] : []),
            ]),
          ),
      )
      .execute();
  }

  /**
   * Notes that a client has received tokens in a session, so that it is told when the session ends; at once if that has happened meanwhile.
   * @param user as the vendor knows them
   */
  async noteClient(uid: string, user: { clientId: string; userId: string }): Promise<void> {
    await transaction(this.db, (trx) => noteSessionClient(trx, this.realm, uid, user));
  }

  /** Tells the clients of a session as if it had ended, because they get nothing more in it. */
  async endAtClients(uid: string): Promise<void> {
    await transaction(this.db, (trx) => queueLogouts(trx, this.realm, [{ uid }]));
  }

  /** Sessions that are still alive, latest first, and how many there are. @param limit default {@link MAX_LISTED} */
  async list(accountId: string, limit = MAX_LISTED): Promise<{ sessions: SignedInSession[]; total: number }> {
    const now = Date.now();
    const alive = this.db
      .selectFrom('sessions')
      .where('realm', '=', this.realm)
      .where('account_id', '=', accountId)
      .where('ended_at', 'is', null)
      // By a comparison, because SQLite would make a join of `exists`, and begin it with the records of all people.
      .where(
        ({ selectFrom }) =>
          selectFrom('oidc_records')
            .select((record) => record.fn.countAll<number>().as('count'))
            .whereRef('oidc_records.uid', '=', 'sessions.uid')
            .whereRef('oidc_records.realm', '=', 'sessions.realm')
            .where('oidc_records.model', '=', MODEL)
            .where('oidc_records.expires_at', '>', now),
        '>',
        0,
      );
    const rows = await alive
      .select(['uid', 'user_agent', 'address', 'created_at', 'last_seen_at'])
      .orderBy('last_seen_at', 'desc')
      .orderBy('uid')
      .limit(limit)
      .execute();
    const isAll = rows.length < limit;
    const counted = isAll ? undefined : await alive.select(({ fn }) => fn.countAll().as('count')).executeTakeFirst();
    return { sessions: rows.map(toSession), total: isAll ? rows.length : Number(counted?.count ?? rows.length) };
  }

  /** Finds a session, even one that {@link list} leaves out. */
  async find(accountId: string, uid: string): Promise<SignedInSession | undefined> {
    const row = await this.db
      .selectFrom('sessions')
      .select(['uid', 'user_agent', 'address', 'created_at', 'last_seen_at'])
      .where('realm', '=', this.realm)
      .where('account_id', '=', accountId)
      .where('uid', '=', uid)
      .where('ended_at', 'is', null)
      .executeTakeFirst();
    return row && toSession(row);
  }

  /** Ends a session. A request that is under way cannot bring it back. @returns false when the account has no such session */
  async end(accountId: string, uid: string): Promise<boolean> {
    const only: Only = (sessions) => sessions.where('account_id', '=', accountId).where('uid', '=', uid);
    return (await this.#end(only)).length > 0;
  }

  /** Ends those in one browser. @returns how many */
  async endInBrowser(accountId: string, browserHash: string): Promise<number> {
    const only: Only = (sessions) =>
      sessions.where('account_id', '=', accountId).where('browser_hash', '=', browserHash);
    return (await this.#end(only)).length;
  }

  /** Ends those that began by a session at another login, or by any of somebody's there. @returns each with its account */
  endByUpstream({ subjectHash, sessionHash }: Partial<SessionThere>): Promise<EndedHere[]> {
    if (subjectHash === undefined && sessionHash === undefined) throw new Error('nothing says what ended');
    return this.#end((sessions) =>
      sessions
        .$if(subjectHash !== undefined, (some) => some.where('upstream_subject_hash', '=', subjectHash ?? ''))
        .$if(sessionHash !== undefined, (some) => some.where('upstream_session_hash', '=', sessionHash ?? '')),
    );
  }

  /**
   * Ends all sessions except `exceptUid`, and the open popups in which the account is signed in, because they could go on later. So could
   * a sign-in at the account pages that has not come to its end.
   * @param exceptPopup identifier of the popup, or of that sign-in, that ends them and goes on
   * @returns how many sessions were ended
   */
  async endAll(accountId: string, exceptUid?: string, exceptPopup?: string): Promise<number> {
    await this.#voidProofs(accountId);
    await this.#endPopups(accountId, exceptUid, exceptPopup);
    const ended = await this.#end((sessions) => {
      const all = sessions.where('account_id', '=', accountId);
      return exceptUid === undefined ? all : all.where('uid', '!=', exceptUid);
    });
    return ended.length;
  }

  /** Whoever has proven to be the person, and is not signed in yet, has to do so again. */
  async #voidProofs(accountId: string): Promise<void> {
    await this.db
      .updateTable('accounts')
      .set(({ eb }) => ({ sign_out_count: eb('sign_out_count', '+', 1) }))
      .where('realm', '=', this.realm)
      .where('id', '=', accountId)
      .execute();
  }

  /** They expire instead of being deleted, because a request that is under way could save a deleted one again. */
  async #endPopups(accountId: string, exceptUid?: string, exceptPopup?: string): Promise<void> {
    const now = Date.now();
    let popups = this.db
      .updateTable('oidc_records')
      .set({ payload: '{}', expires_at: now - 1, owner_id: null })
      .where('owner_id', '=', accountId)
      .where('realm', '=', this.realm)
      .where('model', 'in', UNDER_WAY_MODELS);
    if (exceptUid !== undefined) popups = popups.where('payload', 'not like', containing(`"${exceptUid}"`));
    if (exceptPopup !== undefined) popups = popups.where('id_hash', '!=', hashSecret(exceptPopup));
    await popups.execute();
  }

  /** `ended_at` decides whether a session is alive, because requests that are under way may save the records again. */
  async #end(only: Only): Promise<EndedHere[]> {
    const all: EndedHere[] = [];
    for (; ; await nextTurn()) {
      const ended = await transaction(this.db, (trx) => this.#endBatch(trx, only));
      all.push(...ended);
      if (ended.length < BATCH_ROWS) return all;
    }
  }

  /** One transaction, so that each vendor's backend is told of exactly the sessions that ended. */
  async #endBatch(trx: Kysely<Tables>, only: Only): Promise<EndedHere[]> {
    const now = Date.now();
    const alive = only(
      trx.selectFrom('sessions').select('uid').where('realm', '=', this.realm).where('ended_at', 'is', null),
    );
    const ended = await trx
      .updateTable('sessions')
      .set({
        ...{ ended_at: now, last_seen_at: now, user_agent: null, address: null },
        ...{ upstream_subject_hash: null, upstream_session_hash: null },
      })
      .where('uid', 'in', alive.limit(BATCH_ROWS))
      // Another process may have been faster. The plus keeps the planner from finding rows by this, instead of by the few handles.
      .where(sql<SqlBool>`+ended_at is null`)
      .returning(['uid', 'account_id'])
      .execute();
    await deleteRecordsOfSessions(trx, this.realm, ended);
    await queueLogouts(trx, this.realm, ended);
    return ended.map(({ uid, account_id: accountId }) => ({ uid, accountId }));
  }
}

/** A session that has been ended. */
export interface EndedHere {
  uid: string;
  accountId: string;
}

function endedAt(signOutCount: number | undefined, now: number) {
  return signOutCount === undefined
    ? sql<number | null>`cast(null as bigint)`
    : sql<number | null>`case when sign_out_count = ${signOutCount} then null else cast(${now} as bigint) end`;
}

type AliveSessions = SelectQueryBuilder<Tables, 'sessions', { uid: string }>;
type Only = (sessions: AliveSessions) => AliveSessions;

/** @param sessions at most {@link BATCH_ROWS} */
export async function deleteRecordsOfSessions(
  db: Kysely<Tables>,
  realm: Realm,
  sessions: readonly { uid: string }[],
): Promise<void> {
  if (sessions.length === 0) return;
  const uids = sessions.map(({ uid }) => uid);
  await db
    .deleteFrom('oidc_records')
    .where('uid', 'in', uids)
    .where('realm', '=', realm)
    .where('model', '=', MODEL)
    .execute();
}

function toSession(
  row: Pick<Tables['sessions'], 'uid' | 'user_agent' | 'address' | 'created_at' | 'last_seen_at'>,
): SignedInSession {
  return present<SignedInSession>({
    uid: row.uid,
    userAgent: row.user_agent,
    address: row.address,
    createdAt: new Date(row.created_at),
    lastSeenAt: new Date(row.last_seen_at),
  });
}
