import { clientSamples } from '../../server/delivery/vendor/code/client-samples.ts';
import type { Given } from './client.ts';

/** What the portal prints for a client. */
export function sampleOf(id: string, { issuer, clientId, origin, redirectUri }: Given): string {
  const subject = { issuer, clientId, origin, redirectUris: [redirectUri], keysUrl: `${issuer}/account` };
  const sample = clientSamples(subject).find((one) => one.id === id);
  if (!sample) throw new Error(`the portal prints no ${id}`);
  return sample.code;
}
