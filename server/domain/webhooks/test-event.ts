import type { WebhookEventType } from '@signup-with-platform/protocol';
import { randomId } from '../../storage/ids.ts';
import type { WebhookRepository } from '../../storage/webhooks.ts';

/** What each type says besides what every event says. The user is nobody, so the user API has none of that id. */
const SAMPLES: Readonly<Record<WebhookEventType, () => Record<string, unknown>>> = {
  'user.created': nobody,
  'user.updated': () => ({ ...nobody(), changed: ['given_name'] }),
  'user.consent_changed': () => ({ ...nobody(), changed: ['phone_number'] }),
  'user.disconnected': nobody,
  'user.deleted': nobody,
  'email.verified': nobody,
  'app.suspended': () => ({}),
  'key.rotated': () => ({ changed: ['api_key'] }),
};

function nobody() {
  return { user_id: randomId(), sequence: 1 };
}

/** Sends an endpoint an event in which nothing has happened, marked as a test, so that its vendor sees whether it is understood. */
export function sendTestEvent(
  webhooks: Pick<WebhookRepository, 'sendTest'>,
  webhookId: string,
  type: WebhookEventType,
): Promise<{ eventId: string; deliveryId: string } | undefined> {
  return webhooks.sendTest(webhookId, { type, data: { ...SAMPLES[type](), is_test: true } });
}
