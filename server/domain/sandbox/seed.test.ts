import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { type Config, readConfig } from '../../config.ts';
import { type Database, migrate, openDatabase } from '../../storage/database.ts';
import { createStorage } from '../../storage/index.ts';
import { temporaryDirectory } from '../../testing/temporary-directory.ts';
import { listPersonas, traitOf } from './personas.ts';
import { seedSandbox } from './seed.ts';

/** Starts on `env`, as often as asked, and looks at what is there then. */
async function seeded(env: Record<string, string>, starts = 1, between?: (file: string) => void) {
  const config = readConfig({ DATA_DIR: temporaryDirectory(), ...env });
  const file = join(config.dataDir, 'demo-store.json');
  const database = openDatabase(config);
  await migrate(database.db);
  for (let start = 0; start < starts; start += 1) {
    if (start > 0) between?.(file);
    await seedSandbox(database, config);
  }
  const found = await contentOf(database, config, file);
  await database.close();
  return found;
}

async function contentOf(database: Database, config: Config, file: string) {
  const names = async (realm: 'production' | 'sandbox') =>
    (await database.db.selectFrom('accounts').select('persona').where('realm', '=', realm).execute()).map(
      ({ persona }) => persona,
    );
  const demo = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>) : undefined;
  return {
    file,
    demo,
    app: demo && (await createStorage(database).appEnvironments.findByClientId(demo['client_id'] ?? '')),
    apps: (await database.db.selectFrom('apps').select('id').execute()).length,
    sandbox: (await names('sandbox')).sort(),
    production: await names('production'),
    files: readdirSync(config.dataDir).filter((name) => !name.startsWith('platform.sqlite')),
  };
}

const PERSONAS = listPersonas()
  .map(({ key }) => key)
  .sort();

describe('the first start', () => {
  it('brings test people, and the demo store’s app with its secrets in a file of its owner’s own', async () => {
    const { file, demo, app, apps, sandbox, production } = await seeded({
      PUBLIC_URL: 'http://localhost:4321',
      DEMO_PORT: '4322',
    });
    assert.deepEqual(sandbox, PERSONAS);
    assert.deepEqual(production, []);
    assert.equal(apps, 1);
    assert.deepEqual(Object.keys(demo ?? {}), ['client_id', 'client_secret', 'api_key', 'issuer', 'platform']);
    assert.equal(demo?.['issuer'], 'http://localhost:4321/sandbox');
    assert.equal(demo['platform'], 'http://localhost:4321');
    assert.equal(app?.environment, 'localhost');
    assert.equal(app.logoUri, 'http://localhost:4322/favicon.svg');
    assert.deepEqual(app.origins, ['http://localhost:4322', 'http://127.0.0.1:4322']);
    assert.equal(statSync(file).mode & 0o777, 0o600);
  });
});

describe('the second start', () => {
  it('adds nothing', async () => {
    const { apps, sandbox, files } = await seeded({}, 3);
    assert.deepEqual(sandbox, PERSONAS);
    assert.equal(apps, 1);
    assert.deepEqual(files, ['demo-store.json']);
  });

  it('keeps the app and its secrets, and follows the ports', async () => {
    const dataDir = temporaryDirectory();
    const first = await seeded({ DATA_DIR: dataDir });
    const second = await seeded({ DATA_DIR: dataDir, PORT: '5000', DEMO_PORT: '5100' });
    assert.equal(second.demo?.['client_id'], first.demo?.['client_id']);
    assert.equal(second.demo?.['client_secret'], first.demo?.['client_secret']);
    assert.equal(second.demo?.['issuer'], 'http://localhost:5000/sandbox');
    assert.deepEqual(second.app?.origins, ['http://localhost:5100', 'http://127.0.0.1:5100']);
    assert.equal(statSync(second.file).mode & 0o777, 0o600);
  });

  it('tightens a file that has become readable for others', async () => {
    const { file } = await seeded({}, 2, (path) => writeFileSync(path, readFileSync(path), { mode: 0o644 }));
    assert.equal(statSync(file).mode & 0o777, 0o600);
  });

  it('brings the app also where others were registered before it, because the store waits for it', async () => {
    const dataDir = temporaryDirectory();
    const config = readConfig({ DATA_DIR: dataDir });
    const database = openDatabase(config);
    await migrate(database.db);
    await createStorage(database).apps.create({ name: 'Own', environment: 'localhost', origins: [] });
    await database.close();
    const { apps, demo } = await seeded({ DATA_DIR: dataDir }, 2);
    assert.equal(apps, 2);
    assert.ok(demo?.['client_id']);
  });
});

for (const NODE_ENV of ['production', 'development']) {
  it(`a public platform gets the sandbox’s people, for vendors to test with, and nothing else (${NODE_ENV})`, async () => {
    const env = { NODE_ENV, PUBLIC_URL: 'https://id.example', SMTP_URL: 'smtp://mail.example' };
    const { apps, demo, sandbox, production, files } = await seeded(env, 2);
    assert.deepEqual(sandbox, PERSONAS);
    assert.deepEqual(production, []);
    assert.equal(apps, 0);
    assert.equal(demo, undefined);
    assert.deepEqual(files, []);
  });
}

describe('personas', () => {
  it('each show something else', () => {
    const traits = listPersonas().map(({ trait }) => trait);
    assert.equal(new Set(traits).size, traits.length);
  });

  it('are known by their key only', () => {
    for (const { key, trait } of listPersonas()) assert.equal(traitOf(key), trait);
    for (const key of ['', 'nobody', '__proto__', 'constructor', 'toString']) assert.equal(traitOf(key), undefined);
  });

  it('have addresses that cannot be anybody’s (RFC 2606), and no password', async () => {
    const config = readConfig({ DATA_DIR: temporaryDirectory() });
    const database = openDatabase(config);
    await migrate(database.db);
    await seedSandbox(database, config);
    const rows = await database.db.selectFrom('accounts').select(['email', 'password_hash']).execute();
    for (const { email, password_hash } of rows) {
      assert.match(email ?? '', /@example\.com$/);
      assert.equal(password_hash, null);
    }
    await database.close();
  });
});
