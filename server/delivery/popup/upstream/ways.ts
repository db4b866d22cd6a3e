import type { RealmContext } from '#http/realm-context.ts';
import type { UpstreamWays } from '../pages/models.ts';

/** The buttons of other logins; nothing where there is none. */
export function upstreamWays({ upstreams: { all, only } }: RealmContext): UpstreamWays {
  if (all.length === 0) return {};
  return {
    upstreams: all.map(({ id, settings: { name, logo } }) => ({ id, name, logo })),
    ...(only && { onlyUpstream: true }),
  };
}
