import { randomBytes } from 'node:crypto';
import { WEBHOOK_SECRET_PREFIX } from '@signup-with-platform/protocol';
import type { DataKeys, SealedPlace } from '../../data-key/data-keys.ts';
import type { WebhookRepository } from '../../storage/webhooks.ts';

/** Standard Webhooks wants 24 to 64. */
const SECRET_BYTES = 32;

type SecretColumn = 'secret' | 'previous_secret';

/** A new secret, as the vendor gets it, once. */
export function newSecret(): string {
  return WEBHOOK_SECRET_PREFIX + randomBytes(SECRET_BYTES).toString('base64');
}

/** A sealed secret opens only in its own column of its own row. */
export function placeOf(webhookId: string, column: SecretColumn): SealedPlace {
  return { table: 'webhooks', column, row: webhookId };
}

/** The keys with which a message to an endpoint is signed, the newest first: two while the secret is replaced. */
export async function signingKeysOf(
  { webhooks, dataKeys }: { webhooks: Pick<WebhookRepository, 'secrets'>; dataKeys: Pick<DataKeys, 'unseal'> },
  webhookId: string,
): Promise<Uint8Array[]> {
  const sealed = await webhooks.secrets(webhookId);
  const secrets = await Promise.all(
    sealed.map(({ column, sealed }) => dataKeys.unseal(sealed, placeOf(webhookId, column))),
  );
  return secrets.map((secret) => Buffer.from(secret.slice(WEBHOOK_SECRET_PREFIX.length), 'base64'));
}
