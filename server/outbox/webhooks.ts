import type { Environment } from '@signup-with-platform/protocol';
import type { EventLog } from '../events/event-log.ts';
import { safeText } from '../events/safe-text.ts';
import type { Log } from '../log.ts';
import { type AllowedAddresses, callGuarded, type OutboundResult } from '../outbound/guarded-call.ts';
import { signedHeaders } from '../outbound/standard-webhooks.ts';
import type { Storage } from '../storage/index.ts';
import type { ClaimedDelivery, WebhookTry } from '../storage/webhook-deliveries.ts';
import type { Webhook, WebhookEnd } from '../storage/webhooks.ts';
import { type Backoff, delayAfter } from './backoff.ts';
import { reasonOf } from './logouts.ts';
import { saturatedBy } from './webhook-shares.ts';
import { Worker, type WorkKind } from './worker.ts';

/** What the owners of an app are mailed about an endpoint. */
export type WebhookTrouble = 'webhook_failing' | 'webhook_disabled' | 'webhook_gone';

export interface WebhookSettings {
  readonly storage: Storage;
  readonly events: Pick<EventLog, 'record'>;
  readonly log: Pick<Log, 'warn'>;
  readonly publicUrl: string;
  /** With which messages to an endpoint are signed, the newest first. */
  readonly keysOf: (webhookId: string) => Promise<readonly Uint8Array[]>;
  readonly addressesFor: (environment: Environment) => AllowedAddresses;
  /** Mails the owners, in the transaction of the storage that is given. */
  readonly tellOwners: (storage: Storage, webhook: Webhook, trouble: WebhookTrouble) => Promise<void>;
  /** Default: {@link BACKOFF}. */
  readonly backoff?: Backoff;
  /** Default: {@link LEASE_MS}. */
  readonly leaseMs?: number;
}

/** With up to a quarter added to each pause. How often it is tried follows from the three days after which the next failure is the last. */
const BACKOFF: Backoff = {
  firstDelayMs: 5_000,
  maxDelayMs: 6 * 60 * 60 * 1000,
  maxAttempts: Number.POSITIVE_INFINITY,
};
/** Of an endpoint, once several attempts in a row have failed there. It is below ten minutes even with a quarter added. */
const PAUSE: Backoff = { firstDelayMs: 5_000, maxDelayMs: 8 * 60 * 1000, maxAttempts: Number.POSITIVE_INFINITY };
/** One event may be what an endpoint cannot take, and others are not. */
const FAILURES_BEFORE_PAUSE = 3;
const CALL_TIMEOUT_MS = 10_000;
/** Longer than a call, so that it need not be renewed, and short enough for another process to take over within seconds. */
const LEASE_MS = 15_000;
/** An endpoint that takes longer lets others go first. */
const SLOW_MS = 1_000;
const SLOTS = 64;
const MAX_ANSWER_BYTES = 1_024;
const MAX_KEPT_ANSWER = 500;
const GONE = 410;
const DAY_MS = 24 * 60 * 60 * 1000;
/** Of failure without an answer in between: the owners are mailed after the first two, and after the third nothing is sent any more. */
const WARNED_AFTER_MS = [DAY_MS, 4 * DAY_MS] as const;
const DISABLED_AFTER_MS = 5 * DAY_MS;

/** Tells vendors' endpoints what has happened (Standard Webhooks 1.0). */
export function deliverWebhooks(settings: WebhookSettings): Worker<ClaimedDelivery> {
  return new Worker(webhookKind(settings), settings.log);
}

function webhookKind(settings: WebhookSettings): WorkKind<ClaimedDelivery> {
  const { storage, backoff = BACKOFF, leaseMs = LEASE_MS } = settings;
  const deliveries = storage.webhookDeliveries;
  /** What this process has tried, until it is written. */
  const tried = new WeakMap<ClaimedDelivery, Attempt>();
  return {
    name: 'send webhook',
    failed: 'a webhook was not delivered',
    slots: SLOTS,
    leaseMs,
    // Events are written in many places, none of which has to know of the worker.
    pollIntervalMs: 1_000,
    backoff,
    claim: (lease, busy) => deliveries.claim(lease, saturatedBy(busy, SLOTS)),
    renew: (delivery, lease) => deliveries.renew(delivery, lease),
    run: async (delivery) => {
      const attempt = await deliver(settings, delivery);
      tried.set(delivery, attempt);
      if (attempt.reason !== undefined) throw new Error(attempt.reason);
    },
    done: async (delivery) => {
      const { attempt, webhook } = tried.get(delivery) ?? {};
      if (!attempt || !webhook) return;
      await deliveries.settle(delivery, attempt);
      if (webhook.failures > 0) await storage.webhooks.noteSuccess(webhook.id);
      if (attempt.took_ms >= SLOW_MS) await deliveries.letOthersFirst(delivery);
    },
    // Without an attempt there is no endpoint any more that could have one.
    isLast: (delivery) => delivery.isLast || !hasFuture(tried.get(delivery)),
    postpone: async (delivery, delayMs) => {
      const { attempt, webhook } = tried.get(delivery) ?? {};
      if (!attempt || !webhook) return;
      await deliveries.postpone(delivery, attempt, delayMs);
      noteFailure(settings, delivery, tried.get(delivery), false);
      await noteFailing(settings, webhook.id);
    },
    giveUp: async (delivery) => {
      const { attempt, webhook } = tried.get(delivery) ?? {};
      const isGone = webhook !== undefined && attempt?.status === GONE;
      // It comes first, so that nothing is sent of what this one has held.
      if (isGone) await disable(settings, webhook, 'gone');
      await deliveries.giveUp(delivery, attempt);
      noteFailure(settings, delivery, tried.get(delivery), true);
      if (isGone) await storage.webhooks.giveUpWaiting(webhook.id);
      else if (attempt && webhook) await noteFailing(settings, webhook.id);
    },
  };
}

interface Attempt {
  webhook?: Webhook;
  attempt?: WebhookTry;
  /** Why it has failed. */
  reason?: string;
}

/** Whether what has failed may go better later. */
function hasFuture({ attempt }: Attempt = {}): boolean {
  return attempt !== undefined && attempt.status !== GONE;
}

async function deliver(settings: WebhookSettings, delivery: ClaimedDelivery): Promise<Attempt> {
  const { storage, publicUrl, keysOf, addressesFor } = settings;
  const webhook = await storage.webhooks.find(delivery.webhookId);
  if (!webhook || webhook.disabledAt) return { ...(webhook && { webhook }), reason: 'disabled' };
  const { body, eventId: id } = delivery;
  const at = new Date();
  let result: OutboundResult;
  try {
    const keys = await keysOf(webhook.id);
    result = await callGuarded(
      {
        url: new URL(webhook.url),
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'idempotency-key': id,
          'user-agent': `signup-with-platform (+${publicUrl})`,
          ...signedHeaders({ id, body, at }, ...keys),
        },
        body,
      },
      { addresses: addressesFor(webhook.environment), timeoutMs: CALL_TIMEOUT_MS, maxBytes: MAX_ANSWER_BYTES },
    );
  } catch {
    // A secret that cannot be opened, because its DATA_KEY is missing. The vendor is not told more, and the operator by the log.
    const failure = 'could not be signed';
    return { webhook, attempt: { at: at.toISOString(), took_ms: 0, failure }, reason: failure };
  }
  const tookMs = 'tookMs' in result ? result.tookMs : Math.max(0, Date.now() - at.getTime());
  const tried = { at: at.toISOString(), took_ms: tookMs };
  if (result.outcome !== 'answered') {
    const failure = reasonOf(result);
    return { webhook, attempt: { ...tried, failure }, reason: failure };
  }
  const { status } = result;
  const answer = safeText(result.body.toString('utf8'), MAX_KEPT_ANSWER).trim();
  const attempt = { ...tried, status, ...(answer && { answer }) };
  return { webhook, attempt, ...(!isSuccess(status) && { reason: `status ${status}` }) };
}

function isSuccess(status: number): boolean {
  return status >= 200 && status < 300;
}

/** Notes that an endpoint has failed once more, and does what follows from how long it has. */
async function noteFailing(settings: WebhookSettings, id: string): Promise<void> {
  const webhook = await settings.storage.webhooks.noteFailure(id, (failures) =>
    failures < FAILURES_BEFORE_PAUSE ? 0 : (delayAfter(failures - FAILURES_BEFORE_PAUSE + 1, PAUSE) ?? 0),
  );
  if (!webhook?.failingSince || webhook.disabledAt) return;
  const { warnedAt, failingSince } = webhook;
  const now = Date.now();
  const failingMs = now - failingSince.getTime();
  const isWarned = warnedAt !== undefined && now - warnedAt.getTime() >= DAY_MS;
  if (failingMs >= DISABLED_AFTER_MS && isWarned) {
    await disable(settings, webhook, 'failing');
    return settings.storage.webhooks.giveUpWaiting(id);
  }
  const warnedMs = warnedAt ? warnedAt.getTime() - failingSince.getTime() : 0;
  const due = WARNED_AFTER_MS.findLast((afterMs) => failingMs >= afterMs);
  if (due === undefined || warnedMs >= due) return;
  await settings.storage.transaction(async (storage) => {
    // Another process may have been faster.
    if (await storage.webhooks.noteWarning(id, warnedAt))
      await settings.tellOwners(storage, webhook, 'webhook_failing');
  });
}

/** Sends nothing there any more, and mails the owners, once. */
async function disable(settings: WebhookSettings, webhook: Webhook, because: WebhookEnd): Promise<void> {
  await settings.storage.transaction(async (storage) => {
    if (!(await storage.webhooks.disable(webhook.id, because))) return;
    const trouble = because === 'gone' ? 'webhook_gone' : 'webhook_disabled';
    await settings.tellOwners(storage, webhook, trouble);
  });
}

function noteFailure(
  { events }: WebhookSettings,
  { type, userId, attempts, eventId }: ClaimedDelivery,
  { webhook, reason = 'disabled' }: Attempt = {},
  isOver: boolean,
): void {
  if (!webhook) return;
  const detail = { type, event: eventId, webhook: webhook.id, reason, attempt: attempts, given_up: isOver };
  events.record(webhook.clientId, { kind: 'webhook.failed', userId, detail });
}
