import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Client, type Given, NotHere, type RelyingParty } from './client.ts';
import { startEcho } from './echo.ts';
import { debianPackages, goInstall, install, pastedFolder, runTool } from './install.ts';
import { sampleOf } from './portal-sample.ts';
import { type Program, startProgram } from './program.ts';

/** Of Debian 12. */
const MOD_AUTH_OPENIDC = '2.4.12.3';
const APACHE_MODULES = '/usr/lib/apache2/modules';
const HTTP_HERE = 'the shop of the tests speaks http';

export const COMPILED_CLIENTS: readonly Client[] = [
  {
    name: 'go-oidc',
    registry: 'Go',
    version: '3.21.0',
    pasted: { folder: 'go-oidc' },
    callback: '/callback',
    begin: '/login',
    async start(given) {
      const cwd = pastedFolder('go-oidc', given);
      await install('go', ['mod', 'download'], cwd, { GOFLAGS: '-mod=mod' });
      await runTool('go', ['build', '-o', 'shop', '.'], cwd, { GOFLAGS: '-mod=mod' });
      return startProgram({ command: join(cwd, 'shop'), words: [], cwd }, given);
    },
  },
  {
    name: 'oauth2-proxy',
    registry: 'Go',
    version: '7.15.6',
    pasted: { sample: 'oauth2-proxy' },
    callback: '/oauth2/callback',
    begin: '/',
    button: 'Sign in with OpenID Connect',
    // It tells the application behind it no name.
    claims: ['sub', 'email'],
    deviations: [
      { setting: '`--cookie-secure=false`', reason: HTTP_HERE },
      { setting: '`--http-address`', reason: 'the tests choose the port' },
    ],
    async start(given) {
      const bin = await goInstall('github.com/oauth2-proxy/oauth2-proxy/v7@v7.15.6');
      return behind({ sub: 'x-forwarded-user', email: 'x-forwarded-email' }, given, (upstreamPort) => {
        const pasted = sampleOf('oauth2-proxy', given).replace(':8080', `:${upstreamPort}`);
        const words = ['-c', `${pasted} --cookie-secure=false --http-address=localhost:${given.port}`];
        const env = { PATH: `${bin}:${process.env['PATH']}`, COOKIE_SECRET: '0123456789abcdef0123456789abcdef' };
        return { command: 'sh', words, env };
      });
    },
  },
  {
    name: 'mod_auth_openidc',
    registry: 'Debian',
    version: MOD_AUTH_OPENIDC,
    pasted: { folder: 'mod_auth_openidc' },
    signOut: { path: '/callback?logout=https://shop.example/' },
    callback: '/callback',
    begin: '/',
    async start(given) {
      const debian = 'libapache2-mod-auth-openidc';
      await debianPackages(`${APACHE_MODULES}/mod_auth_openidc.so`, 'apache2-bin', debian);
      const [, version] = (await runTool('dpkg-query', ['-W', debian])).split('\t');
      if (!version?.startsWith(MOD_AUTH_OPENIDC)) throw new NotHere(`this system has version ${version}`);
      const headers = { sub: 'oidc_claim_sub', email: 'oidc_claim_email', name: 'oidc_claim_name' };
      return behind(headers, given, (upstreamPort) => {
        const folder = pastedFolder('mod_auth_openidc', given);
        const env = { FOLDER: folder, MODULES: APACHE_MODULES, UPSTREAM_PORT: String(upstreamPort) };
        return { command: '/usr/sbin/apache2', words: ['-X', '-f', join(folder, 'httpd.conf')], cwd: folder, env };
      });
    },
  },
  {
    name: 'Spring Security',
    registry: 'Maven',
    version: '7 (Spring Boot 4.0.7)',
    pasted: { sample: 'spring-security' },
    callback: '/login/oauth2/code/platform',
    begin: '/',
    async start(given) {
      const cwd = pastedFolder('spring-security', given);
      mkdirSync(join(cwd, 'src/main/resources'));
      writeFileSync(join(cwd, 'src/main/resources/application.yml'), sampleOf('spring-security', given));
      await install('mvn', ['-q', '-B', 'dependency:resolve'], cwd);
      await runTool('mvn', ['-q', '-B', 'package'], cwd);
      const words = ['-jar', 'target/shop.jar'];
      return startProgram({ command: 'java', words, cwd, env: { SERVER_PORT: String(given.port) } }, given);
    },
  },
];

/** A program that stands before the vendor's application and tells it by headers who is signed in. */
async function behind(
  headers: Readonly<Record<string, string>>,
  given: Given,
  program: (upstreamPort: number) => Program,
): Promise<RelyingParty> {
  const echo = await startEcho(headers);
  const party = await startProgram(program(echo.port), given);
  return {
    ...party,
    stop: async () => {
      await party.stop();
      echo.close();
    },
  };
}
