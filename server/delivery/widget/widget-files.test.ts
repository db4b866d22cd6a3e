import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { brotliCompressSync, brotliDecompressSync, gunzipSync } from 'node:zlib';
import { accentTokens } from '@signup-with-platform/design/accent';
import Fastify, { type FastifyInstance } from 'fastify';
import type { Brand } from '../../brand/brand.ts';
import { type Database, migrate, openDatabase } from '../../storage/database.ts';
import { createStorage } from '../../storage/index.ts';
import type { WidgetVersionRepository } from '../../storage/widget-versions.ts';
import { brandScript } from './widget-brand.ts';
import { addWidgetFiles } from './widget-files.ts';
import { WIDGET_DIRECTORY } from './widget-release.ts';

interface Manifest {
  version: string;
  url: string;
  integrity: string;
  size: number;
  compressed_size: number;
  parts: Record<string, string>;
}

const PUBLIC_URL = 'https://id.example.com';
const NAME = 'Ämt "7" `$` \\ </script>';
const sri = (bytes: Buffer) => `sha384-${createHash('sha384').update(bytes).digest('base64')}`;

let dataDir: string;
let database: Database;
let versions: WidgetVersionRepository;
let app: FastifyInstance;
let manifest: Manifest;
async function start(name: string): Promise<FastifyInstance> {
  const started = Fastify();
  await addWidgetFiles(started, { brand: { name }, publicUrl: PUBLIC_URL, dataDir, versions });
  return started;
}
before(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'widget-files-'));
  database = openDatabase({ databaseUrl: undefined, dataDir });
  await migrate(database.db);
  versions = createStorage(database).widgetVersions;
  app = await start(NAME);
  manifest = (await app.inject('/widget/manifest.json')).json();
});
after(async () => {
  await app.close();
  await database.close();
  rmSync(dataDir, { recursive: true });
});
const pathOf = (url: string) => url.replace(PUBLIC_URL, '');

describe('the script', () => {
  it('contains the platform’s name as an escaped string, in every encoding', async () => {
    const plain = await app.inject('/widget.js');
    assert.ok(plain.body.includes(JSON.stringify(NAME)));
    const coded = (encoding: string) => app.inject({ url: '/widget.js', headers: { 'accept-encoding': encoding } });
    const [br, gzip] = [await coded('gzip, br'), await coded('gzip, br;q=0')];
    assert.deepEqual(
      [plain, br, gzip].map(({ headers }) => headers['content-encoding']),
      [undefined, 'br', 'gzip'],
    );
    assert.ok(brotliDecompressSync(br.rawPayload).equals(plain.rawPayload));
    assert.ok(gunzipSync(gzip.rawPayload).equals(plain.rawPayload));
    assert.equal(manifest.size, plain.rawPayload.length);
    assert.equal(manifest.compressed_size, br.rawPayload.length);
  });

  it('contains logo and accent, and fails when the build has no place for them', async () => {
    const script = readFileSync(join(WIDGET_DIRECTORY, 'widget.js'), 'utf8');
    const brand: Brand = {
      name: NAME,
      logo: { path: '/brand/logo.0.svg', contentType: 'image/svg+xml', bytes: Buffer.of() },
      accent: accentTokens({ light: '#1b5e20', dark: '#a5d6a7' }),
    };
    const branded = brandScript(script, brand, PUBLIC_URL);
    for (const text of [JSON.stringify(NAME), `"${PUBLIC_URL}/brand/logo.0.svg"`, 'light-dark(#1b5e20,#a5d6a7)']) {
      assert.equal(branded.split(text).length, 2, text);
    }
    assert.equal(brandScript(script, { name: 'Platform' }, PUBLIC_URL), script);
    assert.throws(() => brandScript('another build', { name: NAME }, PUBLIC_URL), /no place for the brand/);
  });

  it('is revalidated after five minutes, and not sent again while it is unchanged', async () => {
    const { headers } = await app.inject('/widget.js');
    assert.equal(headers['cache-control'], 'public, max-age=300, stale-while-revalidate=86400');
    assert.equal(headers['vary'], 'accept-encoding');
    const again = await app.inject({ url: '/widget.js', headers: { 'if-none-match': String(headers['etag']) } });
    assert.deepEqual([again.statusCode, again.body], [304, '']);
  });

  it('has a permanent address by version, as the manifest says, with its parts beside it', async () => {
    assert.equal(manifest.url, `${PUBLIC_URL}/widget/${manifest.version}/widget.js`);
    for (const [url, integrity] of Object.entries({ [manifest.url]: manifest.integrity, ...manifest.parts })) {
      const { headers, rawPayload, statusCode } = await app.inject(pathOf(url));
      assert.equal(statusCode, 200, url);
      assert.equal(sri(rawPayload), integrity, url);
      assert.equal(headers['cache-control'], 'public, max-age=31536000, immutable');
      assert.equal(headers['access-control-allow-origin'], '*');
      assert.equal(headers['cross-origin-resource-policy'], 'cross-origin');
      assert.match(String(headers['content-type']), /^(text|application)\/javascript; charset=utf-8$/);
    }
    const source = (await app.inject(pathOf(manifest.url))).body;
    const imported = [...source.matchAll(/import\([`"']\.\/(widget\/[\w-]+\.js)/g)].map(([, part = '']) => part);
    assert.ok(imported.length > 0);
    for (const part of imported) assert.ok(`${PUBLIC_URL}/widget/${manifest.version}/${part}` in manifest.parts, part);
  });

  it('keeps serving an earlier version, byte for byte', async () => {
    const newer = await start('Another Name');
    const { url, version } = (await newer.inject('/widget/manifest.json')).json() as Manifest;
    assert.notEqual(version, manifest.version);
    assert.notEqual(url, manifest.url);
    for (const [address, integrity] of Object.entries({ [manifest.url]: manifest.integrity, ...manifest.parts })) {
      const { rawPayload, headers } = await newer.inject(pathOf(address));
      assert.equal(sri(rawPayload), integrity, address);
      assert.equal(headers['cache-control'], 'public, max-age=31536000, immutable');
    }
    await newer.close();
  });

  it('is sent as the browser can read it', async () => {
    const newer = await start('Another Name');
    const path = pathOf(manifest.url);
    const br = await newer.inject({ url: path, headers: { 'accept-encoding': 'gzip, br' } });
    const plain = await newer.inject({ url: path, headers: { 'accept-encoding': 'gzip' } });
    assert.deepEqual([br.headers['content-encoding'], plain.headers['content-encoding']], ['br', undefined]);
    assert.ok(brotliDecompressSync(br.rawPayload).equals(plain.rawPayload));
    for (const { headers } of [br, plain]) {
      assert.equal(headers['vary'], 'accept-encoding');
      assert.equal(headers['access-control-allow-origin'], '*');
      assert.match(String(headers['content-type']), /^text\/javascript; charset=utf-8$/);
    }
    await newer.close();
  });

  it('is served when an earlier release kept it in a folder, which moves into the database', async () => {
    const version = 'abcdef0123456789';
    const kept = join(dataDir, 'widget', version);
    mkdirSync(join(kept, 'widget'), { recursive: true });
    mkdirSync(join(dataDir, 'widget', '.unfinished-x'));
    writeFileSync(join(kept, 'widget.js'), 'script');
    writeFileSync(join(kept, 'widget.js.br'), brotliCompressSync('script'));
    writeFileSync(join(kept, 'widget/attempt-AbC.js'), 'part without a compressed one beside it');
    const upgraded = await start('Upgraded');
    const body = async (path: string) => (await upgraded.inject(`/widget/${version}/${path}`)).body;
    assert.equal(await body('widget.js'), 'script');
    assert.equal(await body('widget/attempt-AbC.js'), 'part without a compressed one beside it');
    assert.equal(existsSync(join(dataDir, 'widget')), false);
    await upgraded.close();
  });

  it('is served even when nothing can be kept', async () => {
    const broken: Pick<WidgetVersionRepository, 'file' | 'touch' | 'keep'> = {
      file: async () => undefined,
      touch: () => Promise.reject(new Error('read-only')),
      keep: () => Promise.reject(new Error('read-only')),
    };
    const other = Fastify();
    await addWidgetFiles(other, { brand: { name: 'P' }, publicUrl: PUBLIC_URL, dataDir, versions: broken });
    assert.equal((await other.inject('/widget.js')).statusCode, 200);
    const { url } = (await other.inject('/widget/manifest.json')).json() as Manifest;
    assert.equal((await other.inject(pathOf(url))).statusCode, 200);
    await other.close();
  });
});

describe('hostile addresses', () => {
  it('cannot leave the folder', async () => {
    mkdirSync(join(dataDir, 'widget', '0000000000000000'), { recursive: true });
    writeFileSync(join(dataDir, 'secret.js'), 'confidential');
    const parts = readdirSync(join(WIDGET_DIRECTORY, 'widget'));
    assert.ok(readFileSync(join(WIDGET_DIRECTORY, 'widget', parts[0] ?? '')).length > 0);
    for (const path of [
      '/widget/..%2f..%2fpackage.json',
      '/widget/..%2f/widget.js',
      '/widget/..%2f..%2f..%2fsecret.js/widget.js',
      '/widget/../secret.js',
      '/widget/0000000000000000/widget/..%2f..%2f..%2fsecret.js',
      '/widget/0000000000000000/widget.js',
      '/widget/ffffffffffffffff/widget.js',
      '/widget/attempt-none.js',
      '/widget/',
    ]) {
      const { statusCode, body } = await app.inject(path);
      assert.ok([400, 403, 404].includes(statusCode), `${path}: ${statusCode}`);
      assert.ok(!body.includes('confidential'), path);
    }
  });
});
