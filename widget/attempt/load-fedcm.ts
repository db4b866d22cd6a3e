import type { FedcmHost } from './fedcm.ts';
import type * as fedcm from './follow-fedcm.ts';

/** The code for the browser's own dialog, which only elements with `mode="auto"` need. */
let loaded: typeof fedcm | undefined;

/** Loads it, and asks the platform whether there is FedCM for the element's app. Until both are there, the popup is used. */
export async function prepareFedcm(host: FedcmHost, platform: string): Promise<void> {
  try {
    loaded ??= await import('./follow-fedcm.ts');
    loaded.prepareFedcm(host, platform);
  } catch {
    // The popup needs none of it.
  }
}

export function prefersFedcm(host: FedcmHost, platform: string): boolean {
  return loaded?.prefersFedcm(host, platform) ?? false;
}

export function followByFedcm(...attempt: Parameters<typeof fedcm.followFedcm>): void {
  void loaded?.followFedcm(...attempt);
}
