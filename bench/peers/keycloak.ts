import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BenchRequest } from '../wrk-script.ts';
import { ask, PASSWORD, type Peer, tool } from './peer.ts';

const VERSION = '26.7.3';
const ARTIFACT = `org.keycloak:keycloak-quarkus-dist:${VERSION}:zip`;
const SECRET = 'a-secret-of-the-bench';
const REALM = {
  realm: 'bench',
  enabled: true,
  sslRequired: 'none',
  clients: [
    { clientId: 'machine', secret: SECRET, serviceAccountsEnabled: true, standardFlowEnabled: false },
    { clientId: 'shop', secret: SECRET, directAccessGrantsEnabled: true, standardFlowEnabled: false },
  ],
  users: [
    {
      username: 'benjamin',
      email: 'benjamin@example.com',
      emailVerified: true,
      enabled: true,
      firstName: 'Benjamin',
      lastName: 'Chmark',
      credentials: [{ type: 'password', value: PASSWORD }],
    },
  ],
};
/** What its own script, bin/kc.sh, gives Java. Without the script in between, a signal reaches the server. */
const JAVA = [
  '-XX:MetaspaceSize=96M',
  '-XX:MaxMetaspaceSize=256m',
  '-XX:+UseG1GC',
  '-Xms64m',
  '-Xmx512m',
  '-Djava.util.logging.manager=org.jboss.logmanager.LogManager',
  '-Dpicocli.disable.closures=true',
  '-Djava.util.concurrent.ForkJoinPool.common.threadFactory=io.quarkus.bootstrap.forkjoin.QuarkusForkJoinWorkerThreadFactory',
  ...['util', 'util.concurrent', 'security', 'lang'].map((name) => `--add-opens=java.base/java.${name}=ALL-UNNAMED`),
];

/** Built once for its database, a file of H2, as its documentation advises for production; with one node, and without TLS. */
export async function keycloak(directory: string): Promise<Peer> {
  tool('mvn', ['-q', '-B', 'dependency:copy', `-Dartifact=${ARTIFACT}`, `-DoutputDirectory=${directory}`], directory);
  tool('unzip', ['-q', `keycloak-quarkus-dist-${VERSION}.zip`], directory);
  const home = join(directory, `keycloak-${VERSION}`);
  tool(join(home, 'bin/kc.sh'), ['build', '--db=dev-file', '--cache=local'], home);
  mkdirSync(join(home, 'data/import'), { recursive: true });
  writeFileSync(join(home, 'data/import/bench-realm.json'), JSON.stringify(REALM));
  return {
    name: 'Keycloak (argon2; H2)',
    version: VERSION,
    launch: (port) => ({
      program: 'java',
      words: [
        ...JAVA,
        `-Dkc.home.dir=${home}`,
        `-Djboss.server.config.dir=${join(home, 'conf')}`,
        '-cp',
        join(home, 'lib/quarkus-run.jar'),
        'io.quarkus.bootstrap.runner.QuarkusEntryPoint',
        'start',
        '--optimized',
        '--import-realm',
        '--http-enabled=true',
        '--hostname-strict=false',
        '--http-host=127.0.0.1',
        `--http-port=${port}`,
      ],
      cwd: home,
      readyAt: { url: `http://127.0.0.1:${port}`, path: '/realms/bench' },
    }),
    loads: async (url) => {
      const token = (values: Record<string, string>): BenchRequest & { body: string } => ({
        method: 'POST',
        path: '/realms/bench/protocol/openid-connect/token',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams({ ...values, client_secret: SECRET }).toString(),
      });
      const person = { username: 'benjamin', password: PASSWORD, scope: 'openid' };
      const signIn = token({ grant_type: 'password', client_id: 'shop', ...person });
      const answer = await ask(url + signIn.path, signIn);
      const { access_token: accessToken } = (await answer.json()) as { access_token: string };
      const userinfo = '/realms/bench/protocol/openid-connect/userinfo';
      return {
        password: { url, requests: [signIn] },
        read: { url, requests: [{ path: userinfo, headers: { authorization: `Bearer ${accessToken}` } }] },
        machine: { url, requests: [token({ grant_type: 'client_credentials', client_id: 'machine' })] },
      };
    },
  };
}
