import { compare } from './compare.ts';
import { oidcProviderJourney } from './oidc-provider-journey.ts';
import { withServers } from './process.ts';
import { type Findings, judge } from './report.ts';
import { withStage } from './stage.ts';
import { costRatio } from './statistics.ts';

/** Journeys a second that both reach. */
const PACED_PER_SECOND = 60;

/**
 * A person who comes back: the one request that is answered with the credential, against oidc-provider's two in memory. There are few of them, so
 * each comes back within minutes, and no session is saved (engine/session-adapter.ts). Whoever comes after a longer time costs two writes more.
 */
export function returningPopup(): Promise<Findings> {
  return withStage(({ server, popups, app: { clientSecret: secret } }) => {
    const launches = { peer: { words: ['bench/servers/oidc-provider.ts'], env: { BENCH_SECRET: secret } } };
    return withServers(launches, async ({ peer }) => {
      const found = await compare(
        {
          ours: { name: 'Returning popup: platform', pid: server.pid, load: { url: server.url, requests: popups } },
          peer: {
            name: 'Returning popup: oidc-provider, both requests',
            pid: peer.pid,
            load: await oidcProviderJourney(peer.url, secret),
          },
        },
        { pacedPerSecond: PACED_PER_SECOND },
      );
      return {
        verdicts: [judge('popup-oidc', costRatio(found.ours, found.peer))],
        figures: Object.values(found),
      };
    });
  });
}
