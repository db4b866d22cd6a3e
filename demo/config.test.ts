import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { until } from '../scripts/testing/until.ts';
import { readConfig } from './config.ts';
import { findPlatformApp } from './platform-app.ts';

test('without settings, it uses the addresses of the README', () => {
  const config = readConfig({});
  assert.equal(config.port, 4100);
  assert.equal(config.host, 'localhost');
  assert.equal(config.dataDir, './data');
  assert.equal(config.publicUrl, 'http://localhost:4100');
});

test('one error names every wrong setting', () => {
  assert.throws(
    () => readConfig({ DEMO_PORT: 'many', PLATFORM_URL: 'platform', LOG_LEVEL: 'loud' }),
    /DEMO_PORT[\s\S]*PLATFORM_URL[\s\S]*LOG_LEVEL/,
  );
});

test('a mistyped setting is named also where another one is wrong', () => {
  assert.throws(
    () => readConfig({ DEMO_PORT: 'many', CLIENT_SECRT: 'x' }),
    /DEMO_PORT: [\s\S]*Is CLIENT_SECRET meant\?/,
  );
});

test('values are read as the platform reads them', () => {
  const config = readConfig({
    HOST: '[::1]',
    DEMO_PORT: '"4200"\r',
    PLATFORM_URL: 'localhost:4001/',
    LOG_LEVEL: 'INFO',
  });
  assert.deepEqual(
    [config.host, config.port, config.publicUrl, config.platformUrl, config.logLevel],
    ['::1', 4200, 'http://localhost:4200', 'http://localhost:4001', 'info'],
  );
});

test('a mistyped setting of its own is named in a warning', () => {
  assert.deepEqual(readConfig({ DEMO_PROT: '4200', PUBLICURL: 'x' }).warnings, [
    'The environment variable DEMO_PROT is unknown and has no effect. Is DEMO_PORT meant?',
  ]);
});

test('settings take precedence over the file', async () => {
  const config = readConfig({ CLIENT_ID: 'abc', PLATFORM_URL: 'https://platform.example/' });
  assert.deepEqual(await findPlatformApp(config), {
    clientId: 'abc',
    issuer: 'https://platform.example/sandbox',
    platformUrl: 'https://platform.example',
  });
});

test('waits for the file that the platform writes, even while it is half written', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'demo-store-'));
  try {
    const path = join(dataDir, 'demo-store.json');
    const waits: string[] = [];
    await writeFile(path, '{"client_id":"ab');
    const found = findPlatformApp(readConfig({ DATA_DIR: dataDir }), { onWait: (waiting) => waits.push(waiting) });
    await until(() => waits.length > 0);
    await writeFile(
      path,
      JSON.stringify({
        client_id: 'abc',
        client_secret: 'secret',
        api_key: 'sk_test_1',
        issuer: 'http://localhost:4000/sandbox',
        platform: 'http://localhost:4000',
      }),
    );
    assert.deepEqual(await found, {
      clientId: 'abc',
      issuer: 'http://localhost:4000/sandbox',
      platformUrl: 'http://localhost:4000',
      apiKey: 'sk_test_1',
    });
    assert.deepEqual(waits, [path]);
  } finally {
    await rm(dataDir, { recursive: true });
  }
});

test('a missing file is an error that says what to do, and so is a malformed one', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'demo-store-'));
  try {
    const config = readConfig({ DATA_DIR: dataDir });
    await assert.rejects(findPlatformApp(config, { timeoutMs: 0 }), /not registered.*DATA_DIR.*CLIENT_ID/);
    await writeFile(join(dataDir, 'demo-store.json'), '{"client":"abc"}');
    await assert.rejects(findPlatformApp(config), /not in the platform's format/);
  } finally {
    await rm(dataDir, { recursive: true });
  }
});
