import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Client } from './client.ts';
import { mavenArtifact, pastedFolder } from './install.ts';
import { startProgram } from './program.ts';

const VERSION = '26.7.3';
const ADMIN = { username: 'admin', password: 'of-the-tests' };
/** The first start puts the server together. */
const BUILD_TIMEOUT_MS = 900_000;
const ACCOUNT = '/realms/shop/account/';
const SIGN_IN = [
  'client_id=account',
  'response_type=code',
  'scope=openid',
  'kc_idp_hint=platform',
  `redirect_uri=https://shop.example${ACCOUNT}`,
].join('&');

/** Keycloak as a broker: people sign in at the vendor's own Keycloak with the platform. */
export const KEYCLOAK: Client = {
  name: 'Keycloak as broker',
  registry: 'Maven',
  version: VERSION,
  pasted: { folder: 'keycloak' },
  callback: '/realms/shop/broker/platform/endpoint',
  begin: `/realms/shop/protocol/openid-connect/auth?${SIGN_IN}`,
  async start(given) {
    const unpacked = await mavenArtifact(`org.keycloak:keycloak-quarkus-dist:${VERSION}:zip`);
    const home = join(unpacked, `keycloak-${VERSION}`);
    mkdirSync(join(home, 'data/import'), { recursive: true });
    copyFileSync(join(pastedFolder('keycloak', given), 'realm.json'), join(home, 'data/import/realm.json'));
    const words = ['start-dev', '--db=dev-mem', '--import-realm', `--http-port=${given.port}`];
    const env = {
      KC_BOOTSTRAP_ADMIN_USERNAME: ADMIN.username,
      KC_BOOTSTRAP_ADMIN_PASSWORD: ADMIN.password,
      JAVA_OPTS_APPEND: '-Dkeycloak.migration.replace-placeholders=true',
    };
    const command = join(home, 'bin/kc.sh');
    return startProgram({ command, words, env, startTimeoutMs: BUILD_TIMEOUT_MS }, given);
  },
  shows: async (page) => {
    const { origin } = new URL(page.url());
    await page.waitForURL((url) => url.pathname === ACCOUNT);
    const form = { grant_type: 'password', client_id: 'admin-cli', ...ADMIN };
    const answer = await page.request.post(`${origin}/realms/master/protocol/openid-connect/token`, { form });
    const { access_token: token } = (await answer.json()) as { access_token: string };
    const ask = async (path: string) => {
      const headers = { authorization: `Bearer ${token}` };
      return (await (
        await page.request.get(`${origin}/admin/realms/shop/users${path}`, { headers })
      ).json()) as unknown;
    };
    const [user] = (await ask('')) as { id: string; email: string; firstName: string; lastName: string }[];
    const [identity] = (await ask(`/${user?.id}/federated-identity`)) as { userId: string }[];
    return { sub: identity?.userId, email: user?.email, name: `${user?.firstName} ${user?.lastName}` };
  },
};
