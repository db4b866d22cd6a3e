import { isLoopbackHost } from '../../process/loopback.ts';
import type { RealmContext } from '../http/realm-context.ts';

/**
 * Whether a realm can be a FedCM identity provider. An origin can have only one, so the sandbox, which has no origin of its own, is none.
 * Browsers offer FedCM only in secure contexts, which include localhost (Secure Contexts section 3.1).
 */
export function hasFedcm({
  realm,
  config,
}: Pick<RealmContext, 'realm'> & { config: Pick<RealmContext['config'], 'publicUrl'> }): boolean {
  const { protocol, hostname } = new URL(config.publicUrl);
  return realm === 'production' && (protocol === 'https:' || isLoopbackHost(hostname));
}
