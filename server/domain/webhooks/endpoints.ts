import type { WebhookEventType } from '@signup-with-platform/protocol';
import type { DataKeys } from '../../data-key/data-keys.ts';
import type { AppEnvironment } from '../../storage/app-environments.ts';
import { randomId } from '../../storage/ids.ts';
import type { Storage } from '../../storage/index.ts';
import { newSecret, placeOf } from './secret.ts';

export interface WebhookContext {
  readonly storage: Storage;
  readonly dataKeys: Pick<DataKeys, 'seal' | 'unseal'>;
}

/** An endpoint and its secret, which is shown once. */
export interface MadeWebhook {
  id: string;
  secret: string;
}

/**
 * Adds an endpoint.
 * @param endpoint.url has been checked: see address.ts
 * @param endpoint.events the types that it wants; default: every one
 * @throws TooManyWebhooksError; DataKeyError when nothing can be sealed here
 */
export async function createWebhook(
  { storage, dataKeys }: WebhookContext,
  { clientId, realm }: Pick<AppEnvironment, 'clientId' | 'realm'>,
  { url, events }: { url: string; events?: readonly WebhookEventType[] | undefined },
): Promise<MadeWebhook> {
  const id = randomId();
  const secret = newSecret();
  const sealed = await dataKeys.seal(secret, placeOf(id, 'secret'));
  await storage.webhooks.create({ id, realm, clientId, url, events, secret: sealed });
  return { id, secret };
}

/** Replaces the secret of an endpoint; both sign for `graceMs`. @returns the new one; undefined when there is no such endpoint */
export async function rotateWebhookSecret(
  { storage, dataKeys }: WebhookContext,
  id: string,
  graceMs: number,
): Promise<string | undefined> {
  const [present] = await storage.webhooks.secrets(id);
  if (!present) return undefined;
  const before = await dataKeys.unseal(present.sealed, placeOf(id, present.column));
  const secret = newSecret();
  const next = await dataKeys.seal(secret, placeOf(id, 'secret'));
  const previous = await dataKeys.seal(before, placeOf(id, 'previous_secret'));
  return (await storage.webhooks.replaceSecret(id, { next, previous }, graceMs)) ? secret : undefined;
}
