import { compare } from './compare.ts';
import { withServers } from './process.ts';
import { type Findings, judge } from './report.ts';
import { withStage } from './stage.ts';
import { costRatio } from './statistics.ts';
import type { BenchRequest } from './wrk-script.ts';

/** Requests a second that every server of the comparison reaches with ease. */
const PACED_PER_SECOND = 1_000;

/** A vendor's backend signs in: against a bare handler that hashes and signs the same, and against oidc-provider. */
export function machineLogin(): Promise<Findings> {
  return withStage(({ server, app: { clientSecret: secret }, login }) => {
    const launches = {
      bare: { words: ['bench/servers/bare.ts'], env: { BARE_SECRET: secret } },
      peer: { words: ['bench/servers/oidc-provider.ts'], env: { BENCH_SECRET: secret } },
    };
    const form = { grant_type: 'client_credentials', client_id: 'machine', client_secret: secret, scope: 'users' };
    const token: BenchRequest = {
      method: 'POST',
      path: '/token',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams(form).toString(),
    };
    return withServers(launches, async ({ bare, peer }) => {
      const found = await compare(
        {
          ours: { name: 'Machine login: platform', pid: server.pid, load: { url: server.url, requests: [login] } },
          bare: { name: 'Machine login: bare handler', pid: bare.pid, load: { url: bare.url, requests: [login] } },
          peer: { name: 'Machine login: oidc-provider', pid: peer.pid, load: { url: peer.url, requests: [token] } },
        },
        { pacedPerSecond: PACED_PER_SECOND },
      );
      return {
        verdicts: [
          judge('login-bare', costRatio(found.ours, found.bare)),
          judge('login-oidc', costRatio(found.ours, found.peer)),
        ],
        figures: Object.values(found),
      };
    });
  });
}

/** A vendor's backend reads a user, its own or one who came through the popup: against a bare handler that answers with the same bytes. */
export function userRead(): Promise<Findings> {
  return withStage(async ({ server, reads, popupReads }) => {
    const [body, popupBody] = [await bodyOf(server.url, reads), await bodyOf(server.url, popupReads)];
    const launches = {
      bare: { words: ['bench/servers/bare.ts'], env: { BARE_BODY: body } },
      popupBare: { words: ['bench/servers/bare.ts'], env: { BARE_BODY: popupBody } },
    };
    return withServers(launches, async ({ bare, popupBare }) => {
      const { url, pid } = server;
      const found = await compare(
        {
          ours: { name: 'Read of a vendor’s own user: platform', pid, load: { url, requests: reads } },
          bare: { name: 'The same: bare handler', pid: bare.pid, load: { url: bare.url, requests: reads } },
          popup: { name: 'Read of a user of the popup: platform', pid, load: { url, requests: popupReads } },
          popupBare: {
            name: 'The same: bare handler',
            pid: popupBare.pid,
            load: { url: popupBare.url, requests: popupReads },
          },
        },
        { pacedPerSecond: PACED_PER_SECOND },
      );
      return {
        verdicts: [
          judge('read-bare', costRatio(found.ours, found.bare)),
          judge('read-popup', costRatio(found.popup, found.popupBare)),
        ],
        figures: Object.values(found),
      };
    });
  });
}

async function bodyOf(url: string, [request]: readonly BenchRequest[]): Promise<string> {
  const { path = '', headers = {} } = request ?? {};
  const answer = await fetch(url + path, { headers });
  return answer.text();
}
