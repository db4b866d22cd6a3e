import type { RealmContext } from '../http/realm-context.ts';

/**
 * Whether a realm can be an identity provider of FedCM: there is one for each origin, so the sandbox would need an origin of its own; and
 * browsers offer it to secure contexts alone, to which they count this machine (Secure Contexts section 3.1).
 */
export function hasFedcm({ realm, config }: Pick<RealmContext, 'realm' | 'config'>): boolean {
  const { protocol, hostname } = new URL(config.publicUrl);
  const isThisMachine = hostname === 'localhost' || hostname.endsWith('.localhost') || hostname === '127.0.0.1';
  return realm === 'production' && (protocol === 'https:' || isThisMachine);
}
