import type { Realm } from '@signup-with-platform/protocol';
import type { HandOverSettings } from '../../process/settings/hand-over.ts';
import type { UpstreamSettings } from '../../process/settings/upstreams.ts';
import type { Upstream } from './upstream.ts';

/** The logins by which people of one realm sign in, besides the platform's own. */
export class Upstreams {
  static readonly NONE = new Upstreams([]);

  /** In the order of their buttons. */
  readonly all: readonly Upstream[];

  private constructor(all: readonly Upstream[]) {
    this.all = all;
  }

  /** Loads what speaks to them where there is one: it is memory and time that most installations need not spend. */
  static async open(
    settings: readonly UpstreamSettings[],
    { realm, issuer, handOver }: { realm: Realm; issuer: string; handOver?: HandOverSettings | undefined },
  ): Promise<Upstreams> {
    const here = settings.filter(({ realms }) => realms.includes(realm));
    // Members of the platform are people of production.
    const own = realm === 'production' ? handOver : undefined;
    if (here.length === 0 && !own) return Upstreams.NONE;
    const all: Upstream[] = [];
    if (own) {
      const { HandOver } = await import('./hand-over.ts');
      all.push(new HandOver(own, issuer));
    }
    if (here.length > 0) {
      const { OpenIdUpstream } = await import('./openid-upstream.ts');
      all.push(...here.map((each) => new OpenIdUpstream(each, issuer)));
    }
    return new Upstreams(all);
  }

  /** Looks at all, in the background of a start. One that is down is asked again when somebody comes. */
  look(onFailure: (id: string, error: Error) => void): void {
    for (const each of this.all) each.look().catch((error: Error) => onFailure(each.id, error));
  }

  /** The one that a token may come from, of which nothing but these words has been read. */
  of({ issuer, audiences }: { issuer: unknown; audiences: readonly unknown[] }): Upstream | undefined {
    return this.all.find((each) => each.settings.issuer === issuer && audiences.includes(each.audience));
  }

  find(id: string): Upstream | undefined {
    return this.all.find((each) => each.id === id);
  }

  /** The one by which everybody signs in. */
  get only(): Upstream | undefined {
    return this.all.find(({ settings }) => settings.only);
  }

  /** The platform's own login, which hands over whoever is signed in there. */
  get handOver(): Upstream | undefined {
    return this.all.find(({ settings }) => settings.handOver);
  }
}
