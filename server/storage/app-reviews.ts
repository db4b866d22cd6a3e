import { hash } from 'node:crypto';
import type { Environment } from '@signup-with-platform/protocol';
import type { Kysely, Updateable } from 'kysely';
import { lockApp } from './app-members.ts';
import { standingOf } from './app-standing.ts';
import { dateOf, fromJson } from './columns.ts';
import { deleteUnusedLogos } from './pictures.ts';
import { present } from './present.ts';
import { Repository } from './repository.ts';
import type { AppRow, DomainProof, RequestedChanges, ReviewState, Tables } from './tables.ts';
import { transaction } from './transaction.ts';
import { noteAppEvent } from './webhook-events.ts';

/** What the operator calls the state of an app as a whole. The first that holds. */
export const APP_STATUSES = ['suspended', 'disabled', 'pending', 'declined', 'approved'] as const;
export type AppStatus = (typeof APP_STATUSES)[number];

/** An app as its operator judges it. */
export interface ReviewedApp {
  id: string;
  name: string;
  status: AppStatus;
  createdAt: Date;
  suspensionReason?: string;
  logoUri?: string;
  homePageUri?: string;
  privacyPolicyUri?: string;
  termsUri?: string;
  /** Of the operator's own fields that need it, those that the operator has approved. */
  approvedFields?: string[];
  /** What it asks for, and why the operator has refused it. */
  requested?: RequestedChanges;
  refusal?: string;
  /** When what waits for the operator was changed after it was asked for. */
  changedInReviewAt?: Date;
  environments: ReviewedEnvironment[];
  /** Changes with everything that the operator judges. */
  revision: string;
}

export interface ReviewedEnvironment {
  environment: Environment;
  clientId: string;
  review: ReviewState;
  reason?: string;
  reviewedAt?: Date;
  origins: string[];
  redirectUris: string[];
  postLogoutRedirectUris: string[];
  domains: DomainProof[];
}

/** What the operator says about apps: approved, declined, suspended. */
export class AppReviewRepository extends Repository {
  /** @param appId default: all, the newest first */
  async list(appId?: string): Promise<ReviewedApp[]> {
    let apps = this.db
      .selectFrom('apps')
      .selectAll()
      .where('deleted_at', 'is', null)
      .orderBy('created_at', 'desc')
      .orderBy('id');
    if (appId !== undefined) apps = apps.where('id', '=', appId);
    let environments = this.db.selectFrom('environments').selectAll().orderBy('created_at').orderBy('client_id');
    if (appId !== undefined) environments = environments.where('app_id', '=', appId);
    const byApp = Map.groupBy(await environments.execute(), (row) => row.app_id);
    return (await apps.execute()).map((app) => {
      const own = byApp.get(app.id) ?? [];
      const isWaiting = app.requested_changes !== null && app.name_refusal === null;
      const standings = [...own, { review: null }].map(({ review }) => standingOf({ ...app, review }));
      const status = APP_STATUSES.find(
        (one) => standings.some((standing) => standing === one) || (one === 'pending' && isWaiting),
      );
      const reviewed = present<Omit<ReviewedApp, 'revision'>>({
        id: app.id,
        name: app.name,
        status: status ?? 'approved',
        createdAt: new Date(app.created_at),
        suspensionReason: app.suspension_reason,
        logoUri: app.logo_uri,
        homePageUri: app.home_page_uri,
        privacyPolicyUri: app.privacy_policy_uri,
        termsUri: app.terms_uri,
        requested: fromJson(app.requested_changes),
        refusal: app.name_refusal,
        approvedFields: fromJson(app.approved_fields),
        changedInReviewAt: dateOf(app.changed_in_review_at),
        environments: own.map((row) =>
          present<ReviewedEnvironment>({
            environment: row.environment,
            clientId: row.client_id,
            review: row.review ?? 'approved',
            reason: row.review_reason,
            reviewedAt: row.reviewed_at === null ? null : new Date(row.reviewed_at),
            origins: fromJson(row.origins),
            redirectUris: fromJson(row.redirect_uris),
            postLogoutRedirectUris: fromJson(row.post_logout_redirect_uris) ?? [],
            domains: fromJson(row.domains) ?? [],
          }),
        ),
      });
      return { ...reviewed, revision: revisionOf(reviewed) };
    });
  }

  /**
   * Writes what the operator says of an environment, or that its vendor asks for it (`pending`).
   * @param from the states in which this may be said
   * @returns false when the environment is in another state
   */
  async setReview(
    clientId: string,
    review: ReviewState,
    from: readonly ReviewState[],
    reason: string | null = null,
  ): Promise<boolean> {
    const now = Date.now();
    const result = await this.db
      .updateTable('environments')
      .set({ review, review_reason: reason, reviewed_at: now, updated_at: now })
      .where('client_id', '=', clientId)
      .where('review', 'in', [...from])
      .executeTakeFirst();
    if (result.numUpdatedRows === 0n) return false;
    // Only the operator has seen what there is. Whoever asks again has not made anybody look.
    if (review === 'pending') return true;
    const ofApp = this.db.selectFrom('environments').select('app_id').where('client_id', '=', clientId);
    await this.db.updateTable('apps').set({ changed_in_review_at: null }).where('id', 'in', ofApp).execute();
    return true;
  }

  /** @param reason undefined ends the suspension */
  async setSuspended(appId: string, reason: string | undefined): Promise<void> {
    await transaction(this.db, async (trx) => {
      await this.#setSuspended(trx, appId, reason);
      if (reason !== undefined) await noteAppEvent(trx, { appId }, { type: 'app.suspended' });
    });
  }

  async #setSuspended(db: Kysely<Tables>, appId: string, reason: string | undefined): Promise<void> {
    const now = Date.now();
    await db
      .updateTable('apps')
      .set({
        suspended_at: reason === undefined ? null : now,
        suspension_reason: reason ?? null,
        ...(reason !== undefined && { stopped_at: now }),
        updated_at: now,
      })
      .where('id', '=', appId)
      .execute();
  }

  /**
   * Makes the rest of a transaction wait for whoever decides about the app, or changes what is decided about; and the other way round. What is
   * read after it is what holds.
   */
  lock(appId: string): Promise<void> {
    return lockApp(this.db, appId);
  }

  /** Notes that what the operator is to judge is not what was shown when the review was asked for. */
  async noteChange(appId: string): Promise<void> {
    await this.#set(appId, { changed_in_review_at: Date.now() });
  }

  /** Asks for changes in place of those that were asked for. @param changes undefined when it asks for none any more */
  async requestChanges(appId: string, changes: RequestedChanges | undefined): Promise<void> {
    const before = await this.db
      .selectFrom('apps')
      .select(['requested_changes', 'name_refusal', 'changed_in_review_at'])
      .where('id', '=', appId)
      .executeTakeFirst();
    // Also what is withdrawn, because the operator may have looked at it and at nothing that follows.
    const wasWaiting = before?.requested_changes !== null && before?.name_refusal === null;
    await this.#set(appId, {
      requested_changes: changes ? JSON.stringify(changes) : null,
      name_refusal: null,
      changed_in_review_at: wasWaiting ? Date.now() : (before?.changed_in_review_at ?? null),
    });
  }

  /** Makes the changes that were asked for. */
  async approveChanges(appId: string, { name, logoUri, ...pages }: RequestedChanges): Promise<void> {
    await this.#set(appId, {
      ...(name !== undefined && { name }),
      ...(logoUri !== undefined && { logo_uri: logoUri }),
      ...(pages.homePageUri !== undefined && { home_page_uri: pages.homePageUri }),
      ...(pages.privacyPolicyUri !== undefined && { privacy_policy_uri: pages.privacyPolicyUri }),
      ...(pages.termsUri !== undefined && { terms_uri: pages.termsUri }),
      requested_changes: null,
      name_refusal: null,
      changed_in_review_at: null,
    });
    await deleteUnusedLogos(this.db, appId);
  }

  /** The request stays to be seen, until the owner asks for something else. */
  async refuseChanges(appId: string, reason: string): Promise<void> {
    await this.#set(appId, { name_refusal: reason, changed_in_review_at: null });
  }

  async #set(appId: string, columns: Updateable<AppRow>): Promise<void> {
    await this.db
      .updateTable('apps')
      .set({ ...columns, updated_at: Date.now() })
      .where('id', '=', appId)
      .execute();
  }
}

const REVISION_LENGTH = 12;

/** Of what people see, what is asked for, and where an app is used. */
function revisionOf({
  name,
  logoUri,
  homePageUri,
  privacyPolicyUri,
  termsUri,
  requested,
  refusal,
  environments,
}: Judged): string {
  const addresses = environments.map(({ clientId, origins, redirectUris, postLogoutRedirectUris: after }) =>
    // An app without such addresses has the revision that it had before there were any.
    after.length > 0 ? [clientId, origins, redirectUris, after] : [clientId, origins, redirectUris],
  );
  const shown = [name, logoUri, homePageUri, privacyPolicyUri, termsUri];
  const text = JSON.stringify([shown, requested && Object.entries(requested).sort(), refusal, addresses]);
  return hash('sha256', text).slice(0, REVISION_LENGTH);
}
type Judged = Omit<ReviewedApp, 'revision'>;
