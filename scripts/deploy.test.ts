import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { parse } from 'yaml';
import { z } from 'zod';
import { readConfig, SETTING_EXAMPLES } from '../server/config.ts';
import { temporaryDirectory } from '../server/testing/temporary-directory.ts';
import { ROOT } from './run.ts';

/** What operators deploy with, read as the programs read it that it is for. */

const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');

const composeSchema = z.object({
  services: z.object({
    platform: z.object({
      env_file: z.tuple([z.object({ path: z.literal('.env'), required: z.literal(false) })]),
      environment: z.record(z.string(), z.coerce.string()),
      volumes: z.array(z.string()),
      read_only: z.literal(true),
    }),
    postgres: z.object({ image: z.string(), environment: z.record(z.string(), z.string()) }),
  }),
  networks: z.object({
    default: z.object({ ipam: z.object({ config: z.tuple([z.object({ gateway: z.string() })]) }) }),
  }),
});
const { services, networks } = composeSchema.parse(parse(read('compose.yaml')));
const [{ gateway }] = networks.default.ipam.config;

/** `${NAME:-default}` and `${NAME:?problem}`, also within each other (https://docs.docker.com/reference/compose-file/interpolation/). */
function interpolate(text: string, env: Readonly<Record<string, string>>): string {
  const innermost = /\$\{(\w+)(?::([-?])((?:[^{}$])*))?\}/;
  for (let found = innermost.exec(text); found; found = innermost.exec(text)) {
    const [whole, name = '', operator, word = ''] = found;
    if (operator === '?' && !env[name]) throw new Error(`${name}: ${word}`);
    text = text.replace(whole, () => env[name] || (operator === '-' ? word : ''));
  }
  return text;
}

/** The environment of compose.yaml's platform. What `environment` says goes before what is in the file. */
const inContainer = (env: Readonly<Record<string, string>>) => ({
  ...env,
  ...Object.fromEntries(
    Object.entries(services.platform.environment).map(([name, text]) => [name, interpolate(text, env)]),
  ),
});

/** The container's own, which compose.yaml and the image set; and what only a developer's machine has. */
const OF_THE_CONTAINER = ['NODE_ENV', 'HOST', 'PORT', 'DATA_DIR'];
const OF_DEVELOPERS = ['DEMO_PORT', 'DEV_MAIL_TOKEN'];
const OPERATORS = Object.keys(SETTING_EXAMPLES).filter(
  (name) => ![...OF_THE_CONTAINER, ...OF_DEVELOPERS].includes(name),
);
const REQUIRED = { PUBLIC_URL: 'https://id.example.com', POSTGRES_PASSWORD: 'a1b2c3' };

describe('compose.yaml', () => {
  for (const name of OPERATORS)
    it(`lets ${name} reach the server`, () => assert.equal(inContainer({ ...REQUIRED, [name]: 'mine' })[name], 'mine'));

  it('starts the server with what is required alone', () => {
    const config = readConfig(inContainer(REQUIRED));
    assert.deepEqual(
      [
        config.production,
        config.host,
        config.port,
        config.dataDir,
        config.databaseUrl,
        config.smtpUrl,
        config.warnings,
      ],
      [true, '0.0.0.0', 4000, '/data', 'postgres://platform:a1b2c3@postgres:5432/platform', 'smtp://mail:1025', []],
    );
  });

  it('says what is missing, and knows no password by itself', () => {
    assert.throws(() => inContainer({}), /^Error: PUBLIC_URL: the https address/);
    assert.throws(() => inContainer({ PUBLIC_URL: 'https://id.example.com' }), /^Error: POSTGRES_PASSWORD: a password/);
    assert.match(services.postgres.environment['POSTGRES_PASSWORD'] ?? '', /^\$\{POSTGRES_PASSWORD:\?/);
    assert.match(read('.dockerignore'), /^\*\*\/\.env\*$/m);
  });

  it('trusts the gateway of its own network alone', () => {
    assert.deepEqual(readConfig(inContainer(REQUIRED)).trustProxy, [gateway]);
  });

  it('mounts the folder that the files of settings are in', () => {
    const files = exampleSettings().filter(([, value]) => value.startsWith('/'));
    assert.deepEqual(
      files.map(([name]) => name),
      ['PLATFORM_LOGO', 'MAIL_TEMPLATES', 'UPSTREAMS', 'HANDOVER_KEYS'],
    );
    for (const [name, path] of files)
      assert.ok(
        services.platform.volumes.some((volume) => path.startsWith(`${volume.split(':')[1]}/`)),
        name,
      );
  });

  it('has no PostgreSQL that is newer than the client tools of the image', () => {
    const [, server = ''] = /^postgres:(\d+)$/.exec(services.postgres.image) ?? [];
    const [, client = ''] = /trixie has PostgreSQL (\d+)'s client/.exec(read('Dockerfile')) ?? [];
    assert.ok(Number(server) > 0 && Number(server) <= Number(client));
    for (const page of ['docs/releases.md', 'docs/operate.md'])
      assert.match(read(page), new RegExp(`\\bPostgreSQL ${client}\\b`), `${page} says so`);
  });
});

/** Every line of the example that sets something, whether it is commented out or not. */
function exampleSettings(): [name: string, value: string][] {
  return [...read('deploy/example.env').matchAll(/^#?([A-Z_]+)=(.*)$/gm)].map(([, name = '', value = '']) => [
    name,
    value,
  ]);
}

describe('deploy/example.env', () => {
  it('has every setting of an operator, once', () => {
    const names = exampleSettings().map(([name]) => name);
    assert.deepEqual(names.toSorted(), [...OPERATORS, 'POSTGRES_PASSWORD'].toSorted());
  });

  it('is right as it is, and with all that is commented out', () => {
    const brand = temporaryDirectory();
    mkdirSync(join(brand, 'mail'));
    writeFileSync(join(brand, 'logo.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
    writeFileSync(join(brand, 'upstreams.json'), '[]');
    const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    writeFileSync(join(brand, 'hand-over.pub.pem'), publicKey.export({ type: 'spki', format: 'pem' }));
    const all = Object.fromEntries(exampleSettings().map(([name, value]) => [name, value.replace(/^\/brand/, brand)]));
    const { SUPPORT_URL: _either, ...together } = all;
    assert.deepEqual(readConfig({ NODE_ENV: 'production', ...together }).warnings, []);
    const begin = [...read('deploy/example.env').matchAll(/^([A-Z_]+)=(.*)$/gm)].map(([, name, value]) => [
      name,
      value,
    ]);
    assert.equal(
      readConfig({ NODE_ENV: 'production', ...Object.fromEntries(begin) }).publicUrl,
      'https://id.example.com',
    );
  });

  it('reads alike in every program that reads such files', () => {
    for (const [name, value] of exampleSettings()) {
      // Quotation marks, `$` and ` #` mean something to some of them.
      assert.doesNotMatch(value, /["'`$\\]|^#|\s#|\s$/, name);
    }
  });
});

describe('the lines of `docker run`', () => {
  const [lines = ''] = /^docker network create[\s\S]*?^```$/m.exec(read('docs/releases.md')) ?? [];

  it('trust the gateway of the network that they make, and nothing else', () => {
    const [, made] = /--gateway ([\d.]+) (\S+)$/m.exec(lines) ?? [];
    assert.ok(made);
    assert.ok(lines.includes(`--env TRUST_PROXY=${made} `));
    assert.match(lines, /--network platform .*--publish 127\.0\.0\.1:4000:4000/);
    assert.notEqual(made, gateway, 'both may be on one machine');
  });

  it('let every setting reach the server', () => assert.match(lines, /--env-file platform\.env/));
});

describe('deploy/traefik.yml', () => {
  // What Traefik's reference of the file provider names (https://doc.traefik.io/traefik/v2.10/reference/dynamic-configuration/file/), as far as we
  // use it. No registry that the tests use has Traefik, so nothing else reads this file.
  const seconds = z.string().regex(/^\d+s$/);
  const schema = z.strictObject({
    http: z.strictObject({
      routers: z.record(
        z.string(),
        z.strictObject({
          rule: z.string().regex(/^Host\(`[\w.-]+`\)$/),
          entryPoints: z.array(z.string()),
          service: z.string(),
          tls: z.strictObject({ certResolver: z.string() }),
        }),
      ),
      services: z.record(
        z.string(),
        z.strictObject({
          loadBalancer: z.strictObject({
            passHostHeader: z.boolean(),
            serversTransport: z.string(),
            servers: z.array(z.strictObject({ url: z.url() })),
            healthCheck: z.strictObject({ path: z.string(), interval: seconds, timeout: seconds }),
          }),
        }),
      ),
      serversTransports: z.record(
        z.string(),
        z.strictObject({ forwardingTimeouts: z.strictObject({ idleConnTimeout: seconds }) }),
      ),
    }),
  });

  it('has what Traefik’s reference names, and its parts name each other', () => {
    const { http } = schema.parse(parse(read('deploy/traefik.yml')));
    for (const { service } of Object.values(http.routers)) assert.ok(http.services[service], service);
    for (const { loadBalancer } of Object.values(http.services)) {
      const { serversTransport, passHostHeader, healthCheck } = loadBalancer;
      const transport = http.serversTransports[serversTransport];
      assert.ok(passHostHeader && transport);
      // Shorter than the platform keeps connections.
      const { keepAliveMs } = readConfig({});
      assert.ok(Number.parseInt(transport.forwardingTimeouts.idleConnTimeout, 10) * 1000 < keepAliveMs);
      assert.equal(healthCheck.path, '/readyz');
    }
  });
});
