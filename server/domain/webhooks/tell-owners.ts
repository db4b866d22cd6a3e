import type { WebhookTrouble } from '../../outbox/webhooks.ts';
import type { Webhook } from '../../storage/webhooks.ts';
import { type AppNoticeContext, notifyOwners } from '../apps/notify-owners.ts';

/** Mails the owners of an app that an endpoint of theirs fails, or that nothing is sent there any more. */
export async function tellOwnersOfWebhook(
  context: AppNoticeContext,
  { appId, environment, url }: Pick<Webhook, 'appId' | 'environment' | 'url'>,
  trouble: WebhookTrouble,
): Promise<void> {
  const app = await context.storage.apps.find(appId);
  if (!app) return;
  // The path of an address may have a secret in it.
  const { origin: address } = new URL(url);
  await notifyOwners(context, appId, { kind: trouble, app: app.name, environment, address }, []);
}
