import type { Realm } from '@signup-with-platform/protocol';
import type { EventLog } from '../events/event-log.ts';
import type { Log } from '../log.ts';
import { callGuarded, type OutboundResult } from '../outbound/guarded-call.ts';
import { addressesBeside } from '../outbound/public-address.ts';
import type { AppEnvironmentRepository } from '../storage/app-environments.ts';
import type { Job, JobRepository } from '../storage/jobs.ts';
import type { EndedSession } from '../storage/session-clients.ts';
import type { Backoff } from './backoff.ts';
import { Worker, type WorkKind } from './worker.ts';

/** Signs a logout token. @returns undefined when the client is gone */
export type SignLogout = (ended: EndedSession) => Promise<string | undefined>;

export interface LogoutSettings {
  readonly jobs: JobRepository;
  readonly appEnvironments: Pick<AppEnvironmentRepository, 'findByClientId'>;
  readonly events: Pick<EventLog, 'record'>;
  readonly log: Pick<Log, 'warn'>;
  readonly publicUrl: string;
  /** By realm, because each has keys of its own. */
  readonly sign: Readonly<Record<Realm, SignLogout>>;
  /** Default: {@link BACKOFF}. */
  readonly backoff?: Backoff;
  /** Default: {@link LEASE_MS}. */
  readonly leaseMs?: number;
}

/**
 * The last of 11 attempts is made about three hours after the first: longer than a deployment or most outages, and long after the ID token
 * itself has expired. A session that the vendor still keeps by then is no longer the platform's to end.
 */
const BACKOFF: Backoff = { firstDelayMs: 10_000, maxAttempts: 11 };
/** Twice the time of a call, so that it need not be renewed, and short enough for another process to take over within seconds. */
const LEASE_MS = 10_000;
const CALL_TIMEOUT_MS = 5_000;
/** A backend that takes longer lets others go first. Most answer within a tenth of that. */
const SLOW_MS = 500;
/** Backends that are called at once. Each has one call at a time, so a dead one takes one place. */
const SLOTS = 32;
/** The answer's body says nothing (OpenID Connect Back-Channel Logout 1.0 section 2.8). */
const MAX_ANSWER_BYTES = 1_024;

/** Tells vendors' backends that sessions have ended (OpenID Connect Back-Channel Logout 1.0). */
export function deliverLogouts(settings: LogoutSettings): Worker<Job> {
  return new Worker(logoutKind(settings), settings.log);
}

function logoutKind(settings: LogoutSettings): WorkKind<Job> {
  const { jobs, events, backoff = BACKOFF, leaseMs = LEASE_MS } = settings;
  return {
    name: 'send logout',
    failed: 'a logout was not delivered',
    slots: SLOTS,
    leaseMs,
    // Sessions end in many places, none of which has to know of the worker.
    pollIntervalMs: 1_000,
    backoff,
    claim: (lease, busy) =>
      jobs.claim(
        'backchannel_logout',
        lease,
        busy.map(({ clientId }) => clientId),
      ),
    renew: (job, lease) => jobs.renew(job, lease),
    run: (job) => deliver(settings, job),
    done: (job) => jobs.delete(job),
    postpone: async (job, delayMs, reason) => {
      await jobs.postpone(job, delayMs, reason);
      noteFailure(events, job, { reason, given_up: false });
    },
    giveUp: async (job, reason) => {
      await jobs.park(job, reason);
      noteFailure(events, job, { reason, given_up: true });
    },
  };
}

function noteFailure(
  events: LogoutSettings['events'],
  { clientId, userId, attempts }: Job,
  failure: { reason: string; given_up: boolean },
): void {
  events.record(clientId, { kind: 'logout.failed', userId, detail: { ...failure, attempt: attempts } });
}

/** @throws Error with the reason, in words that say nothing of the answer */
async function deliver({ jobs, appEnvironments, events, sign, publicUrl }: LogoutSettings, job: Job): Promise<void> {
  const { clientId, userId, payload } = job;
  const app = await appEnvironments.findByClientId(clientId);
  const { session } = payload;
  // An app that may not be used, or does not want to be told any more.
  if (!app?.backchannelLogoutUri || app.disabled || userId === undefined || typeof session !== 'string') return;
  const token = await sign[app.realm]({ clientId, userId, session });
  if (token === undefined) return;
  const result = await callGuarded(
    {
      url: new URL(app.backchannelLogoutUri),
      method: 'POST',
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        'idempotency-key': job.id,
        'user-agent': `signup-with-platform (+${publicUrl})`,
      },
      body: new URLSearchParams({ logout_token: token }).toString(),
    },
    { addresses: addressesBeside(publicUrl), timeoutMs: CALL_TIMEOUT_MS, maxBytes: MAX_ANSWER_BYTES },
  );
  if (result.outcome !== 'answered' || !isSuccess(result.status)) throw new Error(reasonOf(result));
  if (result.tookMs >= SLOW_MS) await jobs.letOthersFirst(job);
  const detail = { endpoint_status: result.status, attempt: job.attempts };
  events.record(clientId, { kind: 'logout.delivered', userId, detail });
}

/** 200 as section 2.8 says, or 204, which many frameworks send for an empty answer. */
function isSuccess(status: number): boolean {
  return status >= 200 && status < 300;
}

export function reasonOf(result: OutboundResult): string {
  switch (result.outcome) {
    case 'answered':
      return `status ${result.status}`;
    case 'refused':
      return `address not allowed: ${result.reason}`;
    case 'certificate':
      return `certificate: ${result.code}`;
    case 'failed':
      return result.reason;
    case 'unreachable':
      return 'unreachable';
  }
}
