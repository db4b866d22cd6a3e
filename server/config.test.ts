import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { FOREIGN_VARIABLES, MISTYPED_SETTINGS, SETTINGS } from '../scripts/testing/hostile-inputs.ts';
import { type Config, ConfigError, readConfig, SETTING_EXAMPLES } from './config.ts';

describe('readConfig', () => {
  it('needs no variable, because each has a default', () => {
    const config = readConfig({});
    assert.equal(config.publicUrl, 'http://localhost:4000');
    assert.equal(config.port, 4000);
    assert.equal(config.databaseUrl, undefined);
    assert.ok(Object.isFrozen(config));
  });

  it('treats empty variables as absent', () => {
    assert.equal(readConfig({ PORT: '', DATABASE_URL: '' }).port, 4000);
  });

  it('derives the public address from the port', () => {
    assert.equal(readConfig({ PORT: '4321' }).publicUrl, 'http://localhost:4321');
  });

  it('treats variables of blanks and quotes alone as absent, too', () => {
    assert.equal(readConfig({ PORT: ' \r', HOST: '""' }).port, 4000);
  });

  it('names every bad variable in one message', () => {
    assert.throws(
      () =>
        readConfig({
          PORT: 'abc',
          PUBLIC_URL: 'https://id.example.com/path',
          DATABASE_URL: 'mysql://x',
          LOG_LEVEL: 'loud',
        }),
      (error: unknown) => {
        assert.ok(error instanceof ConfigError);
        for (const name of ['PORT', 'PUBLIC_URL', 'DATABASE_URL', 'LOG_LEVEL'])
          assert.match(error.message, new RegExp(`\\b${name}:`));
        return true;
      },
    );
  });

  it('wants the address and the secret of a directory together', () => {
    const DIRECTORY_URL = 'https://people.example/sign-in';
    const DIRECTORY_SECRET = SETTING_EXAMPLES.DIRECTORY_SECRET;
    assert.throws(() => readConfig({ DIRECTORY_URL }), /DIRECTORY_SECRET: required with DIRECTORY_URL/);
    assert.throws(() => readConfig({ DIRECTORY_SECRET }), /DIRECTORY_URL: required with/);
    const { liveDirectory: directory } = readConfig({ DIRECTORY_URL, DIRECTORY_SECRET, DIRECTORY_MAX_STALE: '15m' });
    assert.deepEqual([directory?.url, directory?.mode, directory?.maxStaleMs], [DIRECTORY_URL, 'always', 900_000]);
    assert.equal(readConfig({}).liveDirectory, undefined);
  });

  it('refuses production without an https address', () => {
    assert.throws(() => readConfig({ NODE_ENV: 'production' }), /PUBLIC_URL: required in production/);
    for (const PUBLIC_URL of ['http://id.example.com', 'http://localhost:4000'])
      assert.throws(
        () => readConfig({ NODE_ENV: 'Production', PUBLIC_URL }),
        /PUBLIC_URL: must be https in production/,
      );
  });

  it('refuses a public address without a mail server, whatever NODE_ENV is', () => {
    for (const NODE_ENV of ['development', 'production', 'test'])
      assert.throws(
        () => readConfig({ NODE_ENV, PUBLIC_URL: 'https://id.example.com' }),
        /SMTP_URL: required, because/,
      );
    assert.equal(readConfig({ PUBLIC_URL: 'https://id.localhost' }).development, true);
    assert.equal(readConfig({ PUBLIC_URL: 'https://id.example.com', SMTP_URL: 'smtp://mail' }).development, false);
  });

  it('names what is wrong alone and what is wrong together in the same message', () => {
    assert.throws(
      () => readConfig({ NODE_ENV: 'production', LOG_LEVEL: 'loud' }),
      /LOG_LEVEL: must be one of .*\n {2}PUBLIC_URL: required in production/,
    );
  });
});

/** Where the configuration keeps each setting. */
const FIELDS: Readonly<Record<string, keyof Config>> = {
  PUBLIC_URL: 'publicUrl',
  TRUST_PROXY: 'trustProxy',
  HOST: 'host',
  PORT: 'port',
  DATABASE_URL: 'databaseUrl',
  SMTP_URL: 'smtpUrl',
  DATA_DIR: 'dataDir',
  LOG_LEVEL: 'logLevel',
  NODE_ENV: 'production',
  HSTS: 'strictTransportSecurity',
  MAIL_FROM: 'mailFrom',
  KEEP_ALIVE_SECONDS: 'keepAliveMs',
  METRICS_TOKEN: 'metricsToken',
  METRICS_PORT: 'metricsPort',
  HOME_URL: 'homeUrl',
  DEMO_URL: 'demoUrl',
  SECURITY_CONTACT: 'securityContact',
  BREACHED_PASSWORDS: 'breachedPasswords',
};
const PUBLIC = { PUBLIC_URL: 'https://id.example.com', SMTP_URL: 'smtp://mail.example.com' };

describe('each setting as operators write it', () => {
  for (const [name, { understood, refused }] of Object.entries(SETTINGS)) {
    for (const { input, value, what } of understood) {
      it(`${name} is understood: ${what}`, () => {
        const config = readConfig({ ...PUBLIC, [name]: input });
        const field = FIELDS[name];
        assert.ok(field);
        assert.equal(String(config[field]), value);
      });
    }
    for (const { input, refusal, what } of refused) {
      it(`${name} is refused: ${what}`, () => {
        assert.throws(
          () => readConfig({ ...PUBLIC, [name]: input }),
          ({ name: kind, message }: Error) => {
            assert.equal(kind, 'ConfigError');
            const [, line = '', ...others] = message.split('\n');
            assert.ok(line.startsWith(`  ${name}: `) && line.includes(refusal), message);
            assert.match(line, new RegExp(` Got .+\\. Example: ${name}=\\S`));
            assert.deepEqual(others, []);
            assert.doesNotMatch(message, /s3/);
            return true;
          },
        );
      });
    }
  }

  it('has an example that is right', () => {
    const { PLATFORM_LOGO: _file, MAIL_TEMPLATES: _folder, ...examples } = SETTING_EXAMPLES;
    const { DIRECTORY_URL, DIRECTORY_SECRET, HANDOVER_URL, HANDOVER_KEYS } = examples;
    // These come together.
    const together = { DIRECTORY_: { DIRECTORY_URL, DIRECTORY_SECRET }, HANDOVER_: { HANDOVER_URL, HANDOVER_KEYS } };
    for (const [name, example] of Object.entries(examples)) {
      const beside = Object.entries(together).find(([group]) => name.startsWith(group))?.[1];
      readConfig({ ...PUBLIC, ...beside, [name]: example });
    }
  });
});

describe('what follows from other settings', () => {
  it('the website that hands over is called by its origin, and is no second way of its kind', () => {
    const { HANDOVER_URL, HANDOVER_KEYS } = SETTING_EXAMPLES;
    const both = { HANDOVER_URL, HANDOVER_KEYS };
    assert.deepEqual(readConfig(both).handOver, {
      url: HANDOVER_URL,
      keys: { url: HANDOVER_KEYS },
      issuer: 'https://www.example.com',
      name: 'Platform',
      trustMfa: false,
    });
    assert.throws(() => readConfig({ HANDOVER_URL }), /HANDOVER_KEYS: required with HANDOVER_URL/);
    assert.throws(() => readConfig({ HANDOVER_KEYS }), /HANDOVER_URL: required with HANDOVER_KEYS/);
    const acme = { id: 'acme', issuer: 'https://login.acme.example', client_id: 'platform' };
    const beside = (more: object) => readConfig({ ...both, UPSTREAMS: JSON.stringify([{ ...acme, ...more }]) });
    assert.ok(beside({}).handOver);
    assert.throws(() => beside({ hand_over: true }), /one is enough/);
    assert.throws(() => beside({ only: true }), /the only way in/);
    assert.throws(() => beside({ id: 'handover' }), /takes the id handover/);
    assert.ok(beside({ hand_over: true, realms: ['sandbox'] }).handOver);
  });

  it('the demo store is where npm start puts it, on a developer’s machine alone', () => {
    assert.equal(readConfig({}).demoUrl, 'http://localhost:4100');
    assert.equal(readConfig({ DEMO_PORT: '4200' }).demoUrl, 'http://localhost:4200');
    assert.equal(readConfig({ DEMO_PORT: '0' }).demoUrl, undefined);
    assert.equal(readConfig(PUBLIC).demoUrl, undefined);
    assert.equal(readConfig({ ...PUBLIC, DEMO_URL: 'shop.example.com' }).demoUrl, 'https://shop.example.com');
  });

  it('whoever gives support hears of security problems, too', () => {
    const contact = (env: Record<string, string>) => readConfig(env).securityContact;
    assert.equal(contact({}), undefined);
    assert.equal(contact({ SUPPORT_EMAIL: 'help@example.com' }), 'mailto:help@example.com');
    assert.equal(contact({ SUPPORT_URL: 'https://example.com/help' }), 'https://example.com/help');
    assert.equal(contact({ SUPPORT_URL: 'http://example.com/help' }), undefined, 'RFC 9116 wants https');
    assert.equal(
      contact({ SUPPORT_EMAIL: 'help@example.com', SECURITY_CONTACT: 'sec@example.com' }),
      'mailto:sec@example.com',
    );
  });

  it('the start page does not lead to itself', () => {
    for (const env of [
      { HOME_URL: 'http://localhost:4000' },
      { ...PUBLIC, HOME_URL: 'https://ID.example.com/' },
      { PORT: '5000', HOME_URL: 'localhost:5000' },
    ])
      assert.throws(() => readConfig(env), /HOME_URL: must be another page/);
    readConfig({ ...PUBLIC, HOME_URL: 'https://id.example.com/docs' });
  });
});

describe('variables that look like settings', () => {
  for (const [given, meant] of Object.entries(MISTYPED_SETTINGS)) {
    it(`${given} is named in a warning`, () => {
      const { warnings } = readConfig({ [given]: 'x' });
      assert.deepEqual(warnings, [
        `The environment variable ${given} is unknown and has no effect. Is ${meant} meant?`,
      ]);
    });
  }

  it('are named also where something else is wrong, because they may be the reason', () => {
    assert.throws(
      () => readConfig({ NODE_ENV: 'production', PULBIC_URL: 'https://id.example', SMTP_UR: 'smtp://mail.example' }),
      (error: Error) => {
        assert.match(error.message, /PUBLIC_URL: required in production/);
        assert.match(error.message, /^The environment variable PULBIC_URL is unknown .+ Is PUBLIC_URL meant\?$/m);
        assert.match(error.message, /^The environment variable SMTP_UR is unknown .+ Is SMTP_URL meant\?$/m);
        return true;
      },
    );
  });

  it('leave those of other programs alone', () => {
    assert.deepEqual(readConfig(Object.fromEntries(FOREIGN_VARIABLES.map((name) => [name, 'x']))).warnings, []);
  });
});
