import { hashSecret } from './ids.ts';
import { present } from './present.ts';
import { RealmRepository } from './repository.ts';

/** A sign-in at another login that is under way. What its answer is checked with is made of `state`, which only the browser has. */
export interface UpstreamAttempt {
  /** What it is for, and where it goes on, such as an interaction. A place has one at a time. */
  place: string;
  /** What came by a form: who Apple says somebody is beside the signed part, or what the platform's own website has signed. */
  posted?: string;
  expired: boolean;
}

export interface NewUpstreamAttempt {
  place: string;
  state: string;
  upstream: string;
  /** Of the browser that it began in, and ends in. */
  browserHash: string;
}

/** The sign-ins at other logins that are under way in one realm. */
export class UpstreamAttemptRepository extends RealmRepository {
  /** Begins one, and ends the one before it in the same place. */
  async begin({ place, state, upstream, browserHash }: NewUpstreamAttempt, lifetimeMs: number): Promise<void> {
    const values = {
      state_hash: hashSecret(state),
      browser_hash: browserHash,
      upstream,
      place,
      posted_name: null,
      expires_at: Date.now() + lifetimeMs,
    };
    await this.db
      .insertInto('upstream_attempts')
      .values({ realm: this.realm, place_hash: hashSecret(place), ...values })
      .onConflict((conflict) => conflict.columns(['realm', 'place_hash']).doUpdateSet(values))
      .execute();
  }

  /** Keeps what came by a form, for the request that follows: the form comes from another site, so that the browser sends no cookie with it. */
  async notePosted({ state, upstream }: Pick<NewUpstreamAttempt, 'state' | 'upstream'>, what: string): Promise<void> {
    await this.db
      .updateTable('upstream_attempts')
      .set({ posted_name: what })
      .where('realm', '=', this.realm)
      .where('state_hash', '=', hashSecret(state))
      .where('upstream', '=', upstream)
      .execute();
  }

  /** What one is for, which does not end it. */
  async placeOf({ state, upstream, browserHash }: Omit<NewUpstreamAttempt, 'place'>): Promise<string | undefined> {
    const row = await this.db
      .selectFrom('upstream_attempts')
      .select('place')
      .where('realm', '=', this.realm)
      .where('state_hash', '=', hashSecret(state))
      .where('upstream', '=', upstream)
      .where('browser_hash', '=', browserHash)
      .executeTakeFirst();
    return row?.place;
  }

  /** Ends one, so that its answer counts once. @returns undefined when there is none of this browser and upstream */
  async take({
    state,
    upstream,
    browserHash,
  }: Omit<NewUpstreamAttempt, 'place'>): Promise<UpstreamAttempt | undefined> {
    const row = await this.db
      .deleteFrom('upstream_attempts')
      .where('realm', '=', this.realm)
      .where('state_hash', '=', hashSecret(state))
      .where('upstream', '=', upstream)
      .where('browser_hash', '=', browserHash)
      .returning(['place', 'posted_name', 'expires_at'])
      .executeTakeFirst();
    return (
      row &&
      present<UpstreamAttempt>({
        place: row.place,
        posted: row.posted_name,
        expired: Number(row.expires_at) <= Date.now(),
      })
    );
  }
}
