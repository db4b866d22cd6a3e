import type { Realm } from '@signup-with-platform/protocol';
import { type Kysely, sql } from 'kysely';
import type { Tables } from './tables.ts';

const ROWS_A_STATEMENT = 500;

/**
 * What somebody leaves who has used an account, by whatever way they came in. A session is gone when it has ended for long; the browser in which it
 * began is known for a year. Whoever works on an app is needed there, even if a row has given them the role.
 */
const TRACES = ['sessions', 'known_browsers', 'app_members'] as const;
/** What a row can bring, too: a trace is what was added later, or is in use. */
const BROUGHT = [
  ['users', 'first_credential_at'],
  ['passkeys', 'last_used_at'],
] as const;

/**
 * Accounts that an import has created and nobody has used since: nobody has signed in or chosen a password, no app has received anything of them,
 * nothing was added, and no later import has changed them.
 */
function unused(db: Kysely<Tables>, realm: Realm, importId: string) {
  const one = sql<number>`1`.as('one');
  return db
    .selectFrom('imported_accounts')
    .innerJoin('accounts', 'accounts.id', 'imported_accounts.account_id')
    .where('imported_accounts.realm', '=', realm)
    .where('created_by', '=', importId)
    .where(({ eb, or }) => or([eb('updated_by', 'is', null), eb('updated_by', '=', importId)]))
    .where('accounts.password_hash', 'is', null)
    .where(({ and, not, exists, selectFrom }) =>
      and(
        TRACES.map((table) =>
          not(exists(selectFrom(table).select(one).whereRef(`${table}.account_id`, '=', 'accounts.id'))),
        ),
      ),
    )
    .where(({ and, not, exists, selectFrom }) =>
      and(
        BROUGHT.map(([table, use]) =>
          not(
            exists(
              selectFrom(table as 'users')
                .select(one)
                .whereRef(`${table as 'users'}.account_id`, '=', 'accounts.id')
                .where(({ eb, or, fn, ref }) =>
                  or([
                    eb(`${table as 'users'}.${use as 'first_credential_at'}`, 'is not', null),
                    eb(
                      `${table as 'users'}.created_at`,
                      '>',
                      fn.coalesce(ref('imported_accounts.brought_at'), sql<number>`0`),
                    ),
                  ]),
                ),
            ),
          ),
        ),
      ),
    )
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('authenticators')
            .select(one)
            .whereRef('authenticators.account_id', '=', 'accounts.id')
            .where(({ eb, or }) => or([eb('last_step', 'is not', null), eb('state', '=', 'pending')])),
        ),
      ),
    )
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('identities')
            .select(one)
            .whereRef('identities.account_id', '=', 'accounts.id')
            .whereRef('identities.last_used_at', '>', 'identities.created_at'),
        ),
      ),
    );
}

export async function countUnused(db: Kysely<Tables>, realm: Realm, importId: string): Promise<number> {
  const { count } = await unused(db, realm, importId)
    .select(({ fn }) => fn.countAll().as('count'))
    .executeTakeFirstOrThrow();
  return Number(count);
}

/** @returns how many it deleted: none when all are gone */
export async function deleteUnused(db: Kysely<Tables>, realm: Realm, importId: string): Promise<number> {
  const { numDeletedRows } = await db
    .deleteFrom('accounts')
    .where('realm', '=', realm)
    .where('id', 'in', unused(db, realm, importId).select('imported_accounts.account_id').limit(ROWS_A_STATEMENT))
    .executeTakeFirst();
  return Number(numDeletedRows);
}
