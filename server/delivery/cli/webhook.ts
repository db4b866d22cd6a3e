import { WEBHOOK_EVENT_TYPES, type WebhookEventType } from '@signup-with-platform/protocol';
import { z } from 'zod';
import { DataKeyError } from '../../data-key/data-keys.ts';
import { openDataKeys } from '../../data-key/open-data-keys.ts';
import { GRACES_MS } from '../../domain/apps/grace.ts';
import { endpointRefusal } from '../../domain/webhooks/address.ts';
import { createWebhook, rotateWebhookSecret, type WebhookContext } from '../../domain/webhooks/endpoints.ts';
import { sendTestEvent } from '../../domain/webhooks/test-event.ts';
import { MAX_WEBHOOKS, TooManyWebhooksError, type Webhook } from '../../storage/webhooks.ts';
import {
  type Command,
  type CommandContext,
  CommandError,
  parseOptions,
  parseWord,
  parseWordAndOptions,
  UsageError,
} from './command.ts';
import { clientIdSchema, environmentOf, graceSchema } from './key.ts';
import { inTransaction, note } from './operator-act.ts';

const text = { type: 'string' } as const;
export const eventTypeSchema = z.enum(
  WEBHOOK_EVENT_TYPES as [WebhookEventType, ...WebhookEventType[]],
  `one of ${WEBHOOK_EVENT_TYPES.join(', ')}`,
);

const CREATE_USAGE = 'webhook create --client-id X --url U [--event E…]';
const createSchema = z.object({
  'client-id': clientIdSchema,
  url: z.string(),
  event: z
    .array(eventTypeSchema)
    .transform((types) => [...new Set(types)])
    .optional(),
});

const WHY_REFUSED: Readonly<Record<NonNullable<ReturnType<typeof endpointRefusal>>, string>> = {
  not_a_url: 'is not a URL of at most 2,000 characters',
  fragment: 'has a fragment (#…), which is never sent',
  scheme: 'has to begin with https://',
  https:
    'has to begin with https://. Only an app’s localhost environment may name http on the same machine as the platform',
  credentials: 'has a user name or password in it. Deliveries are signed instead',
  port: 'has a port that is not called',
  not_public: 'is not on the public internet',
};

/** Adds an endpoint. The only output that has its secret. */
export const webhookCreate: Command = {
  name: 'webhook create',
  usage: CREATE_USAGE,
  async run(words, context) {
    const known = { 'client-id': text, url: text, event: { type: 'string', multiple: true } } as const;
    const options = parseOptions(words, known, createSchema, CREATE_USAGE);
    const { url, event: events } = options;
    const environment = await environmentOf(options['client-id'], context);
    const refusal = endpointRefusal(url, environment.environment, context.config.publicUrl);
    if (refusal) throw new UsageError(`  --url: ${WHY_REFUSED[refusal]}\n\nUsage: ${CREATE_USAGE}`);
    return explaining(async () => {
      const { id, secret } = await inTransaction(context, async (part) => {
        const made = await createWebhook(sealing(part), environment, { url, events });
        await note(part, 'webhook.created', `webhook:${made.id}`, {
          client_id: environment.clientId,
          url: shownUrl(url),
        });
        return made;
      });
      return { webhook_id: id, secret };
    });
  },
};

const LIST_USAGE = 'webhook list --client-id X';

export const webhookList: Command = {
  name: 'webhook list',
  usage: LIST_USAGE,
  async run(words, context) {
    const schema = z.object({ 'client-id': clientIdSchema });
    const { 'client-id': clientId } = parseOptions(words, { 'client-id': text }, schema, LIST_USAGE);
    await environmentOf(clientId, context);
    return { webhooks: (await context.storage.webhooks.list(clientId)).map(shown) };
  },
};

const TEST_USAGE = `webhook test ID [--event ${WEBHOOK_EVENT_TYPES.join('|')}]`;

/** Sends an event in which nothing has happened. A running server delivers it within a second or two. */
export const webhookTest: Command = {
  name: 'webhook test',
  usage: TEST_USAGE,
  async run(words, { storage }) {
    const schema = z.object({ event: eventTypeSchema.default('user.updated') });
    const { word, options } = parseWordAndOptions(words, { event: text }, schema, TEST_USAGE);
    await webhookOf({ storage }, word);
    const sent = await sendTestEvent(storage.webhooks, word, options.event);
    if (!sent) throw new UsageError(`The webhook "${word}" is disabled. Enable it first: webhook enable ${word}`);
    return { webhook_id: word, type: options.event, event_id: sent.eventId, delivery_id: sent.deliveryId };
  },
};

/** Sends nothing there any more. What waits is given up, and can be sent again once it is enabled. */
export const webhookDisable: Command = {
  name: 'webhook disable',
  usage: 'webhook disable ID',
  async run(words, context) {
    const id = parseWord(words, 'webhook disable ID');
    const webhook = await webhookOf(context, id);
    await inTransaction(context, async (part) => {
      if (await part.storage.webhooks.disable(id, 'asked'))
        await note(part, 'webhook.disabled', `webhook:${id}`, { client_id: webhook.clientId });
    });
    await context.storage.webhooks.giveUpWaiting(id);
    return { webhook_id: id, disabled: true };
  },
};

export const webhookEnable: Command = {
  name: 'webhook enable',
  usage: 'webhook enable ID',
  async run(words, context) {
    const id = parseWord(words, 'webhook enable ID');
    const webhook = await webhookOf(context, id);
    await inTransaction(context, async (part) => {
      if (await part.storage.webhooks.enable(id))
        await note(part, 'webhook.enabled', `webhook:${id}`, { client_id: webhook.clientId });
    });
    return { webhook_id: id, disabled: false };
  },
};

const DELETE_USAGE = 'webhook delete ID --yes';

/** Deletes an endpoint and the record of what was sent there. One that is only disabled counts among the ten. */
export const webhookDelete: Command = {
  name: 'webhook delete',
  usage: DELETE_USAGE,
  async run(words, context) {
    const schema = z.object({ yes: z.literal(true, 'is needed: it cannot be undone') });
    const { word: id } = parseWordAndOptions(words, { yes: { type: 'boolean' } }, schema, DELETE_USAGE);
    const webhook = await webhookOf(context, id);
    await note(context, 'webhook.deleted', `webhook:${id}`, {
      client_id: webhook.clientId,
      url: shownUrl(webhook.url),
    });
    await context.storage.webhooks.delete(id);
    return { webhook_id: id, deleted: true };
  },
};

const ROTATE_USAGE = 'webhook rotate ID [--grace now|1h|24h|7d]';

/** Replaces the secret. Until the grace time is over, deliveries have two signatures. */
export const webhookRotate: Command = {
  name: 'webhook rotate',
  usage: ROTATE_USAGE,
  async run(words, context) {
    const { word: id, options } = parseWordAndOptions(
      words,
      { grace: text },
      z.object({ grace: graceSchema }),
      ROTATE_USAGE,
    );
    const { clientId } = await webhookOf(context, id);
    const graceMs = GRACES_MS[options.grace];
    return explaining(async () => {
      const secret = await inTransaction(context, async (part) => {
        await note(part, 'webhook.secret_replaced', `webhook:${id}`, { client_id: clientId, grace: options.grace });
        return rotateWebhookSecret(sealing(part), id, graceMs);
      });
      const until = graceMs > 0 ? new Date(Date.now() + graceMs).toISOString() : null;
      return { webhook_id: id, secret, previous_secret_signs_until: until };
    });
  },
};

export async function webhookOf({ storage }: Pick<CommandContext, 'storage'>, id: string): Promise<Webhook> {
  const webhook = await storage.webhooks.find(id);
  if (!webhook) throw new UsageError(`There is no webhook "${id}". See: webhook list --client-id X`);
  return webhook;
}

function sealing({ config, storage }: CommandContext): WebhookContext {
  return { storage, dataKeys: openDataKeys(config) };
}

async function explaining<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof TooManyWebhooksError)
      throw new UsageError(`The environment has ${MAX_WEBHOOKS} webhooks, which is the limit.`);
    if (error instanceof DataKeyError)
      throw new CommandError(`The secret of a webhook is kept sealed, and ${error.message}. See docs/settings.md.`);
    throw error;
  }
}

/** What follows the question mark may be a secret of the vendor's own. */
function shownUrl(url: string): string {
  const { origin, pathname } = new URL(url);
  return `${origin}${pathname}`;
}

function shown(webhook: Webhook): Record<string, unknown> {
  return {
    webhook_id: webhook.id,
    url: shownUrl(webhook.url),
    environment: webhook.environment,
    events: webhook.events ?? ['*'],
    state: webhook.disabledAt ? 'disabled' : webhook.failingSince ? 'failing' : 'active',
    disabled_because: webhook.disabledBecause ?? null,
    failing_since: webhook.failingSince?.toISOString() ?? null,
    paused_until: webhook.pausedUntil?.toISOString() ?? null,
    previous_secret_signs_until: webhook.previousSecretEndsAt?.toISOString() ?? null,
    created_at: webhook.createdAt.toISOString(),
  };
}
