import { z } from 'zod';
import type { DeliveryFilter, WebhookDelivery } from '../../storage/webhook-deliveries.ts';
import { type Command, parseWordAndOptions, UsageError } from './command.ts';
import { note } from './operator-act.ts';
import { eventTypeSchema, webhookOf } from './webhook.ts';

const text = { type: 'string' } as const;
const MAX_LISTED = 1_000;
const UNIT_MS = { m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** A time in ISO 8601, or how long ago: 30m, 12h, 7d. */
const moment = z.string().transform((word, context) => {
  const [, count, unit] = /^(\d{1,5})([mhd])$/.exec(word) ?? [];
  const at = unit ? Date.now() - Number(count) * UNIT_MS[unit as keyof typeof UNIT_MS] : Date.parse(word);
  if (!Number.isNaN(at)) return new Date(at);
  context.addIssue({
    code: 'custom',
    message: 'not a time such as 2027-01-31T12:00Z, or one that long ago, such as 12h or 7d',
  });
  return z.NEVER;
});

const FILTERS = { status: text, type: text, user: text, event: text, since: text, until: text } as const;
const filterSchema = z.object({
  status: z.enum(['waiting', 'delivered', 'given_up'], 'one of waiting, delivered, given_up').optional(),
  type: eventTypeSchema.optional(),
  user: z.string().max(100).optional(),
  event: z.string().max(100).optional(),
  since: moment.optional(),
  until: moment.optional(),
});
const FILTER_USAGE = '[--status waiting|delivered|given_up] [--type T] [--user U] [--event E] [--since 7d] [--until T]';

const LIST_USAGE = `webhook deliveries ID ${FILTER_USAGE} [--before D] [--limit N]`;

/** What was sent to an endpoint in the last thirty days, newest first, with what it answered. */
export const webhookDeliveries: Command = {
  name: 'webhook deliveries',
  usage: LIST_USAGE,
  async run(words, context) {
    const schema = filterSchema.extend({
      before: z.string().max(100).optional(),
      limit: z.coerce.number().int().min(1).max(MAX_LISTED).default(100),
    });
    const { word, options } = parseWordAndOptions(words, { ...FILTERS, before: text, limit: text }, schema, LIST_USAGE);
    await webhookOf(context, word);
    const { before, limit } = options;
    const found = await context.storage.webhookDeliveries.list(word, filterOf(options), { limit, before });
    return { deliveries: found.map(shown) };
  },
};

const REPLAY_USAGE = `webhook replay ID --all, or webhook replay ID with at least one of ${FILTER_USAGE}`;

/** Sends again what an endpoint has had, or missed: one event, or all that a filter finds. Each is marked as a replay. */
export const webhookReplay: Command = {
  name: 'webhook replay',
  usage: REPLAY_USAGE,
  async run(words, context) {
    const schema = filterSchema.extend({ all: z.boolean().default(false) });
    const { word, options } = parseWordAndOptions(
      words,
      { ...FILTERS, all: { type: 'boolean' } },
      schema,
      REPLAY_USAGE,
    );
    const webhook = await webhookOf(context, word);
    const { all, ...rest } = options;
    if (all === Object.values(rest).some((value) => value !== undefined))
      throw new UsageError(`  Say which events, or --all for those of thirty days.\n\nUsage: ${REPLAY_USAGE}`);
    if (webhook.disabledAt)
      throw new UsageError(`The webhook "${word}" is disabled. Enable it first: webhook enable ${word}`);
    const startedAt = new Date();
    let replayed = 0;
    for (let batch = -1; batch !== 0; replayed += batch)
      batch = await context.storage.webhookDeliveries.replay(word, filterOf(rest), startedAt);
    await note(context, 'webhook.replayed', `webhook:${word}`, { client_id: webhook.clientId, events: replayed });
    return { webhook_id: word, replayed };
  },
};

function filterOf({ status, type, user, event, since, until }: z.infer<typeof filterSchema>): DeliveryFilter {
  return { state: status, type, userId: user, eventId: event, since, until };
}

function shown(delivery: WebhookDelivery): Record<string, unknown> {
  const last = delivery.tries.at(-1);
  return {
    delivery_id: delivery.id,
    event_id: delivery.eventId,
    type: delivery.type,
    user_id: delivery.userId ?? null,
    sequence: delivery.sequence ?? null,
    status: delivery.state,
    is_replay: delivery.isReplay,
    attempts: delivery.attempts,
    created_at: delivery.createdAt.toISOString(),
    next_at: delivery.nextAt?.toISOString() ?? null,
    answered: last?.status ?? null,
    failure: last?.failure ?? null,
    request: delivery.body === undefined ? null : (JSON.parse(delivery.body) as unknown),
    tries: delivery.tries,
  };
}
