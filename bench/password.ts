import { compare, ROUNDS } from './compare.ts';
import { probe } from './probe.ts';
import { withServers } from './process.ts';
import { type Findings, judge } from './report.ts';
import { withStage } from './stage.ts';
import { costRatio, percentile, spreadOf } from './statistics.ts';
import { runWrk } from './wrk.ts';

/**
 * Of a sign-in, in a realm without accounts of before (server/domain/accounts/find-by-password.ts): the hash with the salt of the address,
 * and one with the salt that an account of before would have, which is done for every address so that the time tells nothing.
 */
const NECESSARY_HASHES = 2;
const PEOPLE_AT_ONCE = 50;
const WARM_UP_SECONDS = 2;
/** Few sign-ins fit into a second, and V8 compiles what has run some hundred times. In two seconds, nothing but the hash would be measured warm. */
const COMPILED_AFTER_SECONDS = 15;
const SECONDS = 6;

/** A sign-in at the portal against its hashes alone, one at a time, so that hashes do not wait for each other's memory. */
export function passwordSignIn(): Promise<Findings> {
  return withStage(({ server, signIns }) => {
    const launches = { hashes: { words: ['bench/servers/hashes.ts'], env: { HASHES: String(NECESSARY_HASHES) } } };
    return withServers(launches, async ({ hashes }) => {
      const found = await compare(
        {
          ours: {
            name: 'Password sign-in: platform',
            pid: server.pid,
            load: { url: server.url, requests: signIns, status: 303 },
          },
          hashes: {
            name: `Its ${NECESSARY_HASHES} hashes alone: bare handler`,
            pid: hashes.pid,
            load: { url: hashes.url, requests: [{ method: 'POST', path: '/' }], status: 303 },
          },
        },
        { connections: 1, warmUpSeconds: COMPILED_AFTER_SECONDS },
      );
      return {
        verdicts: [judge('password-hashes', costRatio(found.ours, found.hashes))],
        figures: Object.values(found),
      };
    });
  });
}

/** How long `/healthz` waits while fifty people sign in at once, on one processor. Who is refused comes back when the answer says so. */
export function healthUnderSignIns(): Promise<Findings> {
  return withStage(async ({ server: { url }, signIns }) => {
    const load = { url, requests: signIns, status: 303, also: [503] };
    await runWrk(load, { connections: PEOPLE_AT_ONCE, seconds: WARM_UP_SECONDS });
    const p99s: number[] = [];
    let [signedIn, refused] = [0, 0];
    for (let round = 0; round < ROUNDS; round += 1) {
      const end = new AbortController();
      const probes = probe(`${url}/healthz`, end.signal);
      const run = await runWrk(load, { connections: PEOPLE_AT_ONCE, seconds: SECONDS }).finally(() => end.abort());
      p99s.push(percentile(await probes, 99));
      signedIn += run.acts;
      refused += run.byStatus.get(503) ?? 0;
    }
    return { verdicts: [judge('healthz-p99', spreadOf(p99s), `${signedIn} signed in, ${refused} told to come back`)] };
  });
}
