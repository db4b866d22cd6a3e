import type { Realm } from '@signup-with-platform/protocol';
import type { UpstreamSettings } from '../../process/settings/upstreams.ts';
import { Upstream } from './upstream.ts';

/** The logins by which people of one realm sign in, besides the platform's own. */
export class Upstreams {
  /** In the order of their buttons. */
  readonly all: readonly Upstream[];

  constructor(settings: readonly UpstreamSettings[], { realm, issuer }: { realm: Realm; issuer: string }) {
    this.all = settings
      .filter(({ realms }) => realms.includes(realm))
      .map((each) => new Upstream(each, `${issuer}${callbackPath(each.id)}`));
  }

  /** Looks at all, in the background of a start. One that is down is asked again when somebody comes. */
  look(): void {
    for (const each of this.all) each.look().catch(() => undefined);
  }

  find(id: string): Upstream | undefined {
    return this.all.find((each) => each.id === id);
  }

  /** The one by which everybody signs in. */
  get only(): Upstream | undefined {
    return this.all.find(({ settings }) => settings.only);
  }
}

/** Where an upstream sends people back, below the issuer. */
export function callbackPath(id: string): string {
  return `/upstream/${id}/callback`;
}
