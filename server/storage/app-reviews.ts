import type { Environment } from '@signup-with-platform/protocol';
import { standingOf } from './app-standing.ts';
import { fromJson } from './columns.ts';
import { present } from './present.ts';
import { Repository } from './repository.ts';
import type { DomainProof, ReviewState } from './tables.ts';

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
  /** The name that it asks for, and why the operator has refused it. */
  requestedName?: string;
  nameRefusal?: string;
  environments: ReviewedEnvironment[];
}

export interface ReviewedEnvironment {
  environment: Environment;
  clientId: string;
  review: ReviewState;
  reason?: string;
  reviewedAt?: Date;
  origins: string[];
  redirectUris: string[];
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
      const isNameWaiting = app.requested_name !== null && app.name_refusal === null;
      const standings = [...own, { review: null }].map(({ review }) => standingOf({ ...app, review }));
      const status = APP_STATUSES.find(
        (one) => standings.some((standing) => standing === one) || (one === 'pending' && isNameWaiting),
      );
      return present<ReviewedApp>({
        id: app.id,
        name: app.name,
        status: status ?? 'approved',
        createdAt: new Date(app.created_at),
        suspensionReason: app.suspension_reason,
        requestedName: app.requested_name,
        nameRefusal: app.name_refusal,
        environments: own.map((row) =>
          present<ReviewedEnvironment>({
            environment: row.environment,
            clientId: row.client_id,
            review: row.review ?? 'approved',
            reason: row.review_reason,
            reviewedAt: row.reviewed_at === null ? null : new Date(row.reviewed_at),
            origins: fromJson(row.origins),
            redirectUris: fromJson(row.redirect_uris),
            domains: fromJson(row.domains) ?? [],
          }),
        ),
      });
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
    return result.numUpdatedRows > 0n;
  }

  /** @param reason undefined ends the suspension */
  async setSuspended(appId: string, reason: string | undefined): Promise<void> {
    const now = Date.now();
    await this.db
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

  /** The name that an app is to have once it is approved. @param name undefined when it asks for none any more */
  async requestName(appId: string, name: string | undefined): Promise<void> {
    await this.#setName(appId, { requested_name: name ?? null, name_refusal: null });
  }

  async approveName(appId: string, name: string): Promise<void> {
    await this.#setName(appId, { name, requested_name: null, name_refusal: null });
  }

  /** The request stays to be seen, until the owner asks for another name. */
  async refuseName(appId: string, reason: string): Promise<void> {
    await this.#setName(appId, { name_refusal: reason });
  }

  async #setName(
    appId: string,
    columns: { name?: string; requested_name?: string | null; name_refusal: string | null },
  ): Promise<void> {
    await this.db
      .updateTable('apps')
      .set({ ...columns, updated_at: Date.now() })
      .where('id', '=', appId)
      .execute();
  }
}
