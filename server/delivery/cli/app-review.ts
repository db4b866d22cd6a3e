import { z } from 'zod';
import { APP_STATUSES, type ReviewedApp } from '../../storage/app-reviews.ts';
import type { RequestedChanges } from '../../storage/apps.ts';
import {
  type Command,
  type CommandContext,
  parseOptions,
  parseWord,
  parseWordAndOptions,
  UsageError,
} from './command.ts';
import { inTransaction, note, tellOwners } from './operator-act.ts';

const text = { type: 'string' } as const;
const MAX_REASON_LENGTH = 500;
/** The owners read it in the portal and in a mail. */
const reason = z
  .string()
  .trim()
  .regex(/^\P{C}+$/u, 'must be one line of visible text')
  .max(MAX_REASON_LENGTH, `at most ${MAX_REASON_LENGTH} characters`);

const LIST_USAGE = `app list [--status ${APP_STATUSES.join('|')}]`;

export const appList: Command = {
  name: 'app list',
  usage: LIST_USAGE,
  async run(words, { storage }) {
    const schema = z.object({ status: z.enum(APP_STATUSES, `one of ${APP_STATUSES.join(', ')}`).optional() });
    const { status } = parseOptions(words, { status: text }, schema, LIST_USAGE);
    const apps = (await storage.appReviews.list()).filter((app) => status === undefined || app.status === status);
    const owners = await storage.appMembers.listOwners();
    return { apps: apps.map((app) => ({ ...summaryOf(app), owners: owners.get(app.id) ?? [] })) };
  },
};

const SHOW_USAGE = 'app show ID';

export const appShow: Command = {
  name: 'app show',
  usage: SHOW_USAGE,
  async run(words, { storage }) {
    const app = await appOf({ storage }, parseWord(words, SHOW_USAGE));
    const members = await storage.appMembers.list(app.id);
    const details = await storage.apps.findDetails(app.id);
    return {
      ...summaryOf(app),
      kind: details?.kind,
      offline_access: details?.offlineAccess,
      device_flow: details?.deviceFlow,
      require_verified_email: details?.requireVerifiedEmail,
      suspension_reason: app.suspensionReason || null,
      name_refusal: app.refusal ?? null,
      requested_changes: app.requested ?? null,
      logo_uri: app.logoUri ?? null,
      home_page_uri: app.homePageUri ?? null,
      privacy_policy_uri: app.privacyPolicyUri ?? null,
      terms_uri: app.termsUri ?? null,
      id_token_alg: details?.idTokenAlg ?? null,
      owners: members.filter(({ role }) => role === 'owner').map(({ email }) => email ?? null),
      environments: app.environments.map(
        ({ environment, clientId, review, origins, redirectUris, postLogoutRedirectUris, domains, ...more }) => ({
          environment,
          client_id: clientId,
          review,
          reason: more.reason ?? null,
          reviewed_at: more.reviewedAt?.toISOString() ?? null,
          origins,
          redirect_uris: redirectUris,
          post_logout_redirect_uris: postLogoutRedirectUris,
          unproven_domains: domains.filter(({ provenAt }) => provenAt === undefined).map(({ host }) => host),
        }),
      ),
    };
  },
};

const APPROVE_USAGE = 'app approve ID [--revision R] [--domains] | --field F… | --revoke-field F…';

/**
 * Approves what waits: the production environment, and changes of what people see. Approving again changes nothing. The revision pins it to
 * what `app show` printed, because vendors may change what waits at any moment. It may be left out while nothing has changed since the
 * review was asked for.
 */
export const appApprove: Command = {
  name: 'app approve',
  usage: APPROVE_USAGE,
  async run(words, context) {
    const { word: id, options } = parseWordAndOptions(
      words,
      {
        domains: { type: 'boolean' },
        revision: text,
        field: { type: 'string', multiple: true },
        'revoke-field': { type: 'string', multiple: true },
      },
      approveSchema,
      APPROVE_USAGE,
    );
    return inTransaction(context, async (part) => {
      const app = await lockedAppOf(part, id);
      const [added, removed] = [options.field, options['revoke-field']];
      if (added.length + removed.length > 0) {
        await approveFields(part, app, { added, removed });
        return summaryOf(await appOf(part, app.id));
      }
      assertSeen(app, options.revision);
      const { appEnvironments, appReviews } = part.storage;
      for (const { clientId, review } of app.environments) {
        if (options.domains) await appEnvironments.changeDomains(clientId, acceptAll);
        if (review === 'approved') continue;
        await appReviews.setReview(clientId, 'approved', ['pending', 'declined']);
        await note(part, 'app.approved', `app:${app.id}`, { client_id: clientId });
        await tellOwners(part, app.id, { kind: 'app_approved', app: app.name });
      }
      // What was declined stays declined, unless this revision of it is meant.
      const isMeant = app.refusal === undefined || options.revision !== undefined;
      if (app.requested && isMeant) await approveChanges(part, app, app.requested);
      return summaryOf(await appOf(part, app.id));
    });
  },
};

const approveSchema = z.object({
  domains: z.boolean().default(false),
  revision: z.string().optional(),
  field: z.array(z.string()).default([]),
  'revoke-field': z.array(z.string()).default([]),
});

/** Lets an app ask for own fields that need it, or ends that. Nothing else of the app is approved by it. */
async function approveFields(
  part: CommandContext,
  { id, approvedFields = [] }: ReviewedApp,
  { added, removed }: { added: readonly string[]; removed: readonly string[] },
): Promise<void> {
  const needing = part.config.ownFields.filter(({ needsApproval }) => needsApproval).map(({ name }) => name);
  const unknown = added.find((name) => !needing.includes(name));
  if (unknown !== undefined)
    throw new UsageError(
      `--field: "${unknown}" is no own field that needs approval. There are: ${needing.join(', ') || 'none'}`,
    );
  const fields = [...new Set([...approvedFields, ...added])].filter((name) => !removed.includes(name));
  await part.storage.apps.setApprovedFields(id, fields);
  await note(part, 'app.fields_approved', `app:${id}`, { before: approvedFields, after: fields });
}

/** @throws UsageError when the operator cannot have seen what would be approved */
function assertSeen({ id, name, revision, changedInReviewAt }: ReviewedApp, seen: string | undefined): void {
  const way = `Look at it with: app show ${id}\nand approve what you see: app approve ${id} --revision REVISION`;
  if (seen !== undefined && seen !== revision) throw new UsageError(`"${name}" is no longer as it was then. ${way}`);
  if (seen === undefined && changedInReviewAt) {
    throw new UsageError(`"${name}" was changed at ${changedInReviewAt.toISOString()}, while it waited. ${way}`);
  }
}

async function approveChanges(part: CommandContext, app: ReviewedApp, requested: RequestedChanges): Promise<void> {
  const { name, ...others } = requested;
  await part.storage.appReviews.approveChanges(app.id, requested);
  if (name !== undefined) {
    await note(part, 'app.name_approved', `app:${app.id}`, { before: app.name, after: name });
    await tellOwners(part, app.id, { kind: 'app_name_approved', app: app.name, name });
  }
  if (Object.keys(others).length === 0) return;
  await note(part, 'app.changes_approved', `app:${app.id}`, { changed: Object.keys(others) });
  await tellOwners(part, app.id, { kind: 'app_changes_approved', app: name ?? app.name });
}

/** The operator knows whose the hosts are. */
const acceptAll: Parameters<CommandContext['storage']['appEnvironments']['changeDomains']>[1] = (domains) =>
  domains.map(({ host, token, provenAt = Date.now() }) => ({ host, token, provenAt }));

const DECLINE_USAGE = 'app decline ID --reason R';
const reasonSchema = z.object({ reason });

/** Declines what waits. Of an approved app these are changes; `app suspend` stops one that is in use. */
export const appDecline: Command = {
  name: 'app decline',
  usage: DECLINE_USAGE,
  async run(words, context) {
    const { word: id, options } = parseWordAndOptions(words, { reason: text }, reasonSchema, DECLINE_USAGE);
    return inTransaction(context, async (part) => {
      const app = await lockedAppOf(part, id);
      const { appReviews } = part.storage;
      const waiting = app.environments.filter(({ review }) => review !== 'approved');
      const { requested } = app;
      if (waiting.length === 0 && !requested) {
        throw new UsageError(`Nothing of "${app.name}" waits for approval. To stop an app that is in use: app suspend`);
      }
      const about = { app: app.name, reason: options.reason };
      for (const { clientId } of waiting) {
        await appReviews.setReview(clientId, 'declined', ['pending', 'declined'], options.reason);
        await note(part, 'app.declined', `app:${app.id}`, { client_id: clientId, reason: options.reason });
        await tellOwners(part, app.id, { kind: 'app_declined', ...about });
      }
      if (requested) {
        const { name, ...others } = requested;
        await appReviews.refuseChanges(app.id, options.reason);
        if (name !== undefined) {
          await note(part, 'app.name_declined', `app:${app.id}`, { name, reason: options.reason });
          await tellOwners(part, app.id, { kind: 'app_name_declined', ...about, name });
        }
        const changed = Object.keys(others);
        if (changed.length > 0) {
          await note(part, 'app.changes_declined', `app:${app.id}`, { changed, reason: options.reason });
          await tellOwners(part, app.id, { kind: 'app_changes_declined', ...about });
        }
      }
      return summaryOf(await appOf(part, app.id));
    });
  },
};

const SUSPEND_USAGE = 'app suspend ID --reason R';

/** Stops an app in all its environments. Its owners cannot undo it; `app enable` does. */
export const appSuspend: Command = {
  name: 'app suspend',
  usage: SUSPEND_USAGE,
  async run(words, context) {
    const { word: id, options } = parseWordAndOptions(words, { reason: text }, reasonSchema, SUSPEND_USAGE);
    return inTransaction(context, async (part) => {
      const app = await appOf(part, id);
      const { appReviews } = part.storage;
      await appReviews.setSuspended(app.id, options.reason);
      await note(part, 'app.suspended', `app:${app.id}`, { reason: options.reason });
      await tellOwners(part, app.id, { kind: 'app_suspended', app: app.name, reason: options.reason });
      return summaryOf(await appOf(part, app.id));
    });
  },
};

/** @param id the app's id, or the client_id of one of its environments. @throws UsageError */
export async function appOf({ storage }: Pick<CommandContext, 'storage'>, id: string): Promise<ReviewedApp> {
  const appId = (await storage.appEnvironments.findByClientId(id))?.appId ?? id;
  const [app] = await storage.appReviews.list(appId);
  if (!app) throw new UsageError(`There is no app "${id}".`);
  return app;
}

/** The same, as it stays until the transaction ends: its vendor may be changing it. @throws UsageError */
async function lockedAppOf(part: CommandContext, id: string): Promise<ReviewedApp> {
  const { id: appId } = await appOf(part, id);
  await part.storage.appReviews.lock(appId);
  return appOf(part, appId);
}

function summaryOf(app: ReviewedApp): Record<string, unknown> {
  return {
    app_id: app.id,
    name: app.name,
    status: app.status,
    requested_name: app.requested?.name ?? null,
    revision: app.revision,
    ...(app.approvedFields && { approved_fields: app.approvedFields }),
    created_at: app.createdAt.toISOString(),
  };
}
