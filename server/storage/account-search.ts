import { type Selectable, sql } from 'kysely';
import { type Account, toAccount } from './accounts.ts';
import { emailKey } from './email-key.ts';
import { nameKey } from './name-key.ts';
import { present } from './present.ts';
import { RealmRepository } from './repository.ts';
import type { AccountRow, ImportedAccountRow } from './tables.ts';

/** An account with what is known of it from elsewhere. */
export interface FoundAccount {
  account: Account;
  /** The person's id in the system that they came from, or that the operator has given them. */
  externalId?: string;
  /** A phone number that the other system has verified. */
  verifiedPhoneNumber?: string;
}

/** Where a page ended, so that the next one goes on behind it, whether the account is still there or not. */
export interface SearchPlace {
  list: 'created' | 'phone_number' | 'family_name' | 'given_name';
  key: string | number;
  id: string;
}

export interface SearchPage {
  found: FoundAccount[];
  /** Absent on the last page. */
  next?: SearchPlace;
}

interface PageOptions {
  limit: number;
  after?: SearchPlace | undefined;
}

/** What the keys of imported people begin with whom the other system knows by an id. */
const BY_ID = 'id:';
/** Greater than every character of a name. */
const AFTER_ALL = '\u{10FFFF}';
/** What PostgreSQL takes in no text, not even to look for it. */
const hasNul = (text: string) => text.includes('\0');
/** As the index of migration 051 has it: numbers are stored as people group them. */
const DIGITS = sql<string>`replace(replace(phone_number, ' ', ''), '-', '')`;
const NOTHING: SearchPage = { found: [] };
const BEFORE_GIVEN_NAMES: SearchPlace = { list: 'given_name', key: '', id: '' };

/**
 * Finds accounts for the operator: those of no app, test people excepted. So these are all people of production, and in the sandbox those
 * whom the operator has brought; whoever signed up there at an app is that app's. Each page takes as long with ten million accounts as
 * with ten.
 */
export class AccountSearchRepository extends RealmRepository {
  async find(id: string): Promise<FoundAccount | undefined> {
    if (hasNul(id)) return undefined;
    const row = await this.#selectOne().where('accounts.id', '=', id).executeTakeFirst();
    return row && toFound(row);
  }

  /** All accounts, newest first. */
  async list({ limit, after }: PageOptions): Promise<SearchPage> {
    const rows = await this.#selectListed()
      .$if(after !== undefined, (query) =>
        query.where(({ eb, refTuple, tuple }) =>
          eb(refTuple('accounts.created_at', 'accounts.id'), '<', tuple(Number(after?.key), after?.id ?? '')),
        ),
      )
      .orderBy('accounts.created_at', 'desc')
      .orderBy('accounts.id', 'desc')
      .limit(limit + 1)
      .execute();
    return pageOf(rows, limit, 'created', (row) => row.created_at);
  }

  /** Accounts with an address: the one that has verified it first, then the claims to it, oldest first. */
  async findByEmail(email: string, limit: number): Promise<FoundAccount[]> {
    if (hasNul(email)) return [];
    const rows = await this.#selectOne()
      .where('accounts.email_key', '=', emailKey(email))
      .orderBy((order) => order.case().when('accounts.email_verified_at', 'is not', null).then(0).else(1).end())
      .orderBy('accounts.created_at')
      .orderBy('accounts.id')
      .limit(limit)
      .execute();
    return rows.map(toFound);
  }

  async findByExternalId(externalId: string): Promise<FoundAccount | undefined> {
    if (hasNul(externalId)) return undefined;
    const row = await this.#selectOne()
      .where('imported_accounts.realm', '=', this.realm)
      .where('imported_accounts.row_key', '=', BY_ID + externalId)
      .executeTakeFirst();
    return row && toFound(row);
  }

  /** @param phoneNumber with its country code; it is found however either is grouped, and several people may share one */
  async findByPhoneNumber(phoneNumber: string, { limit, after }: PageOptions): Promise<SearchPage> {
    const digits = phoneNumber.replaceAll(/[ -]/g, '');
    if (hasNul(digits)) return NOTHING;
    const rows = await this.#selectListed()
      .where('accounts.phone_number', 'is not', null)
      .where(DIGITS, '=', digits)
      .$if(after !== undefined, (query) => query.where('accounts.id', '>', after?.id ?? ''))
      .orderBy('accounts.id')
      .limit(limit + 1)
      .execute();
    return pageOf(rows, limit, 'phone_number', () => digits);
  }

  /** Accounts whose last name begins so, in the order of the names; then those whose first name does. Case and accents are ignored. */
  async findByName(prefix: string, { limit, after }: PageOptions): Promise<SearchPage> {
    const from = hasNul(prefix) ? null : nameKey(prefix);
    if (from === null) return NOTHING;
    const byFamily = after?.list === 'given_name' ? NOTHING : await this.#findBy('family_name', from, { limit, after });
    if (byFamily.next) return byFamily;
    const rest = limit - byFamily.found.length;
    const given = after?.list === 'given_name' ? after : BEFORE_GIVEN_NAMES;
    if (rest > 0) {
      const byGiven = await this.#findBy('given_name', from, { limit: rest, after: given });
      return { ...byGiven, found: [...byFamily.found, ...byGiven.found] };
    }
    const { found } = await this.#findBy('given_name', from, { limit: 1, after: given });
    return found.length > 0 ? { ...byFamily, next: BEFORE_GIVEN_NAMES } : byFamily;
  }

  async #findBy(list: 'family_name' | 'given_name', from: string, { limit, after }: PageOptions): Promise<SearchPage> {
    const column = `accounts.${list}_key` as const;
    const until = from + AFTER_ALL;
    const rows = await this.#selectListed()
      .where(column, '>=', from)
      .where(column, '<', until)
      .$if(list === 'given_name', (query) =>
        // Those whose last name begins so, too, have been there. As a case, it leads the planner to no other index.
        query.where(
          sql<boolean>`case when family_name_key >= ${from} and family_name_key < ${until} then 0 else 1 end = 1`,
        ),
      )
      .$if(after !== undefined, (query) =>
        query.where(({ eb, refTuple, tuple }) =>
          eb(refTuple(column, 'accounts.id'), '>', tuple(String(after?.key), after?.id ?? '')),
        ),
      )
      .orderBy(column)
      .orderBy('accounts.id')
      .limit(limit + 1)
      .execute();
    return pageOf(rows, limit, list, (row) => row[`${list}_key`] ?? '');
  }

  #select() {
    return this.db
      .selectFrom('accounts')
      .leftJoin('imported_accounts', 'imported_accounts.account_id', 'accounts.id')
      .selectAll('accounts')
      .select(['imported_accounts.row_key', 'imported_accounts.verified_phone_number'])
      .where('accounts.realm', '=', this.realm);
  }

  /** As the indexes of migration 051 have it. */
  #selectListed() {
    return this.#select()
      .where('accounts.sandbox_app_id', 'is', null)
      .where('accounts.persona', 'is', null)
      .where('accounts.expires_at', 'is', null);
  }

  /** The same accounts, in words that lead PostgreSQL to none of these indexes. Without statistics it takes them for better than an address. */
  #selectOne() {
    return this.#select().where(sql`coalesce(sandbox_app_id, persona, cast(expires_at as text))`, 'is', null);
  }
}

type Row = Selectable<AccountRow> & {
  [Column in keyof Pick<ImportedAccountRow, 'row_key' | 'verified_phone_number'>]: string | null;
};

/** @param rows one more than the page has, where there is a next one */
function pageOf(
  rows: readonly Row[],
  limit: number,
  list: SearchPlace['list'],
  keyOf: (row: Row) => SearchPlace['key'],
): SearchPage {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const found = shown.map(toFound);
  return last && rows.length > limit ? { found, next: { list, key: keyOf(last), id: last.id } } : { found };
}

function toFound(row: Row): FoundAccount {
  return present<FoundAccount>({
    account: toAccount(row),
    // What has no id in the other system is known by its address there.
    externalId: row.row_key?.startsWith(BY_ID) ? row.row_key.slice(BY_ID.length) : undefined,
    verifiedPhoneNumber: row.verified_phone_number,
  });
}
